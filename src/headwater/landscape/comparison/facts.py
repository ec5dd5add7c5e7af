"""What must be the same in two reports, so that a difference is one of the talk."""

from collections.abc import Callable
from typing import NamedTuple

from headwater.landscape.report import Report
from headwater.landscape.report.model import Method


class Fact(NamedTuple):
    """What must be the same in both reports, and how to make it so."""

    code: str
    name: str
    of: Callable[[Report], str | None]  # None where there is nothing to be the same
    way_out: str


def _correction(report: Report) -> str | None:
    """Give how the model's errors were corrected; what people found is corrected by no such rule."""
    return report.method.correction if report.method.audit is None else None


def _rates(report: Report) -> str:
    return "; ".join(
        f"{one.language} {one.sensitivity:g}, {one.false_positive_rate:g}"
        for one in report.method.error_rates
    )


def _least(method: Method) -> str:
    return f"{method.base_posts:,} posts by {method.base_authors} authors"


FACTS = (
    Fact(
        "schema",
        "The form of the report",
        lambda report: report.schema_version.partition(".")[0],
        "Write both with the same Headwater.",
    ),
    Fact(
        "model",
        "The model, or its effort,",
        lambda report: report.made_with.model,
        "Keep --model and --effort, and the version of Headwater that has this model.",
    ),
    Fact(
        "codebook",
        "The codebook, which says what hate is,",
        lambda report: report.made_with.codebook,
        "Keep the version of Headwater that has this codebook.",
    ),
    Fact(
        "definitions",
        "What is called hate",
        lambda report: report.method.definitions,
        "Keep the version of Headwater that defines it so.",
    ),
    Fact(
        "rules",
        "The version of the publication rules",
        lambda report: report.made_with.publication_rules,
        "Keep the version of Headwater that has these rules.",
    ),
    Fact(
        "floor",
        "The floor, the fewest authors of a shown number,",
        lambda report: str(report.method.floor),
        "Keep --floor.",
    ),
    Fact(
        "rounding",
        "What counts are rounded to",
        lambda report: str(report.method.round_to),
        "Keep the rounding.",
    ),
    Fact(
        "base",
        "The fewest posts and authors of a rate",
        lambda report: _least(report.method),
        "Keep the version of Headwater that has these rules.",
    ),
    Fact(
        "audit",
        "Whether people checked a sample",
        lambda report: "yes" if report.method.audit else "no",
        "Let people label a sample of each (`headwater audit`), or of none.",
    ),
    Fact(
        "correction",
        "How shares are corrected for the model's errors",
        _correction,
        "Keep the version of Headwater that corrects so.",
    ),
    Fact(
        "error_rates",
        "The model's errors that shares are corrected by",
        _rates,
        "One model has one set of errors: take the files that `headwater report` wrote.",
    ),
)
