"""Who used which terms when, made up: most terms seldom, some in bursts, some that rise."""

from datetime import date

import numpy as np

from headwater.landscape.talk import Usage

N_DAYS = 365
EACH_DAY = 4_000  # people


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
