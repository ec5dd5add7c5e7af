"""Research data and authentic exports, end to end; skipped where they are not."""

import shutil

import pytest

from headwater.landscape import Settings, find, run
from headwater.landscape.report import to_json


def report(exports, folder):
    return run(find([str(one) for one in exports]), Settings("Somewhere", folder / "work"))


@pytest.mark.long
def test_the_timeline_goes_through_twice_with_equal_bytes(research_data, tmp_path):
    timeline = research_data / "timeline" / "telegram_2021_2022.parquet"
    first = report([timeline], tmp_path)
    assert first.reading.lines == 222_362
    read = first.reading
    assert read.accepted + read.rejected + read.duplicate == read.lines
    assert read.accepted > 200_000
    assert to_json(report([timeline], tmp_path)) == to_json(first)


def test_every_authentic_export_goes_through_and_the_numbers_add_up(research_data, tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    for path in (research_data / "exports").iterdir():
        if "lexicon" not in path.name and path.suffix != ".md":
            shutil.copy(path, exports)
    found = find([str(exports)])
    assert {one.path.name for one in found} == {path.name for path in exports.iterdir()}
    read = report([exports], tmp_path).reading
    assert read.accepted + read.rejected + read.duplicate == read.lines
    assert (read.lines, read.accepted, read.duplicate, read.rejected) == (600, 353, 245, 2)
