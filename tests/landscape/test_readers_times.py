"""Times that state no zone: local where the format leaves it open, UTC where it says so."""

from datetime import UTC, datetime

import pytest
from exported import posts, row, write

from headwater.landscape.readers import find

COPENHAGEN = "Europe/Copenhagen"


def read_in(timezone, *wanted):
    return [
        post
        for export in find([str(one) for one in wanted])
        for part in export.in_zone(timezone).parts
        for post in posts(export.reader.read(part))
    ]


def clock(post):
    return post["posted_at"].astimezone(UTC).strftime("%m-%d %H:%M")


@pytest.mark.parametrize("beside", [None, "2024-03-01T10:00:00Z", "01.03.2024 10:00"])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-01-15T10:00:00", "01-15 09:00"),
        ("2024-07-15 10:00", "07-15 08:00"),
        ("15.07.2024 10:00:30", "07-15 08:00"),
        ("2024-07-15", "07-14 22:00"),
        ("2024-07-15T10:00:00Z", "07-15 10:00"),
        ("2024-07-15T10:00:00+01:00", "07-15 09:00"),
        (1_721_037_600, "07-15 10:00"),
        ("2024-03-31T02:30:00", "03-31 01:00"),  # left out by the clocks: when they go on
        ("2024-10-27T02:30:00", "10-27 00:30"),  # shown twice by the clocks: the first time
    ],
)
def test_a_table_is_in_the_towns_time_however_it_is_written(written, read, beside, tmp_path):
    others = [row(id="r2", created_at=beside)] if beside else []
    path = write(tmp_path, "times.ndjson", row(created_at=written), *others)
    assert clock(read_in(COPENHAGEN, path)[0]) == read


@pytest.mark.parametrize("name", ["timestamp_utc", "created_utc"])
def test_a_column_that_says_utc_is_utc(name, tmp_path):
    record = {"id": "r1", "text": "The ferry is late.", name: "2024-07-15T10:00:00"}
    (export,) = find([str(write(tmp_path, "times.ndjson", record))])
    (part,) = export.in_zone(COPENHAGEN).parts
    assert clock(posts(export.reader.read(part))[0]) == "07-15 10:00"
    assert export.reader.describe(part)["posted_at"] == name


def test_the_telegram_app_writes_local_times_unless_it_states_the_second(samples, tmp_path):
    exact = samples / "telegram.json"
    older = tmp_path / "older.json"
    lines = exact.read_text().splitlines(keepends=True)
    older.write_text("".join(line for line in lines if "date_unixtime" not in line))
    older.write_text(older.read_text().replace('"from_id"', '"date_unixtime": null, "from_id"'))
    assert clock(read_in(COPENHAGEN, exact)[0]) == "03-01 10:00"
    assert clock(read_in(COPENHAGEN, older)[0]) == "03-01 09:00"


def test_clocks_in_workbooks_and_parquet_are_local_too(tmp_path):
    openpyxl, pq, pa = (pytest.importorskip(n) for n in ("openpyxl", "pyarrow.parquet", "pyarrow"))
    moment = datetime(2024, 7, 15, 10)
    book = openpyxl.Workbook()
    for line in (["id", "text", "created_at"], ["r1", "The ferry is late.", moment]):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    for name, at in (("b", moment), ("c", moment.replace(tzinfo=UTC))):
        pq.write_table(pa.Table.from_pylist([row(created_at=at)]), tmp_path / f"{name}.parquet")
    found = [clock(post) for post in read_in(COPENHAGEN, tmp_path)]
    assert found == ["07-15 08:00", "07-15 08:00", "07-15 10:00"]


@pytest.mark.parametrize("name", ["4cat", "bluesky", "meta", "reddit", "tiktok", "x", "youtube"])
def test_a_platforms_own_export_does_not_depend_on_the_town(name, samples):
    own = sorted(samples.glob(f"{name}*"))
    assert read_in(COPENHAGEN, *own) == read_in("UTC", *own)
