"""Two published reports side by side: two periods of one town, or two towns that agreed to it.

It reads the two reports and nothing else, and never more than two: there is no league table.
"""

from hashlib import sha256
from importlib.metadata import version

from headwater.landscape.comparison import cautions, likeness, rows, soundness, wording
from headwater.landscape.comparison.pair import paired
from headwater.landscape.report import Report, to_json
from headwater.landscape.report.difference import Comparison
from headwater.landscape.report.difference.model import Side

__all__ = ["compare"]


def compare(first: Report, second: Report, *, towns_agree: bool = False) -> Comparison:
    """Say by how much two reports differ, and what of that chance and the model may explain.

    Of one place the earlier comes first, in whatever order they are given.

    Args:
        first: A release.
        second: Another, made in the same way.
        towns_agree: Both places, where there are two, have agreed to be compared.

    Raises:
        ComparisonError: The reports are not alike enough; it says in what they differ.
        ExportError: A report holds numbers that no report can hold.
    """
    for report in (first, second):
        soundness.check(report)
    both = paired(first, second)
    likeness.check(both, towns_agree=towns_agree)
    differences = rows.differences(both)
    return Comparison(
        headwater=version("headwater"),
        of="periods" if both.is_one_place else "towns",
        finding=wording.finding(both, differences),
        standing=wording.standing(both, differences),
        first=_side(both.first, both.labels[0]),
        second=_side(both.second, both.labels[1]),
        differences=differences,
        cautions=cautions.cautions(both, differences),
        interval=wording.INTERVAL,
    )


def _side(report: Report, label: str) -> Side:
    return Side(
        label=label,
        place=report.place,
        period=report.period,
        made_with=report.made_with,
        method=report.method,
        accepted=report.reading.accepted,
        digest=sha256(to_json(report)).hexdigest(),
    )
