"""Blocks of records to batches of posts: one way for every platform and every kind of file."""

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from headwater.landscape.readers import markup, reasons
from headwater.landscape.readers.blocks import Block, Reject, Values, column, take
from headwater.landscape.readers.forms import Form, Refusals, Source
from headwater.landscape.readers.values import Bad, to_column
from headwater.landscape.shapes import RAW_POST, REJECT, RawBatch

NONE = {pa.bool_(): False, pa.list_(pa.string()): []}  # what stands where nothing is said


class Shaped(NamedTuple):
    """n records of one form: their values under our columns, not yet typed."""

    form: Form
    numbers: Sequence[int]
    values: dict[str, Values]  # column of RAW_POST -> n values
    bad: Bad


def shaped(forms: Sequence[Form], block: Block) -> tuple[list[Shaped], list[Reject]]:
    """Share the records out among the forms; a record that has none is a reject."""
    found = []
    for form in forms:
        own, block = _parted(block, form.mark)
        if own.numbers:
            values = {name: _values(own, source) for name, source in form.fields.items()}
            found.append(Shaped(form, own.numbers, values, _refused(own, form.refuse)))
    return found, [*block.rejects, *((number, reasons.UNKNOWN_KIND) for number in block.numbers)]


def batch(some: Sequence[Shaped], rejects: Sequence[Reject], timezone: str) -> RawBatch:
    """Make one row or one reject of every record."""
    by_form: dict[str, list[Shaped]] = {}
    for one in some:
        by_form.setdefault(one.form.mark, []).append(one)
    rows, rejects = [], list(rejects)
    for alike in by_form.values():
        posts, refused = _posts(_together(alike), timezone)
        rows.append(posts)
        rejects += refused
    return RawBatch(_in_order(rows), _rejected(sorted(rejects)))


def _parted(block: Block, mark: str) -> tuple[Block, Block]:
    """Part the records that have the mark from the others, which keep the rejects."""
    fits = _fits(block, mark)
    if all(fits):
        return block, Block([], {}, block.rejects)
    own, others = ([at for at, fit in enumerate(fits) if fit is side] for side in (True, False))
    if not own:
        return Block([], {}, []), block
    return take(block, own), take(block, others)._replace(rejects=block.rejects)


def _fits(block: Block, mark: str) -> list[bool]:
    path, _, wanted = mark.partition("=")
    if not path:
        return [True] * len(block.numbers)
    if wanted:
        return [value == wanted for value in column(block, path)]
    return [value is not None for value in column(block, path)]


def _values(block: Block, source: Source) -> Values:
    return column(block, source) if isinstance(source, str) else source(partial(column, block))


def _refused(block: Block, refusals: Refusals) -> Bad:
    bad = Bad()
    for path, by_value in refusals.items():
        for at, value in enumerate(column(block, path)):
            if isinstance(value, str | bool | None) and value in by_value:
                bad.setdefault(at, by_value[value])
    return bad


def _together(alike: list[Shaped]) -> Shaped:
    if len(alike) == 1:
        return alike[0]
    values = {
        name: list(chain.from_iterable(one.values[name] for one in alike))
        for name in alike[0].form.fields
    }
    starts = accumulate((len(one.numbers) for one in alike), initial=0)
    bad = {
        start + at: why
        for start, one in zip(starts, alike, strict=False)
        for at, why in one.bad.items()
    }
    numbers = list(chain.from_iterable(one.numbers for one in alike))
    return Shaped(alike[0].form, numbers, values, bad)


def _posts(some: Shaped, timezone: str) -> tuple[pa.RecordBatch, list[Reject]]:
    bad, columns = some.bad, [pa.array(some.numbers, pa.int64())]
    for name in RAW_POST.names[1:]:
        values, unfit = _column(some, name, timezone)
        bad = unfit | bad  # the first reason found for a record stands
        columns.append(values)
    rows = pa.RecordBatch.from_arrays(columns, schema=RAW_POST)
    if not bad:
        return rows, []
    kept = np.ones(len(rows), bool)
    kept[list(bad)] = False
    return rows.filter(pa.array(kept)), [(some.numbers[at], why) for at, why in bad.items()]


def _column(some: Shaped, name: str, timezone: str) -> tuple[pa.Array, Bad]:
    if name in some.values:
        zone = timezone if some.form.is_local else "UTC"
        values, bad = to_column(name, some.values[name], zone)
    else:
        kind = RAW_POST.field(name).type
        values, bad = pa.repeat(pa.scalar(NONE.get(kind), kind), len(some.numbers)), Bad()
    if name == "text" and some.form.markup:
        values = markup.texts(values)
    if name in reasons.MISSING and values.null_count:
        missing = np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False)).tolist()
        bad = dict.fromkeys(missing, reasons.MISSING[name]) | bad
    return values, bad


def _in_order(rows: list[pa.RecordBatch]) -> pa.RecordBatch:
    if not rows:
        return pa.RecordBatch.from_pylist([], RAW_POST)
    if len(rows) == 1:
        return rows[0]
    together = pa.concat_batches(rows)
    order = np.argsort(together["record"].to_numpy(), kind="stable")
    return together.take(pa.array(order))


def _rejected(rejects: Sequence[Reject]) -> pa.RecordBatch:
    columns = [[reject[at] for reject in rejects] for at in range(2)]
    arrays = [pa.array(*pair) for pair in zip(columns, REJECT.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=REJECT)
