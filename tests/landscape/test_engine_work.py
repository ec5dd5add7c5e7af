"""The work folder: who may read it, when it goes, when it is taken up again."""

import shutil
import stat

import pytest

from headwater.landscape import engine
from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.shapes import Export, Part, Reader


@pytest.fixture
def exports(tmp_path):
    path = tmp_path / "export.ndjson"
    path.write_text("{}\n")
    return [
        Export(
            path,
            Reader("none", "", lambda part: iter(()), lambda head: True, lambda part: {}),
            (Part(path),),
        )
    ]


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


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path, exports):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(SettingsError, match="other files"), engine.work(folder, exports, {}):
        pass
    assert (folder / "thesis.txt").read_text() == "years of work"
    assert not engine.clean(folder)


def test_a_folder_in_use_is_not_cleaned(tmp_path, exports):
    folder = tmp_path / "work"
    with engine.work(folder, exports, {}) as work, pytest.raises(SettingsError, match="another"):
        engine.clean(work.folder)


@pytest.mark.parametrize("gone", ["run.json", "key", "manifest", "posts"])
def test_what_was_half_removed_is_not_taken_up(gone, tmp_path, exports):
    folder = tmp_path / "work"
    broken(folder, exports, {})
    (folder / "posts").mkdir(exist_ok=True)
    # a removal takes run.json first; a kill may come right after it
    for name in dict.fromkeys(["run.json", gone]):
        path = folder / name
        path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)
    with engine.work(folder, exports, {}):
        assert not (folder / "manifest").exists()
