"""How much each post counts in teaching, and whose meaning of hate it follows."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from training.posts import Flags, Posts
from training.sources import OWN, SOURCES

Weights = NDArray[np.float64]

LEAST_HATE = 0.25  # share that hate has in a source's weight
OWN_SHARE = 0.2  # of the weight of all, that our own posts have


def weights(posts: Posts, rows: Flags, of_one: Callable[[int], float]) -> Weights:
    """Weigh n posts, those of these rows; hate more where it is rare.

    Args:
        posts: n posts.
        rows: n, which count.
        of_one: The weight of one post of a source, by how many the source has.
    """
    found = np.zeros(len(rows))
    for source in SOURCES:
        own = rows & (posts.source == source.name)
        if not own.any():
            continue
        found[own] = source.weight * of_one(int(own.sum()))
        share = posts.hate[own].mean()
        if 0 < share < LEAST_HATE:
            found[own & posts.hate] *= LEAST_HATE / (1 - LEAST_HATE) * (1 - share) / share
    ours = rows & np.isin(posts.source, [one.name for one in OWN])
    found[ours] = 1
    return with_own_share(posts, found)


def with_own_share(posts: Posts, found: Weights) -> Weights:
    """Give our own posts their share of the weight of all."""
    ours = np.isin(posts.source, [one.name for one in OWN]) & (found > 0)
    if ours.any():
        found[ours] = OWN_SHARE / (1 - OWN_SHARE) * found[~ours].sum() / ours.sum()
    return found


def definitions(posts: Posts) -> NDArray[np.int64]:
    """Number the sources that label hate; 0 for civil ones and our own, which share an offset."""
    found = np.zeros(len(posts.hate), np.int64)
    for at, name in enumerate((one.name for one in SOURCES if one.talk != "civil"), start=1):
        found[posts.source == name] = at
    return found
