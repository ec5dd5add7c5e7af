"""One part of an export to batches of posts, whatever its kind of file."""

import re
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from io import BufferedReader
from itertools import chain

import orjson

from headwater.landscape.readers import (
    arrays,
    batches,
    detect,
    lines,
    objects,
    packed,
    posts,
    reasons,
    rows,
)
from headwater.landscape.readers.blocks import Block
from headwater.landscape.readers.forms import Layout
from headwater.landscape.readers.lines import Lines, owned
from headwater.landscape.readers.packed import Stream
from headwater.landscape.shapes import Part, RawBatch, Reader

TIMES = ("posted_at", "edited_at")
ARRAY = re.compile(rb"\s*\[\s*(?:[\[{\]]|\Z)")


def reader(layout: Layout, documented_at: str) -> Reader:
    """Make the reader of a platform from what it declares."""
    return Reader(
        layout.name,
        documented_at,
        read=partial(read, layout),
        knows=partial(detect.knows, layout),
        describe=partial(describe, layout),
    )


def read(layout: Layout, part: Part) -> Iterator[RawBatch]:
    """Yield the posts in file order; divert the records that are none."""
    return batches.told(layout, part, blocks(layout, part))


def blocks(layout: Layout, part: Part) -> Generator[Block, None, None]:
    """Give the records in file order, a block at a time."""
    with packed.opened(part) as (source, stream):
        yield from _blocks(layout, part, source, stream)


def describe(layout: Layout, part: Part) -> dict[str, str]:
    """Say what our columns are made of in most of the first records: a path or a rule."""
    with closing(blocks(layout, Part(part.path, part.member))) as found:
        first = next(found, None)
    shaped = posts.shaped(layout.forms, first)[0] if first else []
    form = max(shaped, key=lambda some: len(some.numbers)).form if shaped else layout.forms[0]
    paths = {
        name: path if isinstance(path, str) else "by rule" for name, path in form.fields.items()
    }
    return zoned(paths, part) if form.is_local else paths


def zoned(paths: dict[str, str], part: Part) -> dict[str, str]:
    """Add to the columns that are times how they are taken where they state no zone."""
    said = f" (where it states no zone: {part.timezone})"
    times = {name: path + said for name, path in paths.items() if name in TIMES}
    return paths | times


def _blocks(layout: Layout, part: Part, source: BufferedReader, stream: Stream) -> Iterator[Block]:
    head = source.peek(1)
    if not layout.tabular or lines.is_range(part) or not head or detect.is_json(head):
        return _json(layout, part, owned(source, part), stream)
    if not {form.mark for form in layout.forms}.isdisjoint(("", *detect.names(head))):
        return rows.of_csv(source, stream)
    raise batches.foreign(layout, part)


def _json(layout: Layout, part: Part, chunks: Iterator[bytes], stream: Stream) -> Iterator[Block]:
    head = b"" if lines.is_range(part) else _head(chunks)
    chunks = chain((head,), chunks)
    if ARRAY.match(head):
        pieces = arrays.elements(chunks, arrays.ROOT, stream)
    elif layout.pages and _is_document(head, names := _array_names(layout)):
        yield from _document(layout, chunks, names, stream)
        return
    else:
        pieces = lines.blocks(chunks, stream)
    for some in pieces:
        yield objects.block(some, layout)


def _head(chunks: Iterator[bytes]) -> bytes:
    """Read until the first line has ended, or is too long for one."""
    head = b""
    for chunk in chunks:
        head += chunk
        if b"\n" in head.lstrip() or len(head) > reasons.LIMIT:
            break
    return head


def _array_names(layout: Layout) -> re.Pattern[bytes]:
    return arrays.under(path.rpartition(".")[2] for path in layout.pages)


def _is_document(head: bytes, names: re.Pattern[bytes]) -> bool:
    """Tell one object over many lines from objects of a line each."""
    first, _, rest = head.lstrip().partition(b"\n")
    if len(first) <= reasons.LIMIT:
        try:
            orjson.loads(first)
        except orjson.JSONDecodeError:
            pass
        else:
            return False
    goes_on = first.rstrip().endswith((b"{", b"[", b",")) or not rest.lstrip().startswith(b"{")
    return goes_on and names.search(head) is not None


def _document(
    layout: Layout, chunks: Iterator[bytes], names: re.Pattern[bytes], stream: Stream
) -> Iterator[Block]:
    """Read one object: whole, for what stands behind its posts, if it is small and sound."""
    held, size = [], 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size > reasons.LIMIT:
            break
    whole = Lines([1], [b"".join(held)], [])
    sound = size <= reasons.LIMIT and isinstance(objects.parsed(whole.lines)[0], dict)
    if sound:
        yield objects.block(whole, layout, is_document=True)
        return
    for some in arrays.elements(chain(whole.lines, chunks), names, stream):
        yield objects.block(some, layout)
