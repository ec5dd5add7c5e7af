"""Who used which terms when, made up: most terms seldom, some in bursts, some that rise."""

from datetime import date

import numpy as np

from headwater.landscape.analyses.telling import Held
from headwater.landscape.talk import Usage

N_DAYS = 365
EACH_DAY = 4_000  # people
WORDS, WORDS_OF_A_POST, THEMES = 50_000, 20, 12


def made(n_terms: int) -> Usage:
    """Give the use of n terms on the days of a year."""
    rng = np.random.default_rng(n_terms)
    each = np.minimum(20 * (1 + rng.pareto(1.1, n_terms)), EACH_DAY * N_DAYS / 20).astype(int)
    terms = np.repeat(np.arange(n_terms), each)
    days = rng.integers(0, N_DAYS, len(terms))
    rising = rng.random(n_terms) < 0.001
    late = rising[terms]
    days[late] = N_DAYS - 1 - days[late] // 4
    cells, n = np.unique(terms * N_DAYS + days, return_counts=True)
    terms, days = np.divmod(cells, N_DAYS)
    return Usage(
        terms=np.arange(1, 3 * n_terms + 1, dtype=np.uint32).reshape(-1, 3),
        n_authors=each,
        n_places=np.full(n_terms, 5),
        first_on=date(2024, 1, 1),
        talk=np.full(N_DAYS, EACH_DAY),
        n_posts=int(each.sum()),
        n_flagged=0,
        starts=np.searchsorted(terms, np.arange(n_terms + 1)),
        days=days,
        n=n,
    )


def posts(n_posts: int) -> tuple[Held, np.ndarray, np.ndarray]:
    """Give n posts with the theme of each, and whether it is of the second half of the time."""
    rng = np.random.default_rng(n_posts)
    at = np.arange(n_posts)
    words = (WORDS * rng.power(3, (n_posts, WORDS_OF_A_POST))).astype(np.uint32) + 1
    place = np.repeat(at, WORDS_OF_A_POST)
    held = Held(words.ravel(), place, at % (n_posts // 10), at % 50, np.zeros_like(at))
    return held, rng.integers(0, THEMES, n_posts), at >= n_posts // 2
