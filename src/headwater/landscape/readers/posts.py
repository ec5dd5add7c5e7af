"""Blocks of records to batches of posts: one way for every platform and every kind of file."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from headwater.landscape.readers import markup, reasons
from headwater.landscape.readers.blocks import Block, Reject, Values, column, take
from headwater.landscape.readers.forms import Form, Refusals, Source
from headwater.landscape.readers.values import Bad, to_column
from headwater.landscape.shapes import RAW_POST, REJECT, RawBatch

NONE = {pa.bool_(): False, pa.list_(pa.string()): []}  # what stands where nothing is said


def batch(forms: Sequence[Form], block: Block) -> RawBatch:
    """Make one row or one reject of every record."""
    rows, rejects = [], list(block.rejects)
    for form, own in _by_form(block, forms):
        posts, refused = _posts(own, form)
        rows.append(posts)
        rejects += refused
    return RawBatch(_in_order(rows), rejected(sorted(rejects)))


def together(batches: Sequence[RawBatch]) -> RawBatch:
    """Make one batch of several."""
    if len(batches) == 1:
        return batches[0]
    return RawBatch(*(pa.concat_batches(parts) for parts in zip(*batches, strict=True)))


def rejected(rejects: Sequence[Reject]) -> pa.RecordBatch:
    """Make a batch of rejects."""
    columns = [[reject[at] for reject in rejects] for at in range(2)]
    arrays = [pa.array(*pair) for pair in zip(columns, REJECT.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=REJECT)


def _in_order(rows: list[pa.RecordBatch]) -> pa.RecordBatch:
    if not rows:
        return pa.RecordBatch.from_pylist([], RAW_POST)
    if len(rows) == 1:
        return rows[0]
    together = pa.concat_batches(rows)
    order = np.argsort(together["record"].to_numpy(), kind="stable")
    return together.take(pa.array(order))


def _by_form(block: Block, forms: Sequence[Form]) -> Iterator[tuple[Form, Block]]:
    """Share the records out among the forms; what has none goes to the last, to be refused."""
    for form in forms:
        if not block.numbers:
            return
        fits = _fits(block, form.mark)
        if all(fits):
            yield form, block
            return
        if any(fits):
            yield form, take(block, [at for at, fit in enumerate(fits) if fit])
        block = take(block, [at for at, fit in enumerate(fits) if not fit])
    yield UNKNOWN, block


def _fits(block: Block, mark: str) -> list[bool]:
    path, _, wanted = mark.partition("=")
    if not path:
        return [True] * len(block.numbers)
    if wanted:
        return [value == wanted for value in column(block, path)]
    return [value is not None for value in column(block, path)]


UNKNOWN = Form(mark="", fields={}, keys=frozenset())


def _posts(block: Block, form: Form) -> tuple[pa.RecordBatch, list[Reject]]:
    bad = _refused(block, form.refuse)
    if form is UNKNOWN:
        bad = dict.fromkeys(range(len(block.numbers)), reasons.UNKNOWN_KIND)
    columns = [pa.array(block.numbers, pa.int64())]
    for name in RAW_POST.names[1:]:
        values, unfit = _column(block, form, name)
        bad = unfit | bad  # the first reason found for a record stands
        columns.append(values)
    rows = pa.RecordBatch.from_arrays(columns, schema=RAW_POST)
    if not bad:
        return rows, []
    kept = np.ones(len(rows), bool)
    kept[list(bad)] = False
    return rows.filter(pa.array(kept)), [(block.numbers[at], why) for at, why in bad.items()]


def _column(block: Block, form: Form, name: str) -> tuple[pa.Array, Bad]:
    source = form.fields.get(name)
    if source is None:
        kind = RAW_POST.field(name).type
        values, bad = pa.repeat(pa.scalar(NONE.get(kind), kind), len(block.numbers)), Bad()
    else:
        values, bad = to_column(name, _values(block, source))
    if name == "text" and form.markup:
        values = markup.texts(values)
    if name in reasons.MISSING and values.null_count:
        missing = np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False)).tolist()
        bad = dict.fromkeys(missing, reasons.MISSING[name]) | bad
    return values, bad


def _values(block: Block, source: Source) -> Values:
    return column(block, source) if isinstance(source, str) else source(partial(column, block))


def _refused(block: Block, refusals: Refusals) -> Bad:
    bad = Bad()
    for path, by_value in refusals.items():
        for at, value in enumerate(column(block, path)):
            if isinstance(value, str | bool) and value in by_value:
                bad.setdefault(at, by_value[value])
    return bad
