"""Where an audit lies: unreadable without its key, gone when its day has come."""

import json
import stat
from datetime import date, timedelta

import numpy as np
import pytest

from headwater.landscape.audit import Drawn, Interval, Sheet, draw, papers, store
from headwater.landscape.audit.asking import Answer
from headwater.landscape.errors import SettingsError
from headwater.landscape.labelled import Base

DAY = date(2026, 3, 1)
OF = Base("Fjordby", "m", 50, 45, 40, 9)
TERMS = store.Terms("Fjordby", DAY, DAY + timedelta(days=365), 3)
POST = "the ferry was late again, and nobody said a word"


def sheet():
    sample = draw(np.linspace(0, 1, 40), 3, 1)
    flags = np.array([True, False, False])
    drawn = Drawn(sample, flags, np.array([0, 1, 0]), DAY, Interval(0.1, 0, 0.2), OF)
    return Sheet([POST, "two", "three"], ["en", "de", "en"], drawn)


@pytest.fixture
def audit(tmp_path):
    made = store.create(tmp_path / "audit", tmp_path / "audit.key", TERMS)
    papers.keep(made, sheet())
    papers.add(made, Answer(0, "ab", True))
    papers.add(made, ("ab", "en.1", False))
    return tmp_path / "audit", tmp_path / "audit.key"


def test_what_is_kept_is_read_as_it_was(audit):
    opened = store.opened(*audit, DAY)
    read, made = papers.sheet(opened), sheet()
    assert (read.texts, read.languages) == (made.texts, made.languages)
    for one, other in zip(read.drawn.sample, made.drawn.sample, strict=True):
        assert np.array_equal(one, other)
    assert read.drawn.is_flagged.tolist() == [True, False, False]
    assert read.drawn.authors.tolist() == [0, 1, 0]
    assert read.drawn[3:] == made.drawn[3:]
    assert papers.given(opened).posts == [Answer(0, "ab", True)]
    assert papers.given(opened).gold == [("ab", "en.1", False)]


def test_all_of_it_is_its_owners_alone(audit):
    folder, key = audit
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (key, *folder.iterdir())} == {0o600}


def test_no_text_and_no_answer_is_readable_in_the_folder(audit):
    folder, _ = audit
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    for told in ("ferry", "again", "nobody", "en.1", "stratum", "probability"):
        assert told.encode() not in kept


def test_another_key_opens_nothing(audit, tmp_path):
    folder, _ = audit
    other = tmp_path / "other.key"
    other.write_text("00" * 32)
    with pytest.raises(SettingsError, match="does not open with this key"):
        papers.sheet(store.opened(folder, other, DAY))


@pytest.mark.parametrize("written", ["", "zz", "00", "00" * 33])
def test_what_is_no_key_is_told(audit, written):
    folder, key = audit
    key.write_text(written)
    with pytest.raises(SettingsError, match="is no key of an audit"):
        store.opened(folder, key, DAY)


@pytest.mark.parametrize("name", ["posts.sealed", "answers.sealed"])
@pytest.mark.parametrize("change", [lambda old: old[:-1], lambda old: b"", lambda old: old + b"x"])
def test_what_was_altered_is_refused(audit, name, change):
    path = audit[0] / name
    path.write_bytes(change(path.read_bytes()))
    opened = store.opened(*audit, DAY)
    with pytest.raises(SettingsError, match="was altered"):
        (papers.sheet if name == "posts.sealed" else papers.given)(opened)


def test_posts_do_not_pass_for_answers(audit):
    (audit[0] / "answers.sealed").write_bytes((audit[0] / "posts.sealed").read_bytes())
    with pytest.raises(SettingsError, match="was altered"):
        papers.given(store.opened(*audit, DAY))


@pytest.mark.parametrize("field", ["ends_on", "drawn_on", "place"])
def test_nobody_moves_the_day_on_which_it_ends(audit, field):
    terms = audit[0] / "terms.json"
    terms.write_text(json.dumps({**json.loads(terms.read_text()), field: "2030-01-01"}))
    with pytest.raises(SettingsError, match="was altered"):
        papers.sheet(store.opened(*audit, DAY))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"ends_on": 3}', "\xff"])
def test_terms_that_are_none_are_told(audit, content):
    (audit[0] / "terms.json").write_text(content, encoding="latin-1")
    with pytest.raises(SettingsError, match="was altered"):
        store.opened(*audit, DAY)


def test_it_opens_on_its_last_day_and_is_gone_on_the_next(audit):
    folder, key = audit
    store.opened(folder, key, TERMS.ends_on)
    with pytest.raises(SettingsError, match="ended on 2027-03-01; its posts are deleted"):
        store.opened(folder, key, TERMS.ends_on + timedelta(days=1))
    assert not folder.exists()
    assert not key.exists()


