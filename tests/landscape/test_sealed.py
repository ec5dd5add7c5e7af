"""Sealed files: what went in comes out, from any place; nothing else does."""

import gzip
import io
import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as some

from headwater.landscape import Settings, find, run, sealed
from headwater.landscape.errors import ExportError

KEY = bytes(range(32))
N_BYTES = [0, 1, sealed.CHUNK - 1, sealed.CHUNK, sealed.CHUNK + 1, 3 * sealed.CHUNK, 200_001]


@pytest.fixture
def key(tmp_path, monkeypatch):
    """A key where the reader looks for it."""
    (tmp_path / "key").write_bytes(KEY)
    monkeypatch.setenv(sealed.KEY_FILE, str(tmp_path / "key"))
    return tmp_path / "key"


def seal(path, content, piece=sealed.CHUNK):
    """Seal a content piece by piece."""
    with sealed.Sealing(path, KEY) as sealing:
        at = 0
        while len(content) - at > piece:
            sealing.add(content[at : at + piece])
            at += piece
        sealing.end(content[at:])
    return path


def noise(n_bytes, seed=1):
    return bytes((at * 131 + seed + (at >> 8)) % 256 for at in range(n_bytes))


@pytest.mark.parametrize("n_bytes", N_BYTES)
@pytest.mark.parametrize("piece", [sealed.CHUNK, 3 * sealed.CHUNK])
def test_what_went_in_comes_out(tmp_path, key, n_bytes, piece):
    path = seal(tmp_path / "one", noise(n_bytes), piece)
    with sealed.opened(path) as file:
        assert file.read() == noise(n_bytes)
    assert sealed.size(path) == n_bytes


def test_a_plain_file_opens_as_it_is(tmp_path):
    (tmp_path / "plain").write_bytes(b"{}\n")
    with sealed.opened(tmp_path / "plain") as file:
        assert file.read() == b"{}\n"
    assert sealed.size(tmp_path / "plain") == 3


@given(at=some.integers(0, 200_100), n_bytes=some.integers(0, 140_000))
def test_it_is_read_from_any_place(tmp_path_factory, at, n_bytes):
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "key").write_bytes(KEY)
    os.environ[sealed.KEY_FILE] = str(folder / "key")
    content = noise(200_001)
    with sealed.opened(seal(folder / "one", content)) as file:
        file.seek(at)
        assert file.read(n_bytes) == content[at : at + n_bytes]
        assert file.tell() == max(at, min(at + n_bytes, len(content)))
    shutil.rmtree(folder)


def test_nothing_of_it_stands_on_the_disk(tmp_path):
    word = b"a-word-of-the-export"
    stored = seal(tmp_path / "one", word * 5_000).read_bytes()
    assert word not in stored
    assert len({stored[at : at + 16] for at in range(24, len(stored) - 16, 16)}) > 6_000


def test_two_files_of_one_content_differ(tmp_path):
    first, second = (seal(tmp_path / name, noise(100)).read_bytes() for name in ("a", "b"))
    assert first[sealed.HEAD :] != second[sealed.HEAD :]


@pytest.mark.parametrize("at", [3, 10, 24, 40, sealed.CHUNK + 50, -1])
def test_one_changed_bit_is_seen(tmp_path, key, at):
    path = seal(tmp_path / "one", noise(200_001))
    stored = bytearray(path.read_bytes())
    stored[at] ^= 1
    path.write_bytes(stored)
    if at == 3:  # no longer marked as sealed: it is noise of no format
        assert sealed.opened(path).read() == bytes(stored)
        return
    with pytest.raises(ExportError, match="changed, cut off"), sealed.opened(path) as file:
        file.read()


@pytest.mark.parametrize("cut", [1, 16, 17, 3_409, sealed.CHUNK + 16, 2 * (sealed.CHUNK + 16)])
def test_a_file_cut_off_does_not_open(tmp_path, key, cut):
    path = seal(tmp_path / "one", noise(200_001))
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ExportError, match="cut off"):
        sealed.opened(path)


