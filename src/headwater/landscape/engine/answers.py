"""Who answers whom, of posts that are learnt: answers whose answered post was read as well.

Keys are held at once as integers, in about fifty bytes a post; themes are learnt of answers alone.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.camps import Answers
from headwater.landscape.engine.buckets import as_integers
from headwater.landscape.engine.counting import learnt
from headwater.landscape.engine.lookup import columns
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.engine.trails import numbers
from headwater.landscape.shapes import Step
from headwater.landscape.travel import Flags, Places

COLUMNS = (
    "answered_key",
    "author_key",
    "community_key",
    "is_hate",
    "is_share",
    "language",
    "parent_key",
    "platform",
)
MANY = 1 << 18  # answers of which themes are learnt at once


def answers(posts: Posts, late: Sequence[Step] = ()) -> Answers:
    """Find the answers to other people's posts; what is only passed on answers nothing.

    Args:
        posts: Of which COLUMNS are kept.
        late: The step that tells each post's theme, where there are themes.
    """
    author, community = (numbers(posts, f"{name}_key") for name in ("author", "community"))
    answering, answered = _pairs(posts)
    others = author[answering] != author[answered]
    answering, answered = answering[others], answered[others]
    rows = columns(posts, ("is_hate", "language", "platform")).take(pa.array(answering))
    hate = rows["is_hate"]
    languages, language = _coded(rows["language"])
    themes, theme = _themes(posts, rows["row"].to_numpy(), late)
    return Answers(
        author[answering],
        community[answering],
        community[answered],
        _coded(rows["platform"])[1],
        language,
        theme,
        hate.fill_null(False).to_numpy(),
        hate.is_valid().to_numpy(),
        _members(author, community),
        languages,
        themes,
    )


def _pairs(posts: Posts) -> tuple[Places, Places]:
    """Give the places of answers, rising, and beside each that of the post it answers."""
    found = columns(posts, ("is_share", "parent_key"))
    parents = found["parent_key"]
    answering = np.flatnonzero(parents.is_valid().to_numpy() & ~found["is_share"].to_numpy())
    asked = as_integers(parents.take(pa.array(answering)))[:, 1]
    named = as_integers(columns(posts, ("answered_key",))["answered_key"])[:, 1]
    order = np.argsort(named, kind="stable")
    at = np.minimum(np.searchsorted(named[order], asked), len(named) - 1)
    answered = order[at]
    known: Flags = named[answered] == asked
    return answering[known], answered[known]


def _members(author: Places, community: Places) -> Places:
    """Count the authors of each community."""
    width = author.max(initial=0) + 1
    return np.bincount(np.unique(community * width + author) // width)


def _themes(posts: Posts, rows: Places, late: Sequence[Step]) -> tuple[tuple[str, ...], Places]:
    """Learn the themes of these posts, some at a time."""
    if not late:
        return (), np.zeros(len(rows), np.int64)
    needs = sorted({name for step in late for name in step.needs})
    read = columns(posts, needs, rows)
    told = [learnt(read.slice(start, MANY), late)["theme"] for start in range(0, len(rows), MANY)]
    return _coded(pa.chunked_array([one for column in told for one in column.chunks], pa.string()))


def _coded(values: pa.ChunkedArray) -> tuple[tuple[str, ...], Places]:
    """Number names in the order of the alphabet."""
    names = sorted(pc.unique(values).to_pylist())
    return tuple(names), pc.index_in(values, pa.array(names, pa.string())).to_numpy().astype(
        np.int64
    )
