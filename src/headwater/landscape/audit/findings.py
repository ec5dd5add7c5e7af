"""What an audit found, as a file for the report: no post and no annotator is in it."""

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from headwater.landscape import files
from headwater.landscape.audit.asking import MOST_ASKED
from headwater.landscape.audit.audited import LEAST_RATE, METHOD, is_firm
from headwater.landscape.audit.intervals import Interval, differ
from headwater.landscape.errors import PublicationError, SettingsError
from headwater.landscape.labelled import Audit, Base, Positive, Rates
from headwater.landscape.shapes import Settings

FINDINGS = TypeAdapter(Audit)
ADDS_UP = 2 * LEAST_RATE


def write(found: Audit, path: Path) -> Path:
    """Write it, for its owner's eyes: its digits are more than a report may tell."""
    rates = found.rates._asdict() if found.rates else None
    parts = {"hits": found.hits._asdict(), "rates": rates, "of": found.of._asdict()}
    if found.positive:
        hits = found.positive.hits._asdict()
        parts["positive"] = {**found.positive._asdict(), "hits": hits}
    named = {**found._asdict(), **parts}
    return files.write(path, json.dumps(named, indent=2, default=str).encode() + b"\n")


def read(path: Path) -> Audit:
    """Read it. It is not signed: who can write the file can change what the report says.

    Raises:
        SettingsError: It is not there, or not what `headwater audit estimate` writes.
    """
    try:
        found = FINDINGS.validate_json(path.read_bytes())
    except OSError:
        raise SettingsError(f"there is no audit {path}") from None
    except ValidationError as flaw:
        places = (one["loc"] for one in flaw.errors())
        field = next((str(place[0]) for place in places if place and place[0] in Audit._fields), "")
        raise SettingsError(_no_finding(path, field)) from None
    for field, holds in _holds(found).items():
        if not holds:
            raise SettingsError(_no_finding(path, field))
    return found


def fitting(found: Audit, base: Base, model_says: Interval, settings: Settings) -> Audit:
    """Give the audit, held anew against the model's own corrected estimate.

    Raises:
        SettingsError: The audit is of other posts, or of another model's answers.
        PublicationError: It is for a release, and contradicts the model's estimate.
    """
    for name, audits, own in zip(Base._fields, found.of, base, strict=True):
        if audits != own:
            raise SettingsError(
                f"the audit is of other posts ({name}: {audits} there, {own} here); draw the sample "
                "from the same exports, with the same place, period, languages, effort and objections"
            )
    disagrees = differ(Interval(found.share, found.low, found.high), model_says)
    if settings.period and disagrees:
        raise PublicationError(
            f"{settings.period.name}: the audit and the model's estimate lie further apart than "
            "the errors of both explain; find out why before this is released"
        )
    return found._replace(disagrees=disagrees)


def _no_finding(path: Path, field: str) -> str:
    where = f" (see {field})" if field else ""
    return f"{path} is not what `headwater audit estimate` writes{where}"


def _holds(found: Audit) -> dict[str, bool]:
    """Say of each field whether it can be so; false where it is no number."""
    alpha, both = found.alpha, found.positive_agreement
    hits, of = found.hits, found.of
    return {
        "share": 0 <= found.low <= found.share <= found.high <= 1,
        "high_of_few": 0 < found.high_of_few <= 1,
        "n_posts": found.n_posts > 0,
        "n_labels": found.n_posts <= found.n_labels <= MOST_ASKED * found.n_posts,
        "hits": 0 <= hits.n_top <= hits.n_posts <= found.n_posts
        and 0 <= hits.n_authors <= hits.n_posts <= hits.n_top * hits.n_authors,
        "method": found.method == METHOD,
        "alpha": alpha is None or -1 <= alpha <= 1,
        "positive_agreement": both is None or 0 <= both <= 1,
        "of": 0 <= of.n_flagged <= of.n_judged <= of.accepted <= of.lines
        and found.n_posts <= of.n_judged,
        "positive": found.positive is None or _is_share(found.positive, found.n_posts),
        "rates": found.rates is None or (is_firm(found.rates) and _adds_up(found.rates, found)),
    }


def _is_share(found: Positive, n_posts: int) -> bool:
    """Say whether a share of positive posts can be what so many labelled posts tell."""
    alpha, hits = found.alpha, found.hits
    return (
        0 <= found.low <= found.share <= found.high <= 1
        and 0 <= hits.n_top <= hits.n_posts <= n_posts
        and 0 <= hits.n_authors <= hits.n_posts <= hits.n_top * hits.n_authors
        and 0 <= found.n_twice <= n_posts
        and (alpha is None or -1 <= alpha <= 1)
    )


def _adds_up(rates: Rates, found: Audit) -> bool:
    """Say whether by these rates as many posts are flagged as the model flagged."""
    flagged = rates.sensitivity * found.share + rates.false_positive_rate * (1 - found.share)
    return abs(flagged - found.of.n_flagged / max(found.of.n_judged, 1)) <= ADDS_UP
