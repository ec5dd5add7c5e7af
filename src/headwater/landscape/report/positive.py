"""The part of the page on posts that speak well: one sentence, as people found them."""

from headwater.landscape.report import numbers, words
from headwater.landscape.report.model import Report

FIRM, TENTATIVE = 0.8, 0.667  # Krippendorff's alpha


def sentence(report: Report) -> str | None:
    """Say how much is positive; None where nobody labelled for it."""
    found = report.positive
    if found is None:
        return None
    if found.share is None or found.low is None or found.high is None:
        reason = words.reason(found.why, report.method)
        return f"How many posts speak well of others, or up against hate, is not shown: {reason}."
    n_digits = numbers.digits(found.share, found.low, found.high)
    share, low, high = (
        numbers.percent(one, n_digits) for one in (found.share, found.low, found.high)
    )
    return (
        f"{share} of the judged posts ({low} to {high}) are constructive, recognise others or speak up "
        f"against hate. People who labelled a sample found that; no model tells it. {_agreed(found.alpha)}"
    )


def _agreed(alpha: float | None) -> str:
    if alpha is None:
        return "How far they agree is not known."
    level = "firm" if alpha >= FIRM else "tentative" if alpha >= TENTATIVE else "weak"
    return f"Their agreement is {level} (alpha {alpha:g})."
