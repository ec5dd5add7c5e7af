"""Words that many write so that filters miss them: digits for letters, letters apart, look-alikes."""

import numpy as np

from headwater.landscape.talk import Disguise, Usage

MOST = 50


def disguises(masked: Usage, usage: Usage) -> tuple[Disguise, ...]:
    """Give the words that most people write in disguise, those of most people first.

    Args:
        masked: The use, in disguise, of words.
        usage: Of the terms of the same posts, however they are written.
    """
    alone = usage.terms[usage.terms[:, 1] == 0, 0]  # terms of one word stand first, and rise
    terms = np.searchsorted(alone, masked.terms[:, 0])
    columns = (terms, masked.n_authors, masked.n_places)
    found = [Disguise(*one) for one in zip(*(one.tolist() for one in columns), strict=True)]
    return tuple(sorted(found, key=lambda one: (-one.n_authors, -one.n_places))[:MOST])
