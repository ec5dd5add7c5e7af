"""What the debate is about: from posts that are learnt to what people suddenly talked of.

Words travel as numbers; which words they are is looked up at the end, in a few posts that hold them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape import engine
from headwater.landscape.analyses.bursts import bursts
from headwater.landscape.analyses.stories import stories
from headwater.landscape.steps import words
from headwater.landscape.talk import Story, Term, Usage

LEAST_USE = 5  # people on three days, that a burst is
MOST_STORIES = 20
MOST_TERMS = 12  # of a story
Rows = NDArray[np.int64]


class Debate(NamedTuple):
    """What people suddenly talked of, and the terms that tell of it."""

    stories: tuple[Story, ...]
    terms: Mapping[int, Term]  # of the stories, by their numbers


NOTHING = Debate((), {})


def heard(
    posts: engine.Posts, key: bytes, floor: int, texts: Callable[[Rows], Sequence[str]]
) -> Debate:
    """Find what people suddenly talked of.

    Args:
        posts: Of which `engine.TERM_COLUMNS` are kept.
        key: Of the run, by which words became numbers.
        floor: Fewest people who use a term.
        texts: Gives the scrubbed texts of posts by their numbers.
    """
    usage = engine.usage(posts, floor)
    found = bursts(usage, LEAST_USE)
    if not len(found.terms):
        return NOTHING
    held = engine.held(posts, usage, np.unique(found.terms))
    told = [
        one._replace(terms=one.terms[:MOST_TERMS])
        for one in stories(found, held, usage)[:MOST_STORIES]
    ]
    chosen = np.array(sorted({term for one in told for term in one.terms}))
    places = np.searchsorted(np.unique(found.terms), chosen)
    order = np.argsort(held.terms, kind="stable")
    examples = held.posts[order[np.searchsorted(held.terms[order], places)]]
    known = words.known(texts(np.unique(examples)), key)
    return Debate(tuple(told), {at: _term(usage, at, known) for at in chosen.tolist()})


def _term(usage: Usage, at: int, known: Mapping[int, str]) -> Term:
    own = [known[number] for number in usage.terms[at].tolist() if number]
    return Term(" ".join(own), int(usage.n_authors[at]), int(usage.n_places[at]))