def test_chunks_cannot_change_places(tmp_path, key):
    path = seal(tmp_path / "one", noise(3 * sealed.CHUNK))
    stored, one = path.read_bytes(), sealed.CHUNK + sealed.TAG
    head, first, second = (
        stored[: sealed.HEAD],
        stored[sealed.HEAD : sealed.HEAD + one],
        stored[sealed.HEAD + one : sealed.HEAD + 2 * one],
    )
    path.write_bytes(head + second + first + stored[sealed.HEAD + 2 * one :])
    with pytest.raises(ExportError, match="changed"), sealed.opened(path) as file:
        file.read()


def test_without_its_key_it_is_gone(tmp_path, key):
    path = seal(tmp_path / "one", noise(100))
    sealed.destroy_key(key)
    assert not key.exists()
    with pytest.raises(ExportError, match="its key is gone"):
        sealed.opened(path)
    sealed.make_key(key)
    with pytest.raises(ExportError, match="another key"):
        sealed.opened(path)


def test_a_key_is_for_its_owner_alone(tmp_path):
    sealed.make_key(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert len((tmp_path / "key").read_bytes()) == sealed.KEY


@pytest.mark.parametrize("left", [0, 1, 500, sealed.CHUNK + sealed.TAG - 1])
def test_sealing_goes_on_after_a_crash_in_the_middle_of_a_chunk(tmp_path, key, left):
    path, content = tmp_path / "one", noise(200_001)
    with sealed.Sealing(path, KEY) as sealing:
        sealing.add(content[: 2 * sealed.CHUNK])
    path.write_bytes(path.read_bytes() + noise(left))
    with sealed.Sealing(path, KEY) as sealing:
        assert sealing.n_bytes == 2 * sealed.CHUNK
        sealing.end(content[sealing.n_bytes :])
    with sealed.opened(path) as file:
        assert file.read() == content


def test_a_file_whose_very_beginning_was_lost_begins_anew(tmp_path, key):
    (tmp_path / "one").write_bytes(sealed.MAGIC[:5])
    assert sealed.opened(seal(tmp_path / "one", b"word")).read() == b"word"


def test_only_the_last_piece_may_end_within_a_chunk(tmp_path):
    with sealed.Sealing(tmp_path / "one", KEY) as sealing, pytest.raises(ValueError, match="last"):
        sealing.add(b"short")


def sealed_samples(samples, folder):
    """Seal every made-up export, some packed as well."""
    folder.mkdir()
    for path in sorted(samples.iterdir()):
        if path.is_file():
            seal(folder / path.name, path.read_bytes())
    first = next(path for path in sorted(samples.iterdir()) if path.suffix == ".ndjson")
    seal(folder / "packed.ndjson.gz", gzip.compress(first.read_bytes()))
    return folder


def test_a_report_of_sealed_exports_is_that_of_the_plain_ones(tmp_path, key, samples):
    plain = tmp_path / "plain"
    shutil.copytree(samples, plain, ignore=lambda _, names: [n for n in names if "." not in n])
    first = next(path for path in sorted(plain.iterdir()) if path.suffix == ".ndjson")
    (plain / "packed.ndjson.gz").write_bytes(gzip.compress(first.read_bytes()))
    hidden = sealed_samples(samples, tmp_path / "hidden")
    told = []
    for folder in (plain, hidden):
        exports = find([str(folder)])
        settings = Settings("Fjordby", tmp_path / f"work-{folder.name}")
        made = run(exports, settings)
        told.append(made.model_copy(update={"method": None}).model_dump(exclude={"method"}))
        assert made.reading.lines > 20
    for one in told:
        one.pop("created_at", None)
    assert told[0] == told[1]


def test_a_sealed_file_can_be_read_like_any_other(tmp_path, key):
    lines = b"".join(b"line %d\n" % number for number in range(40_000))
    with sealed.opened(seal(tmp_path / "one", lines)) as file:
        assert sum(1 for _ in io.TextIOWrapper(file)) == 40_000