def test_deleted_before_its_day_it_is_gone_too_and_a_copy_of_the_folder_tells_nothing(
    audit, tmp_path
):
    folder, key = audit
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    store.remove(folder, key)
    assert not folder.exists()
    assert not key.exists()
    with pytest.raises(SettingsError, match="there is no key"):
        store.opened(copy, key, DAY)


def test_a_file_that_is_no_key_of_it_is_never_deleted_nor_is_then_anything(audit, tmp_path):
    folder, _ = audit
    other = tmp_path / "thesis.txt"
    for content in ("years of work", "00" * 32):
        other.write_text(content)
        before = sorted(folder.iterdir())
        with pytest.raises(SettingsError, match=r"is no key|does not open"):
            store.remove(folder, other)
        assert other.read_text() == content
        assert sorted(folder.iterdir()) == before


def test_without_its_key_not_even_its_end_deletes_anything(audit, tmp_path):
    folder, key = audit
    other = tmp_path / "thesis.txt"
    other.write_text("years of work")
    after = TERMS.ends_on + timedelta(days=1)
    for wrong in (other, tmp_path / "nothere.key"):
        with pytest.raises(SettingsError, match="no key"):
            store.opened(folder, wrong, after)
    assert other.exists()
    assert key.exists()
    assert (folder / "posts.sealed").exists()


def test_an_end_that_somebody_wrote_in_deletes_nothing(audit):
    folder, key = audit
    terms = folder / "terms.json"
    terms.write_text(json.dumps({**json.loads(terms.read_text()), "ends_on": "2020-01-01"}))
    with pytest.raises(SettingsError, match="was altered"):
        store.opened(folder, key, DAY)
    assert key.exists()
    assert (folder / "posts.sealed").exists()


def test_other_files_in_its_folder_stay(audit):
    folder, key = audit
    (folder / "audit.json").write_text("{}")
    (folder / "notes.txt").write_text("ours")
    (folder / "mine.sealed").mkdir()
    names = ["audit.json", "mine.sealed", "notes.txt"]
    assert [path.name for path in store.remove(folder, key)] == names
    assert sorted(path.name for path in folder.iterdir()) == names
    assert not key.exists()


def test_by_links_the_audit_itself_is_deleted(audit, tmp_path):
    folder, key = audit
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "link.key").symlink_to(key)
    store.remove(tmp_path / "link", tmp_path / "link.key")
    assert not folder.exists()
    assert not key.exists()
    assert not (tmp_path / "link.key").is_symlink()


def test_without_its_key_what_nobody_can_read_can_be_removed(audit):
    folder, key = audit
    with pytest.raises(SettingsError, match="there is no key"):
        store.remove(folder, key.with_name("nothere.key"))
    assert store.remove(folder, None) == []
    assert not folder.exists()
    assert key.exists()


def test_the_lock_follows_no_link(audit, tmp_path):
    folder, key = audit
    precious = tmp_path / "precious.txt"
    precious.write_text("kept")
    (folder / store.LOCK).unlink()
    (folder / store.LOCK).symlink_to(precious)
    with pytest.raises(OSError, match="symbolic links"):
        papers.add(store.opened(folder, key, DAY), Answer(0, "ab", True))
    assert precious.read_text() == "kept"


def test_an_audit_broken_off_while_it_was_made_says_the_way_out(tmp_path):
    folder, key = tmp_path / "audit", tmp_path / "audit.key"
    made = store.create(folder, key, TERMS)
    with pytest.raises(SettingsError, match="clean` removes it"):
        papers.sheet(made)
    assert store.remove(folder, key) == []
    assert not key.exists()


def test_an_audit_broken_off_before_its_key_was_made_can_be_removed(tmp_path):
    folder, key = tmp_path / "audit", tmp_path / "audit.key"
    store.create(folder, key, TERMS)
    (folder / "key.sealed").unlink()
    with pytest.raises(SettingsError, match="--without-key` removes it"):
        store.remove(folder, key)
    assert store.remove(folder, None) == []


def test_a_folder_that_is_no_audit_is_never_removed(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("kept")
    with pytest.raises(SettingsError, match="is no audit"):
        store.remove(tmp_path / "precious", tmp_path / "key")
    assert (tmp_path / "precious" / "file").read_text() == "kept"


def test_no_audit_is_made_over_other_files(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("")
    (tmp_path / "a.key").write_text("of another")
    for folder, key, why in [
        ("full", "b.key", "holds other files"),
        ("new", "a.key", "is there already"),
        ("new", "new/key", "keep the key apart"),
        ("new", "nowhere/key", "there is no folder"),
    ]:
        with pytest.raises(SettingsError, match=why):
            store.create(tmp_path / folder, tmp_path / key, TERMS)
    assert (tmp_path / "a.key").read_text() == "of another"
    assert not (tmp_path / "new").exists()
