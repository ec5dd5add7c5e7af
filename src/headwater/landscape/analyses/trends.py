"""How much of each month's posts is about each theme."""

from collections.abc import Sequence

from headwater.landscape.analyses.correction import wilson
from headwater.landscape.shapes import Analysis, Evidence, Grouping, Groups, Measure


def run(counts: Sequence[Groups], _: Evidence) -> tuple[Measure, ...]:
    """Give the share of each theme in each month, with Wilson's interval."""
    (themes,) = counts
    return tuple(
        Measure((str(one.key[0]), str(one.key[1])), *one.sizes, *wilson(one.n_posts, one.n_within))
        for one in themes
    )


GROUPINGS = (Grouping(within=("month",), by=("theme",)),)
ANALYSIS = Analysis(name="trends", groupings=GROUPINGS, run=run)
