"""What was copied: from posts that are learnt to how texts and links travelled.

A family of near-copies is known by the words that half of its posts hold. They are single words, told
in no order of the text's, so that nobody puts the text together again.
"""

from typing import NamedTuple

import numpy as np

from headwater.landscape import engine
from headwater.landscape.analyses import copies
from headwater.landscape.analyses.rushes import rushes
from headwater.landscape.analyses.spread import spread
from headwater.landscape.steps import sketch
from headwater.landscape.talk import Usage
from headwater.landscape.travel import Family, Places, Rush, Spread, Travel

MOST_FAMILIES = 10  # beside those that rushed
MOST_LOOKED_AT = 50  # posts of a family
LEAST_HELD = 0.5  # of them: those that hold a word by which the family is known

Examples = dict[int, int]  # a row that holds a term, by the term's number in a usage


class Copied(NamedTuple):
    """How content travelled, and where the terms of its families are found."""

    travel: Travel
    examples: Examples


def heard(posts: engine.Posts, usage: Usage, key: bytes, floor: int) -> Copied:
    """Find what was copied, and how it travelled.

    Args:
        posts: Of which `engine.TERM_COLUMNS` and `engine.TRAIL_COLUMNS` are kept.
        usage: Of the terms of these posts.
        key: Of the run, by which sketches are masked.
        floor: Fewest authors of a text that is told of by itself.
    """
    trails = engine.trails(posts)
    texts = copies.alike(sketch.unmasked(trails.sketches, key), trails.sketched)
    links = copies.linked(trails.links, trails.linking)
    told = spread(trails.posts, texts, floor)
    families: list[Family] = []
    examples: Examples = {}
    for one in _families(told, rushes(trails.posts, texts, floor)):
        members = texts.post[texts.group == one.cascade.group]
        found = _examples(posts, usage, trails.rows[_some(members)])
        families.append(one._replace(terms=tuple(found)))
        examples |= found
    travel = Travel(told, spread(trails.posts, links, floor), tuple(families))
    return Copied(travel, examples)


def _families(told: Spread, rushed: tuple[Rush, ...]) -> list[Family]:
    """Choose the texts to tell of: those that rushed, and those that most people passed on."""
    by_group = {one.group: one for one in rushed}
    found = [Family(one, by_group.get(one.group), ()) for one in told.cascades]
    others = [one for one in found if not one.rush]
    return [*(one for one in found if one.rush), *others[:MOST_FAMILIES]]


def _some(members: Places) -> Places:
    """Choose posts of a family, spread over all of them."""
    step = -(-len(members) // MOST_LOOKED_AT)
    return members[::step]


def _examples(posts: engine.Posts, usage: Usage, rows: Places) -> Examples:
    """Find the words that half of some posts hold, and a post for each."""
    held_in, words = engine.words(posts, rows)
    known = usage.terms[usage.terms[:, 1] == 0, 0]  # terms of one word stand first, and rise
    words, held_in = np.unique(np.stack([words.astype(np.int64), held_in]), axis=1)
    common, first, n = np.unique(words, return_index=True, return_counts=True)
    kept = (n >= LEAST_HELD * len(rows)) & np.isin(common, known)
    places = np.searchsorted(known, common[kept])
    return dict(zip(places.tolist(), held_in[first[kept]].tolist(), strict=True))
