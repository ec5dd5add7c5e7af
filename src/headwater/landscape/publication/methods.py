"""Say in a report how its numbers were made."""

from headwater.landscape import models
from headwater.landscape.labelled import Audit, Rates
from headwater.landscape.publication import limits, rules
from headwater.landscape.report.model import Audited, Estimate, Method
from headwater.landscape.shapes import Settings

AS_UNSEEN = "Rogan-Gladen by language, with the error rates of an unseen source"
AS_AUDITED = (
    "the share of all posts as people found it; its parts by Rogan-Gladen, with the model's error "
    "rates that people found here; languages and groups with the error rates of an unseen source"
)
LABELS_TO = 10  # answers are rounded to
N_DIGITS = 2  # of agreement, and of the model's errors


def of(level: Estimate, settings: Settings, audit: Audit | None) -> Method:
    """Tell of the model, the correction, the audit and the rules."""
    model = models.load(*settings.judge)
    compares = bool(level.share and model.gate.passes(level.share))
    return Method(
        estimate="audited" if audit else "model",
        audit=_audited(audit, level) if audit else None,
        correction=AS_AUDITED if audit and audit.rates else AS_UNSEEN,
        error_rates=tuple(models.error_rates(model).values()),
        target_alarms=models.target_alarms(model),
        compares_groups=compares,
        compares_groups_why=limits.COMPARED if compares else limits.NOT_COMPARED,
        floor=settings.floor,
        round_to=settings.round_to,
        base_authors=rules.BASE_AUTHORS,
        base_posts=rules.BASE_POSTS,
        definitions=limits.DEFINITIONS,
    )


def _audited(audit: Audit, level: Estimate) -> Audited:
    """Tell of the audit; of what people answered only where the share they found is told.

    How many answers there are tells how many are hits; the model's errors, with more digits, how many
    posts were flagged.
    """
    is_told = level.share is not None
    rates = audit.rates._asdict() if audit.rates and is_told else dict.fromkeys(Rates._fields)
    return Audited(
        drawn_on=audit.drawn_on,
        method=audit.method,
        n_posts=audit.n_posts,
        n_labels=rules.rounded(audit.n_labels, LABELS_TO) if is_told else None,
        alpha=_short(audit.alpha) if is_told else None,
        positive_agreement=_short(audit.positive_agreement) if is_told else None,
        **{name: _in_short(rate) for name, rate in rates.items()},
    )


def _in_short(rate: float | None) -> float | None:
    return None if rate is None else float(f"{rate:.{N_DIGITS}g}")


def _short(agreement: float | None) -> float | None:
    return None if agreement is None else round(agreement, N_DIGITS)
