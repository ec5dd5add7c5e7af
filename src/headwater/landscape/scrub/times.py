"""Cut moments to the hour and tell the town's own month, day, weekday and hour."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import TEXT
from headwater.landscape.shapes import UTC as UTC_MOMENT

Int64s = npt.NDArray[np.int64]
SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000  # in microseconds
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class LocalTimes(NamedTuple):
    """What a clock and a calendar in the town show of n moments."""

    posted_at: pa.Array  # cut to the town's hour
    month: pa.Array
    posted_on: pa.Array
    weekday: pa.Array
    hour: pa.Array


def local(moments: pa.Array, timezone: str) -> LocalTimes:
    """Read n moments off the town's clock."""
    utc = moments.cast(pa.int64()).to_numpy()
    changes, offsets = _clock(timezone)
    there = utc + offsets[np.searchsorted(changes, utc, side="right") - 1]
    day = there // DAY
    return LocalTimes(
        posted_at=pa.array(utc - there % HOUR).cast(UTC_MOMENT),
        month=_months(day),
        posted_on=pa.array(day.astype(np.int32)).cast(pa.date32()),
        weekday=pa.array(((day + 3) % 7).astype(np.int8)),  # 1 January 1970 was a Thursday
        hour=pa.array((there % DAY // HOUR).astype(np.int8)),
    )


def _months(day: Int64s) -> pa.Array:
    months, place = np.unique(
        day.astype("datetime64[D]").astype("datetime64[M]"), return_inverse=True
    )
    return pa.array(months.astype(str), TEXT).take(pa.array(place))


@lru_cache
def _clock(timezone: str) -> tuple[Int64s, Int64s]:
    """Return the moments at which the town's clock was set, and its offsets from then on."""
    there, step = zone(timezone), timedelta(days=1)
    changes, offsets = [np.iinfo(np.int64).min], [_offset(FIRST, there)]
    moment = FIRST
    while moment < LAST:
        if _offset(moment + step, there) != offsets[-1]:
            changes.append(_change(moment, moment + step, there))
            offsets.append(_offset(moment + step, there))
        moment += step
    return np.array(changes), np.array(offsets)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> int:
    """Halve the span until the second is found at which the clock was set."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return int(after.timestamp()) * SECOND


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    return (moment.astimezone(zone).utcoffset() or timedelta()) // timedelta(microseconds=1)


def zone(timezone: str) -> ZoneInfo:
    """Give the time zone, or refuse a name that is none."""
    # Arrow looks for time zones in the system alone; Python also in the `tzdata` package.
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(f"no time zone named {timezone!r}; try Europe/Copenhagen") from None
