"""Where an audit's posts and answers lie: encrypted, for who holds the key, until a fixed day.

What is in the folder is of no use without the key, a file apart. `terms.json` is open and says when
the audit ends; it is bound into what is encrypted, so that nobody moves that day. From then on
whoever opens the audit finds it removed; without the key it is gone at any time. Who can write in the
folder can put back what it held before: that is not noticed.
"""

import fcntl
import json
import os
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
OURS = (f"posts{SEALED}", f"answers{SEALED}", f"{PROOF}{SEALED}", LOCK, TERMS)  # the terms last
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
        lock = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, files.OWNERS)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

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
    if not key_file.parent.is_dir():
        raise SettingsError(f"there is no folder {key_file.parent} for the key; give --key")


def create(folder: Path, key_file: Path, terms: Terms) -> Store:
    """Make an empty audit and its key, where `check` allows it."""
    check(folder, key_file)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    files.write(folder / TERMS, _written(terms))  # first: what is broken off can be removed by them
    key = secrets.token_bytes(KEY_BYTES)
    files.write(key_file, key.hex().encode() + b"\n")
    made = Store(folder, terms, key)
    made.write(PROOF, b"")
    return made


def opened(folder: Path, key_file: Path, today: date) -> Store:
    """Open an audit; one whose day has come is removed, its key with it.

    Raises:
        SettingsError: No audit, no key of it, or the audit has ended.
    """
    found = _proven(folder, key_file)
    if today > found.terms.ends_on:
        remove(folder, key_file)
        reason = f"the audit {folder} ended on {found.terms.ends_on}; its posts are deleted"
        raise SettingsError(reason)
    return found


def remove(folder: Path, key_file: Path | None) -> list[Path]:
    """Delete an audit and give what is left in its folder: files that are not of it.

    Args:
        folder: the audit.
        key_file: its key, which goes first, so that nothing can be read from then on; None where
            there is none any more.

    Raises:
        SettingsError: No audit, or a file that is not its key; then nothing is deleted.
    """
    _terms(folder)
    if key_file is not None:
        _proven(folder, key_file)
        key_file.resolve().unlink()
        key_file.unlink(missing_ok=True)  # a link to it
    for name in OURS:
        (folder / name).unlink(missing_ok=True)
    left = sorted(folder.iterdir())
    if not left:
        folder.resolve().rmdir()
    return left


def _proven(folder: Path, key_file: Path) -> Store:
    """Give the audit, if this is its key and these are its terms."""
    found = Store(folder, _terms(folder), _key(key_file))
    if found.read(PROOF) is None:
        raise SettingsError(
            f"making the audit {folder} was broken off; `headwater audit clean --without-key` removes it"
        )
    return found


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
