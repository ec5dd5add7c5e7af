"""Blocks as they are found to batches of some thousand posts."""

import gc
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from headwater.landscape.errors import ExportError
from headwater.landscape.readers import posts, reasons
from headwater.landscape.readers.blocks import Block, Reject
from headwater.landscape.readers.forms import Layout
from headwater.landscape.readers.lines import is_range
from headwater.landscape.shapes import Part, RawBatch

T = TypeVar("T")
ENOUGH = 8_192  # records of a batch, about


def told(layout: Layout, part: Part, found: Iterable[Block]) -> Iterator[RawBatch]:
    """Make batches of the blocks found, small ones together; refuse a file of another kind."""
    n_posts, seen, last = 0, set[str](), None
    for batch in _batches(layout, part, found):
        n_posts += len(batch.rows)
        seen.update(batch.rejects["reason"].to_pylist())
        if last:
            yield last
        last = batch
    if seen and not n_posts and seen <= reasons.FOREIGN and not is_range(part):
        raise foreign(layout, part)
    if last:
        yield last


def _batches(layout: Layout, part: Part, found: Iterable[Block]) -> Iterator[RawBatch]:
    held, rejects = list[posts.Shaped](), list[Reject]()
    # a map holds on to no block while it asks for the next: half the memory, and faster for it
    shaped = map(partial(posts.shaped, layout.forms), found)
    for some, refused in _undisturbed(shaped):
        held += some
        rejects += refused
        if sum(len(one.numbers) for one in held) + len(rejects) >= ENOUGH:
            yield posts.batch(held, rejects, part.timezone)
            held, rejects = [], []
    if held or rejects:
        yield posts.batch(held, rejects, part.timezone)


def _undisturbed(items: Iterator[T]) -> Iterator[T]:
    """Give each item, made while Python does not look for cycles.

    What is parsed has none and is soon let go; looking through it would cost a third of the time.
    """
    while True:
        was_on = gc.isenabled()
        gc.disable()
        try:
            item = next(items, None)
        finally:
            if was_on:
                gc.enable()
        if item is None:
            return
        yield item


def foreign(layout: Layout, part: Part) -> ExportError:
    """Say that a file is of another kind, and the way out."""
    return ExportError(
        f"{part.path} {part.member}: nothing in it is of the format {layout.name!r}; "
        "see `headwater formats`, and force one with FORMAT:PATH"
    )
