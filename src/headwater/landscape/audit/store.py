"""Where an audit's posts and answers lie: encrypted, for who holds the key, until a fixed day.

What is in the folder is of no use without the key, a file apart. `terms.json` is open and says when
the audit ends; it is bound into what is encrypted, so that nobody moves that day. From then on
whoever opens the audit finds it removed; without the key it is gone at any time. Who can write in the
folder can put back what it held before: that is not noticed.
"""

import fcntl
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from headwater.landscape import files
from headwater.landscape.errors import SettingsError

TERMS, LOCK, SEALED = "terms.json", "headwater-audit.lock", ".sealed"
PROOF = "key"  # nothing, sealed: what opens it is the audit's key
KEY_BYTES, NONCE_BYTES = 32, 12


class Terms(NamedTuple):
    """What anybody may read of an audit."""

    place: str
    drawn_on: date
    ends_on: date  # the last day on which it can be opened
    n_posts: int


class Store(NamedTuple):
    """An open audit."""

    folder: Path
    terms: Terms
    key: bytes

    def write(self, name: str, content: bytes) -> None:
        """Encrypt and write one thing."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.key).encrypt(nonce, content, self._bound(name))
        files.write(self.folder / f"{name}{SEALED}", nonce + sealed)

    def read(self, name: str) -> bytes | None:
        """Read and decrypt one thing; None where it is not there.

        Raises:
            SettingsError: Another key, or the folder was altered.
        """
        path = self.folder / f"{name}{SEALED}"
        if not path.exists():
            return None
        sealed = path.read_bytes()
        try:
            nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return AESGCM(self.key).decrypt(nonce, rest, self._bound(name))
        except (InvalidTag, ValueError):
            raise SettingsError(
                f"{path} does not open with this key, or was altered; nothing was changed"
            ) from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else write meanwhile."""
        with (self.folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _bound(self, name: str) -> bytes:
        return name.encode() + b"\0" + _written(self.terms)


def check(folder: Path, key_file: Path) -> None:
    """Refuse a place where no audit can be made.

    Raises:
        SettingsError: The folder holds something, or the key would lie in it or on another file.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"{folder} holds other files; give an empty folder")
    if key_file.exists():
        raise SettingsError(f"{key_file} is there already, another audit may need it; give --key")
    if key_file.resolve().is_relative_to(folder.resolve()):
        raise SettingsError("keep the key apart from the folder that it opens; give --key")


def create(folder: Path, key_file: Path, terms: Terms) -> Store:
    """Make an empty audit and its key, where `check` allows it."""
    check(folder, key_file)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / LOCK).touch(mode=files.OWNERS)
    key = secrets.token_bytes(KEY_BYTES)
    files.write(key_file, key.hex().encode() + b"\n")
    made = Store(folder, terms, key)
    made.write(PROOF, b"")
    files.write(folder / TERMS, _written(terms))
    return made


def opened(folder: Path, key_file: Path, today: date) -> Store:
    """Open an audit; one whose day has come is removed, its key with it.

    Raises:
        SettingsError: No audit, no key of it, or the audit has ended.
    """
    terms = _terms(folder)
    if today > terms.ends_on:
        _remove(folder, key_file if _opens(folder, terms, key_file) else None)
        raise SettingsError(f"the audit {folder} ended on {terms.ends_on}; its posts are deleted")
    return Store(folder, terms, _key(key_file))


def remove(folder: Path, key_file: Path) -> list[Path]:
    """Delete an audit and give what is left in its folder: files that are not of its store.

    Raises:
        SettingsError: No audit, or a file that is not its key; then nothing is deleted.
    """
    terms = _terms(folder)
    if not key_file.exists():
        return _remove(folder, None)  # what no key opens is lost already
    if not _opens(folder, terms, key_file):
        raise SettingsError(f"{key_file} is not the key of {folder}; nothing was deleted")
    return _remove(folder, key_file)


def _remove(folder: Path, key_file: Path | None) -> list[Path]:
    """Delete the key first, so that nothing can be read from then on; leave what is not ours."""
    if key_file is not None:
        key_file.resolve().unlink()
        key_file.unlink(missing_ok=True)  # a link to it
    for path in (*folder.glob(f"*{SEALED}"), folder / LOCK, folder / TERMS):
        path.unlink(missing_ok=True)
    left = sorted(folder.iterdir())
    if not left:
        folder.resolve().rmdir()
    return left


def _opens(folder: Path, terms: Terms, key_file: Path) -> bool:
    try:
        return Store(folder, terms, _key(key_file)).read(PROOF) is not None
    except SettingsError:
        return False


def _terms(folder: Path) -> Terms:
    path = folder / TERMS
    if not path.exists():
        raise SettingsError(f"{folder} is no audit; `headwater audit sample` makes one")
    try:
        written = json.loads(path.read_bytes())
        days = {name: date.fromisoformat(written[name]) for name in ("drawn_on", "ends_on")}
        return Terms(**{**written, **days})
    except (ValueError, KeyError, TypeError):
        raise SettingsError(f"{path} was altered; the audit cannot be opened") from None


def _key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        raise SettingsError(f"there is no key {path}; ask who drew the sample") from None
    except (ValueError, OSError):
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{path} is no key of an audit")
    return key


def _written(terms: Terms) -> bytes:
    return json.dumps(terms._asdict(), default=str, sort_keys=True).encode()
