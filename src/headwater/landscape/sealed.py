"""Files that are sealed on disk and opened as if they were not, for as long as their key is there.

An export waits sealed until its posts are scrubbed. Then the key is destroyed, and what is left of the file on the
disk, or in a copy of it, is noise. A sealed file is told by its first bytes, whatever its name.

Layout: 8 bytes of magic, 16 of salt; then chunks of 65,536 bytes, each with a tag of 16, the last one shorter and
perhaps empty. Every chunk is sealed by AES-256-GCM under a key of the file's own, with its number and whether it is the
last as nonce, so that chunks cannot be changed, swapped, left out, or cut off at the end.

Source: Hoang, Reyhanitabar, Rogaway & Vizár, Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance, CRYPTO 2015 (STREAM).
"""

import io
import os
import secrets
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from headwater.landscape import files
from headwater.landscape.errors import ExportError

MAGIC = b"HWSEAL1\n"
SALT, TAG, KEY = 16, 16, 32  # bytes
HEAD = len(MAGIC) + SALT
CHUNK = 1 << 16  # bytes that are sealed together
KEY_FILE = "HEADWATER_SEAL_KEY_FILE"  # the variable that says where the key lies


def make_key(path: Path) -> None:
    """Make a key, in a file for its owner alone."""
    files.write(path, secrets.token_bytes(KEY))


def destroy_key(path: Path) -> None:
    """Overwrite a key and remove it: what it sealed is gone."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(bytes(KEY))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def opened(path: Path) -> BinaryIO:
    """Open a file to read, sealed or not.

    Raises:
        ExportError: It is sealed, and its key is not here, or the file is not as it was sealed.
    """
    file = path.open("rb")
    if file.read(len(MAGIC)) == MAGIC:
        return cast("BinaryIO", io.BufferedReader(_Unsealed(file, path), CHUNK))
    file.seek(0)
    return file


def source(path: Path) -> Path | BinaryIO:
    """Give what a library can read: the path of a plain file, or the open inside of a sealed one."""
    return opened(path) if _is_sealed(path) else path


def size(path: Path) -> int:
    """Say how many bytes a file holds, sealed or not."""
    n_bytes = path.stat().st_size
    return _inside(n_bytes) if _is_sealed(path) else n_bytes


class Sealing:
    """Seals a file piece by piece; what was begun can be gone on with after any crash.

    Every piece but the last must be a multiple of CHUNK bytes; `n_bytes` says how many are safe on the disk.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._file.seek(0, os.SEEK_END)
        if self._file.tell() < HEAD:
            self._begin()
        self._file.seek(0)
        self._cipher = _cipher(key, self._file.read(HEAD)[len(MAGIC) :])
        self._n_chunks = (path.stat().st_size - HEAD) // (CHUNK + TAG)
        self._file.seek(HEAD + self._n_chunks * (CHUNK + TAG))
        self._file.truncate()  # a chunk that a crash cut short

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def n_bytes(self) -> int:
        """How many bytes are sealed so far."""
        return self._n_chunks * CHUNK

    def add(self, piece: bytes) -> None:
        """Seal a piece that is not the last, and see it to the disk."""
        if len(piece) % CHUNK:
            raise ValueError("only the last piece may end within a chunk")
        for at in range(0, len(piece), CHUNK):
            self._write(piece[at : at + CHUNK], is_last=False)
        self._reach_disk()

    def end(self, piece: bytes) -> None:
        """Seal the last piece: the file is whole."""
        n_whole = len(piece) // CHUNK * CHUNK
        self.add(piece[:n_whole])
        self._write(piece[n_whole:], is_last=True)
        self._reach_disk()

    def _begin(self) -> None:
        self._file.seek(0)
        self._file.write(MAGIC + secrets.token_bytes(SALT))
        self._file.truncate()
        self._reach_disk()

    def _write(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._n_chunks, is_last), chunk, None))
        self._n_chunks += 1

    def _reach_disk(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())


class _Unsealed(io.RawIOBase):
    """What a sealed file holds, from any place on; a chunk is opened when it is read."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._at, self._chunk, self._number = 0, b"", -1
        file.seek(0)
        salt = file.read(HEAD)[len(MAGIC) :]
        self._cipher = _cipher(_key(path), salt)
        self._size = _inside(path.stat().st_size)
        self._load(self._size // CHUNK)  # the last: a file cut off does not open at all

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any place on."""
        return True

    def tell(self) -> int:
        """Say where the next byte is read."""
        return self._at

    def seek(self, to: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(begin + to, 0)
        return self._at

    def readinto(self, room: Any) -> int:
        """Fill some of the room; nothing at the end."""
        if self._at >= self._size:
            return 0
        number, begin = divmod(self._at, CHUNK)
        if number != self._number:
            self._load(number)
        given = self._chunk[begin : begin + len(room)]
        room[: len(given)] = given
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        """Close the file beneath."""
        self._file.close()
        super().close()

    def _load(self, number: int) -> None:
        self._file.seek(HEAD + number * (CHUNK + TAG))
        nonce = _nonce(number, is_last=number == self._size // CHUNK)
        try:
            self._chunk = self._cipher.decrypt(nonce, self._file.read(CHUNK + TAG), None)
        except InvalidTag:
            raise ExportError(
                f"{self._path}: this sealed file was changed, cut off, or sealed by another key"
            ) from None
        self._number = number


def _is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _inside(n_bytes: int) -> int:
    """Give how many bytes a sealed file of this size holds."""
    n_chunks, rest = divmod(max(n_bytes - HEAD, 0), CHUNK + TAG)
    return n_chunks * CHUNK + max(rest - TAG, 0)


def _key(path: Path) -> bytes:
    place = os.environ.get(KEY_FILE)
    if not place or not Path(place).exists():
        raise ExportError(f"{path}: is sealed, and its key is gone: it can be read no more")
    return Path(place).read_bytes()


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY, salt, b"headwater sealed file").derive(key))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
