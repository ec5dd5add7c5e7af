"""Themes beside BERTopic: the same posts, the same vectors; coherence, diversity, time, stability.

The posts are those of the research data's timeline where it lies (`HEADWATER_DATA`), else of the
fictional town, whose templates flatter both.

Sources: Bouma 2009 (normalised pointwise mutual information), over whole posts; Dieng et al. 2020
(diversity: the share of words that tell one theme alone).
"""

import json
import os
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench import posts
from headwater.landscape import scrub

N_POSTS, LEAST_LETTERS = 50_000, 20
TIMELINE = Path("timeline", "telegram_2021_2022.parquet")
WORD = re.compile(r"\w\w+")


def texts(folder: Path) -> Path:
    """Write the posts as NDJSON; give the file."""
    path = folder / "topics.ndjson"
    beside = Path(__file__).parents[2] / "shared" / "data"
    timeline = Path(os.environ.get("HEADWATER_DATA", beside)) / TIMELINE
    if not timeline.exists():
        return posts.table(folder, N_POSTS)
    column = pq.read_table(timeline, columns=["text"])["text"].cast(pa.string())
    long = [text for text in column.to_pylist() if len(text) >= LEAST_LETTERS]
    chosen = [long[at * len(long) // N_POSTS] for at in range(N_POSTS)]
    bare = scrub.bare(pa.array(chosen)).rows["text"].to_pylist()
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in bare))
    return path


def quality(told: list[list[str]], path: Path) -> dict[str, Any]:
    """Give the mean coherence of the themes' words over the posts, and how diverse they are."""
    words = {word for theme in told for word in theme}
    held: dict[str, list[int]] = {word: [] for word in words}
    with path.open() as file:
        for at, line in enumerate(file):
            for word in words.intersection(WORD.findall(json.loads(line)["text"].lower())):
                held[word].append(at)
    n_posts = at + 1
    sets = {word: set(own) for word, own in held.items()}
    pairs = [
        np.mean([_npmi(sets[one], sets[other], n_posts) for one, other in combinations(theme, 2)])
        for theme in told
    ]
    every = [word for theme in told for word in theme]
    return {
        "themes": len(told),
        "npmi": float(np.mean(pairs)),
        "diversity": len(set(every)) / len(every),
    }


def _npmi(one: set[int], other: set[int], n: int) -> float:
    both = len(one & other) / n
    if not both:
        return -1.0
    return (
        float(np.log(both * n * n / (len(one) * len(other))) / -np.log(both)) if both < 1 else 1.0
    )
