"""The work folder: who may read it, when it goes, when it is taken up again."""

import stat

import pytest

from headwater.landscape import engine
from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.shapes import Export, Part, Reader


@pytest.fixture
def exports(tmp_path):
    path = tmp_path / "export.ndjson"
    path.write_text("{}\n")
    return [Export(path, Reader("none", "", lambda part: iter(()), lambda head: True), (Part(path),))]


def test_the_folder_and_the_key_are_their_owners_alone(tmp_path, exports):
    folder = tmp_path / "work"
    with engine.work(folder, exports, {}) as work:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
        assert len(work.key) == 32


def test_nothing_is_left_of_a_run_that_ended(tmp_path, exports):
    folder = tmp_path / "work"
    with engine.work(folder, exports, {}):
        pass
    assert not folder.exists()
    with pytest.raises(ExportError), engine.work(folder, exports, {}):
        raise ExportError("a told error ends a run too")
    assert not folder.exists()


def broken(folder, exports, choices) -> bytes:
    with pytest.raises(KeyboardInterrupt), engine.work(folder, exports, choices) as work:
        (folder / "manifest").mkdir(exist_ok=True)
        (folder / "manifest" / "000000.json").write_text("{}")
        raise KeyboardInterrupt
    return work.key


def test_a_broken_run_is_taken_up_with_its_key(tmp_path, exports):
    folder = tmp_path / "work"
    key = broken(folder, exports, {"timezone": "UTC"})
    with engine.work(folder, exports, {"timezone": "UTC"}) as work:
        assert work.key == key
        assert (folder / "manifest" / "000000.json").exists()


def test_a_run_of_other_choices_or_changed_files_starts_anew(tmp_path, exports):
    folder = tmp_path / "work"
    key = broken(folder, exports, {"timezone": "UTC"})
    second = broken(folder, exports, {"timezone": "Europe/Oslo"})
    assert second != key
    exports[0].path.write_text("{}\n{}\n")
    with engine.work(folder, exports, {"timezone": "Europe/Oslo"}) as work:
        assert work.key not in {key, second}
        assert not (folder / "manifest").exists()


def test_two_runs_do_not_share_a_folder(tmp_path, exports):
    folder = tmp_path / "work"
    with (
        engine.work(folder, exports, {}),
        pytest.raises(SettingsError, match="another run"),
        engine.work(folder, exports, {}),
    ):
        pass


def test_cleaning_says_whether_there_was_something(tmp_path, exports):
    folder = tmp_path / "work"
    assert not engine.clean(folder)
    broken(folder, exports, {})
    assert engine.clean(folder)
    assert not folder.exists()
