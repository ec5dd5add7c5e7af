"""Which files are meant, which reader each is for, and in which parts it is read."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from headwater.landscape import sealed
from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.readers import detect, packed, table
from headwater.landscape.readers.packed import head
from headwater.landscape.shapes import Export, Part, Reader

PART = 16 << 20  # bytes of a part of a file of lines
FORCED = re.compile(r"([a-z0-9]{2,})(?:\[([^\]]*)\])?:(.+)", re.DOTALL)
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Found(NamedTuple):
    """What was meant, in order; `unread` are files of folders and zips that no reader knows."""

    exports: tuple[Export, ...]
    unread: tuple[Path, ...]


def look(wanted: Sequence[str], readers: Sequence[Reader]) -> Found:
    """Look through files, folders and globs, each perhaps with its format before it."""
    exports: dict[tuple[Path, str], Export] = {}
    unread: dict[Path, None] = {}
    for one in wanted:
        forced, place = _forced(one, readers)
        for path, is_named in _files(place):
            known, unknown = _exports(path, forced, readers, is_named=is_named)
            exports |= {(path, export.reader.name): export for export in known}
            unread |= dict.fromkeys(unknown)
    if wanted and not exports:
        raise ExportError(f"{', '.join(wanted)}: no export in it; see `headwater formats`")
    return Found(tuple(exports[key] for key in sorted(exports)), tuple(sorted(unread)))


def _forced(wanted: str, readers: Sequence[Reader]) -> tuple[Reader | None, str]:
    """Part a format from a path; a path that exists is never taken for a format."""
    found = FORCED.fullmatch(wanted)
    if not found or Path(wanted).exists():
        return None, wanted
    name, columns, place = found.groups()
    named = [reader for reader in readers if reader.name == name]
    if not named:
        names = ", ".join(reader.name for reader in readers)
        raise SettingsError(f"no format {name!r}; there is {names}")
    if columns is None:
        return named[0], place
    if name != "table":
        raise SettingsError(f"columns can be named for a table only, not for {name!r}")
    return table.reader(_columns(columns)), place


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not all(name and equals and column for name, equals, column in pairs):
        raise SettingsError(f"[{text}]: write it as [text=COLUMN,posted_at=COLUMN]")
    return {table.column_of(name.strip()): column.strip() for name, _, column in pairs}


def _files(place: str) -> Iterator[tuple[Path, bool]]:
    """Give the files at a place, and whether each was named itself; links in folders are left."""
    path = Path(place)
    if path.is_file():
        yield path, True
    elif path.is_dir():
        inside = (one for one in sorted(path.rglob("*")) if not one.is_symlink())
        yield from ((one, False) for one in inside if one.is_file())
    else:
        found = sorted(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
        if not found:
            raise ExportError(f"{place}: no such file, folder or pattern")
        for one in found:
            yield from ((file, False) for file, _ in _files(str(one)))


def _exports(
    path: Path, forced: Reader | None, readers: Sequence[Reader], *, is_named: bool
) -> tuple[list[Export], list[Path]]:
    """Give the exports in a file, one for each reader its members need, and what is unknown."""
    if is_named and not sealed.size(path):
        raise ExportError(f"{path}: is empty, 0 bytes; export it anew")
    parts: dict[Reader, list[Part]] = {}
    unknown = []
    for part in _members(path):
        reader = forced or _reader(part, readers)
        if reader:
            parts.setdefault(reader, []).extend(_parts(part))
        else:
            unknown.append(path / part.member if part.member else path)
    if is_named and not parts:
        names = ", ".join(reader.name for reader in readers)
        raise ExportError(f"{path}: of no known format; force one, FORMAT:{path}, of {names}")
    return [Export(path, reader, tuple(own)) for reader, own in parts.items()], unknown


def _members(path: Path) -> list[Part]:
    if not packed.is_zip(path):
        return [Part(path)]
    members = packed.members(path)
    is_workbook = "[Content_Types].xml" in members
    return [Part(path)] if is_workbook else [Part(path, member) for member in members]


def _reader(part: Part, readers: Sequence[Reader]) -> Reader | None:
    first = head(part)
    if first.startswith(UTF16):
        raise ExportError(f"{part.path} {part.member}: is UTF-16; save it as UTF-8")
    return next((reader for reader in readers if reader.knows(first)), None)


def _parts(whole: Part) -> list[Part]:
    """Cut a large plain file of lines into ranges; everything else is read in one go."""
    size = sealed.size(whole.path)
    if whole.member or size <= PART or not packed.is_plain(whole.path):
        return [whole]
    if not detect.is_of_lines(head(whole)):
        return [whole]
    starts = range(0, size, PART)
    return [whole._replace(start=start, stop=min(start + PART, size)) for start in starts]
