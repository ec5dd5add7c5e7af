"""What may be told of posts that speak well: only what people found who labelled a sample."""

from headwater.landscape.labelled import Audit
from headwater.landscape.publication import digits, rules
from headwater.landscape.report.model import Limit, Positive
from headwater.landscape.shapes import Measure, Settings

UNTOLD = Limit(
    code="positive_not_labelled",
    text="How much of the talk is constructive, recognises others or speaks up against hate is not told: no "
    "model tells that. People who label a sample do.",
)
ALPHA_DIGITS = 2


def positive(audit: Audit | None, n_judged: int | None, settings: Settings) -> Positive | None:
    """Tell the share of positive posts, where people labelled them and many wrote them.

    Args:
        audit: What people found.
        n_judged: Judged posts, as the report tells them; None where it does not.
        settings: What the town chose.
    """
    found = audit.positive if audit else None
    if audit is None or found is None or n_judged is None:
        return None
    group = rules.Group(*found.hits)
    if why := rules.why_hidden(group, settings):
        return Positive(n_posts=n_judged, share=None, low=None, high=None, why=why)
    sizes = (*group, audit.of.n_judged, audit.of.n_judged, 1)
    ends = found.share, found.low, found.high
    share, low, high = digits.supported(Measure(("positive",), *sizes, *ends))
    alpha = None if found.alpha is None else round(found.alpha, ALPHA_DIGITS)
    return Positive(n_posts=n_judged, share=share, low=low, high=high, alpha=alpha)


def unlabelled(told: Positive | None) -> tuple[Limit, ...]:
    """Say that nobody labelled positive posts, where that is so."""
    return () if told else (UNTOLD,)
