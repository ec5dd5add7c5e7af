"""The bytes of an export, unpacked while they are read, and bombs refused.

Ordinary exports pack 5 to 20 times; what unpacks beyond both bounds below is no export.
"""

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import zstandard

from headwater.landscape import sealed
from headwater.landscape.errors import ExportError
from headwater.landscape.shapes import Part

HARMLESS = 64 << 20  # bytes that may come out whatever went in
RATIO = 200  # bytes out for each byte in
MOST = 64 << 30  # bytes of one member
MEMBERS = 10_000  # of a zip
HEAD = 1 << 16  # bytes by which a format is told
SIP = 1 << 10  # zstd: packed bytes at a time, for each may grow to 16 KiB and more
GZIP, ZSTD, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


class Stream(io.RawIOBase):
    """Unpacked bytes; `broken` tells that the packing broke off before its end."""

    def __init__(self, chunks: Iterator[bytes], packed: BinaryIO, where: Path) -> None:
        self.broken = False
        self._chunks, self._packed, self._where = chunks, packed, where
        self._out, self._left = 0, b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, room: Any) -> int:
        """Fill some of the room; nothing at the end, or once the packing is broken."""
        if not self._left:
            self._left = self._next()
            self._out += len(self._left)
            refuse_bomb(self._out, self._packed.tell(), self._where)
        given, self._left = self._left[: len(room)], self._left[len(room) :]
        room[: len(given)] = given
        return len(given)

    def _next(self) -> bytes:
        try:
            return next(filter(None, self._chunks), b"")
        except BROKEN:
            self.broken = True
            return b""


@contextmanager
def opened(part: Part) -> Iterator[tuple[io.BufferedReader, Stream]]:
    """Open the unpacked bytes of a part; the stream beneath tells whether they broke off."""
    with sealed.opened(part.path) as file:
        stream = Stream(_chunks(file, part), file, part.path)
        yield io.BufferedReader(stream, 1 << 20), stream


def head(part: Part) -> bytes:
    """Read the first bytes of the file or member that the part is of, unpacked."""
    with opened(Part(part.path, part.member)) as (source, _):
        return source.read(HEAD)


def is_plain(path: Path) -> bool:
    """Tell whether the file is not packed, so that it can be read from any byte."""
    return _magic(path) not in (GZIP, ZSTD, ZIP)


def is_zip(path: Path) -> bool:
    """Tell whether the file is a zip, by its first bytes."""
    return _magic(path) == ZIP


def members(path: Path) -> tuple[str, ...]:
    """Name the files inside a zip, sorted; refuse one that is unsafe to open."""
    with sealed.opened(path) as file:
        files = [one for one in _archive(file, path).infolist() if not one.is_dir()]
    if len(files) > MEMBERS:
        raise ExportError(f"{path}: holds {len(files)} files, more than {MEMBERS}; unpack it first")
    for one in files:
        _refuse_unsafe(one, path)
    return tuple(sorted(one.filename for one in files if "__MACOSX" not in one.filename))


def _archive(file: BinaryIO, path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise ExportError(f"{path}: this zip is broken off or damaged; pack it anew") from None


def _refuse_unsafe(member: zipfile.ZipInfo, path: Path) -> None:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
        raise ExportError(f"{path}: a file inside it points out of the zip; do not open it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ExportError(f"{path}: a file inside it is a link; pack the file itself")
    if member.flag_bits & 1:
        raise ExportError(f"{path}: is locked with a password; unpack it first")
    if name.suffix.lower() in (".zip", ".gz", ".zst", ".7z", ".rar"):
        raise ExportError(f"{path}: holds another archive, {name}; unpack it first")
    refuse_bomb(member.file_size, member.compress_size, path)


def refuse_bomb(n_out: int, n_in: int, path: Path) -> None:
    """Refuse what unpacks from n_in to n_out bytes beyond both bounds."""
    if n_out > MOST or (n_out > HARMLESS and n_out > RATIO * n_in):
        raise ExportError(f"{path}: unpacks to far more than an export can hold; not read")


def _magic(path: Path) -> bytes:
    with sealed.opened(path) as file:
        head = file.read(4)
    return next((magic for magic in (GZIP, ZSTD, ZIP) if head.startswith(magic)), head)


def _chunks(file: BinaryIO, part: Part) -> Iterator[bytes]:
    magic = _magic(part.path)
    if magic == GZIP:
        return _sips(gzip.GzipFile(fileobj=file))
    if magic == ZSTD:
        return _unzstd(file, part.path)
    if magic == ZIP and part.member:
        members(part.path)
        return _sips(zipfile.ZipFile(file).open(part.member))
    file.seek(max(part.start - 1, 0))
    return iter(lambda: file.read(1 << 20), b"")


def _sips(unpacked: Any) -> Iterator[bytes]:
    # read1 hands over what came before a break; read would drop it
    return iter(lambda: unpacked.read1(1 << 16), b"")


def _unzstd(file: BinaryIO, path: Path) -> Iterator[bytes]:
    unpacking = zstandard.ZstdDecompressor().decompressobj(read_across_frames=False)
    for packed in iter(lambda: file.read(SIP), b""):
        while packed:
            try:
                yield unpacking.decompress(packed)
            except zstandard.ZstdError as error:
                if "memory" in str(error):
                    raise ExportError(f"{path}: unpack it first: zstd -d --long=31") from None
                raise EOFError from None
            packed = unpacking.unused_data if unpacking.eof else b""
            if unpacking.eof and packed:
                unpacking = zstandard.ZstdDecompressor().decompressobj()
    if not unpacking.eof:
        raise EOFError
