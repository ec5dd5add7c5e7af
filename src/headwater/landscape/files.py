"""Write files that are there whole or not at all, so that nobody ever reads half of one."""

import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

OWNERS = 0o600  # for its owner alone
EVERYBODYS = 0o644


@contextmanager
def whole(path: Path, mode: int = OWNERS) -> Iterator[BinaryIO]:
    """Open a file that takes its place when it is complete; a power cut cannot halve it then.

    Drafts of it that killed processes have left behind go.
    """
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        left.unlink(missing_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    new = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(draft, new, OWNERS), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        draft.replace(path)
        _reach_disk(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def write(path: Path, content: bytes, mode: int = OWNERS) -> Path:
    """Write a whole file, and return where it lies."""
    with whole(path, mode) as file:
        file.write(content)
    return path


def _reach_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
