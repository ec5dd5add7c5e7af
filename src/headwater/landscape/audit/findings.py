"""What an audit found, as a file for the report: no post and no annotator is in it."""

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from headwater.landscape import files
from headwater.landscape.errors import PublicationError, SettingsError
from headwater.landscape.shapes import Audit, Base, Settings

FINDINGS = TypeAdapter(Audit)


def write(found: Audit, path: Path) -> Path:
    """Write it, for its owner's eyes: its digits are more than a report may tell."""
    rates = found.rates._asdict() if found.rates else None
    named = {**found._asdict(), "rates": rates, "of": found.of._asdict()}
    return files.write(path, json.dumps(named, indent=2, default=str).encode() + b"\n")


def read(path: Path) -> Audit:
    """Read it.

    Raises:
        SettingsError: It is not there, or not what `headwater audit estimate` writes.
    """
    try:
        return FINDINGS.validate_json(path.read_bytes())
    except FileNotFoundError:
        reason = f"there is no audit {path}"
    except ValidationError:
        reason = f"{path} is not what `headwater audit estimate` writes"
    raise SettingsError(reason)


def fits(audited: Audit, base: Base, settings: Settings) -> None:
    """Refuse an audit of other posts, and to release what two ways of counting do not agree on.

    Raises:
        SettingsError: The audit is of other posts, or of another model's answers.
        PublicationError: It is for a release, and contradicts the model's corrected estimate.
    """
    for name, audits, own in zip(Base._fields, audited.of, base, strict=True):
        if audits != own:
            raise SettingsError(
                f"the audit is of other posts ({name}: {audits} there, {own} here); draw the "
                "sample from the same exports, with the same period, effort and objections"
            )
    if settings.period and audited.disagrees:
        raise PublicationError(
            f"{settings.period.name}: the audit and the model's estimate lie further apart than "
            "the errors of both explain; find out why before this is released"
        )
