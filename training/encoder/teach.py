"""Teach an encoder: with all posts, or with a fold of sources left out."""

from pathlib import Path

import numpy as np
import torch

from training.encoder.folds import WHOLE, left_out
from training.encoder.learn import Learner, Lessons
from training.encoder.lessons import drawn
from training.encoder.network import Upper
from training.posts import Posts

SEED = 1
N_EXAMPLES = 120_000  # in one pass
N_PASSES = {WHOLE: 2}  # of the folds one, to save time: they are a little weaker than what ships


def taught(posts: Posts, lessons: Lessons, upper: Upper, fold: str, work: Path) -> Learner:
    """Teach the upper layers with posts of train splits whose source is not left out."""
    torch.manual_seed(SEED)
    rows = ~posts.is_dev & ~left_out(posts, fold)
    passes = [drawn(posts, rows, N_EXAMPLES, SEED + at) for at in range(N_PASSES.get(fold, 1))]
    learner = Learner(upper, lessons, np.concatenate(passes))
    learner.learn(SEED, work / f"{fold}.pt")
    return learner
