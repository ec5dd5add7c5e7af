"""The town's own clock, beside Python's, moment by moment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape.errors import SettingsError
from headwater.landscape.scrub import times
from headwater.landscape.shapes import UTC as UTC_MOMENT

ZONES = (
    "UTC",
    "Europe/Copenhagen",
    "Europe/London",
    "Europe/Moscow",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "America/New_York",
    "Africa/Casablanca",
)


def one_by_one(moment, zone):
    there = moment.astimezone(ZoneInfo(zone))
    past = timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond)
    return moment - past, f"{there:%Y-%m}", there.date(), there.weekday(), there.hour


def at_once(moments, zone):
    columns = times.local(pa.array(moments, UTC_MOMENT), zone)
    return list(zip(*(column.to_pylist() for column in columns), strict=True))


def agree(moments, zone):
    assert at_once(moments, zone) == [one_by_one(moment, zone) for moment in moments]


MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))


@given(st.lists(MOMENTS, max_size=50), st.sampled_from(ZONES))
def test_any_moment_reads_as_it_does_one_by_one(moments, zone):
    agree(moments, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_every_quarter_around_a_change_of_clocks_reads_as_it_does_one_by_one(zone):
    for day in ("2024-03-09", "2024-03-30", "2024-04-05", "2024-10-05", "2024-10-26", "2024-11-02"):
        start = datetime.fromisoformat(day).replace(tzinfo=UTC)
        agree([start + timedelta(minutes=15 * n, seconds=n) for n in range(200)], zone)


def test_a_place_that_is_no_time_zone_is_named():
    with pytest.raises(SettingsError, match="Europe/Atlantis"):
        times.local(pa.array([], UTC_MOMENT), "Europe/Atlantis")


def test_no_moments_give_no_times():
    assert at_once([], "Europe/Copenhagen") == []
