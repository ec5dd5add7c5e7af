"""One part of an export to batches of posts, whatever its kind of file."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from io import BufferedReader
from itertools import chain

import orjson

from headwater.landscape.errors import ExportError
from headwater.landscape.readers import arrays, detect, objects, packed, posts, reasons, rows
from headwater.landscape.readers.blocks import Block
from headwater.landscape.readers.forms import Layout
from headwater.landscape.readers.lines import Lines, blocks, owned
from headwater.landscape.readers.packed import Stream
from headwater.landscape.shapes import Part, RawBatch, Reader

ENOUGH = 8_192  # posts of a batch, about
ARRAY = re.compile(rb"\s*\[\s*(?:[\[{\]]|\Z)")


def reader(layout: Layout, documented_at: str) -> Reader:
    """Make the reader of a platform from what it declares."""
    return Reader(layout.name, documented_at, partial(read, layout), partial(detect.knows, layout))


def read(layout: Layout, part: Part) -> Iterator[RawBatch]:
    """Yield the posts in file order; divert the records that are none."""
    with packed.opened(part) as (source, stream):
        found = _blocks(layout, part, source, stream)
        yield from told(layout, part, found)


def told(layout: Layout, part: Part, found: Iterable[Block]) -> Iterator[RawBatch]:
    """Make batches of the blocks found, small ones together; refuse a file of another kind."""
    n_posts, seen, held = 0, set[str](), list[RawBatch]()
    # a map holds on to no block while it asks for the next: half the memory, and faster for it
    for batch in map(partial(posts.batch, layout.forms), found):
        n_posts += len(batch.rows)
        seen.update(batch.rejects["reason"].to_pylist())
        held.append(batch)
        if sum(len(one.rows) for one in held) >= ENOUGH:
            yield posts.together(held)
            held = []
    if seen and not n_posts and seen <= reasons.FOREIGN and not _is_range(part):
        raise _foreign(layout, part)
    if held:
        yield posts.together(held)


def _foreign(layout: Layout, part: Part) -> ExportError:
    return ExportError(
        f"{part.path} {part.member}: nothing in it is of the format {layout.name!r}; "
        "see `headwater formats`, and force one with FORMAT:PATH"
    )


def _blocks(layout: Layout, part: Part, source: BufferedReader, stream: Stream) -> Iterator[Block]:
    head = source.peek(1)
    if not layout.tabular or _is_range(part) or not head or detect.is_json(head):
        return _json(layout, part, owned(source, part), stream)
    if not {form.mark for form in layout.forms}.isdisjoint(("", *detect.names(head))):
        return rows.of_csv(source, stream)
    raise _foreign(layout, part)


def _is_range(part: Part) -> bool:
    """Tell a range of bytes, which holds lines, from a whole file of any kind."""
    return part.start > 0 or part.stop is not None


def _json(layout: Layout, part: Part, chunks: Iterator[bytes], stream: Stream) -> Iterator[Block]:
    head = b"" if _is_range(part) else _head(chunks)
    chunks = chain((head,), chunks)
    if ARRAY.match(head):
        pieces = arrays.elements(chunks, arrays.ROOT, stream)
    elif layout.pages and _is_document(head, names := _array_names(layout)):
        yield from _document(layout, chunks, names, stream)
        return
    else:
        pieces = blocks(chunks, stream)
    for lines in pieces:
        yield objects.block(lines, layout)


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
    for lines in arrays.elements(chain(whole.lines, chunks), names, stream):
        yield objects.block(lines, layout)
