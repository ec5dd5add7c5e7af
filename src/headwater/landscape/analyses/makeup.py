"""What the posts are: by language, platform, month, scope, theme, judged or left, signed or not."""

from collections.abc import Sequence

from headwater.landscape.analyses.correction import wilson
from headwater.landscape.shapes import Analysis, Evidence, Group, Grouping, Groups, Measure

OF = ("language", "platform", "month", "left_for", "is_authored", "scope", "theme")


def run(counts: Sequence[Groups], _: Evidence) -> tuple[Measure, ...]:
    """Give the share of each language, platform and so on, with Wilson's interval."""
    return tuple(
        _measure(of, group) for of, groups in zip(OF, counts, strict=True) for group in groups
    )


def _measure(of: str, group: Group) -> Measure:
    (value,) = group.key
    key = (of, "" if value is None else str(value))
    return Measure(key, *group.sizes, *wilson(group.n_posts, group.n_within))


GROUPINGS = tuple(Grouping(within=(), by=(of,)) for of in OF)
ANALYSIS = Analysis(name="makeup", groupings=GROUPINGS, run=run)
