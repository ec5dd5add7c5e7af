"""Teach an encoder: with all posts, or with a fold of sources left out."""

from pathlib import Path

from training.encoder.folds import ALL, LICENSED, WHOLE, left_out
from training.encoder.learn import Learner, Lessons
from training.encoder.lessons import drawn
from training.encoder.network import Network
from training.posts import Posts

SEED = 1
N_EXAMPLES = 130_000  # in one pass
N_PASSES = {WHOLE: 7, ALL: 1, LICENSED: 1}
FEWER = 2  # of the folds, to save time: they are a little weaker than what ships


def taught(posts: Posts, lessons: Lessons, network: Network, fold: str, work: Path) -> None:
    """Teach the network with posts of train splits whose source is not left out."""
    rows = ~posts.is_dev & ~left_out(posts, fold)
    n_passes = N_PASSES.get(fold, FEWER)
    passes = [drawn(posts, rows, N_EXAMPLES, SEED + at) for at in range(n_passes)]
    Learner(network, lessons, passes).learn(SEED, work / f"{fold}.pt")
