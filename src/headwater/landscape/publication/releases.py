"""What makes a report a release: its days are over, it is entered, and no other tells of them."""

from datetime import datetime, timedelta
from hashlib import sha256

from headwater.landscape.errors import PublicationError
from headwater.landscape.publication import ledger
from headwater.landscape.publication.chain import midnight
from headwater.landscape.report.data import to_json
from headwater.landscape.report.model import Report
from headwater.landscape.shapes import Period, Settings


def foresee(settings: Settings, now: datetime) -> None:
    """Refuse, before anything is read, a release that can be none.

    Args:
        settings: What the town chose; without a period there is nothing to refuse.
        now: An aware moment.

    Raises:
        PublicationError: Its period is not over, or overlaps that of an earlier release.
    """
    if settings.period and settings.state_dir:
        _refuse_unfinished(settings.period, settings.timezone, now)
        ledger.foresee(settings.state_dir, settings.place, settings.period, settings.timezone)


def release(made: Report, settings: Settings) -> None:
    """Enter a release in the place's ledger; a working report enters nothing.

    Raises:
        PublicationError: It overlaps an earlier release.
    """
    if settings.period and settings.state_dir:
        digest = sha256(to_json(made)).hexdigest()
        place, period, timezone = settings.place, settings.period, settings.timezone
        ledger.enter(settings.state_dir, place, period, timezone, digest)


def _refuse_unfinished(period: Period, timezone: str, now: datetime) -> None:
    if now < midnight(period.last_on + timedelta(days=1), timezone):
        raise PublicationError(
            f"{period.name} ends on {period.last_on} and is not over in {timezone}: what is still "
            "written would be missing from it for good. Release it after that day, or make a "
            "working report, without a period."
        )
