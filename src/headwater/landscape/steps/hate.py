"""How likely a post is hate, and whom it is aimed at; nothing where there is no ground to judge."""

from collections.abc import Collection
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape import models
from headwater.landscape.codebook import GROUPS
from headwater.landscape.shapes import TEXT, Columns, Judge, PostBatch, Step

LEAST_WORDS = 3
ADDS = pa.schema(
    [
        pa.field("hate_probability", pa.float32()),
        pa.field("is_hate", pa.bool_()),
        pa.field("targets", pa.list_(TEXT), nullable=False),  # empty where a post is not hostile
        pa.field("left_for", TEXT),  # language, length; null where the post is judged
    ]
)


def step(judge: Judge, languages: tuple[str, ...] = (), *, counts: bool) -> Step:
    """Make the step, for posts that are counted or for such as are judged each for itself."""
    run = partial(_run, judge=judge, counted=languages, counts=counts)
    return Step(name="hate", needs=("text", "language", "n_words"), adds=ADDS, run=run)


def _run(batch: PostBatch, *, judge: Judge, counted: tuple[str, ...], counts: bool) -> Columns:
    """Judge n posts where they are long enough and in a language that the model knows.

    A hostile post that is aimed at political opponents alone names them, though it is no hate.
    """
    model = models.load(*judge)
    texts, languages, n_words = (batch.rows[name] for name in ("text", "language", "n_words"))
    known = (counted or models.error_rates(model)) if counts else model.languages
    left_for = _left_for(known, languages, n_words)
    places = np.flatnonzero(pc.is_null(left_for).to_numpy(zero_copy_only=False))
    rows = pa.array(places)
    found = model.judge(texts.take(rows), languages.take(rows), counts=counts)
    judged = pc.is_null(left_for)
    named = np.zeros((len(texts), len(GROUPS)), np.bool_)
    named[places] = found.targets
    return {
        "hate_probability": _placed(pa.array(found.probability), judged),
        "is_hate": _placed(pa.array(found.is_hate), judged),
        "targets": _lists(named),
        "left_for": left_for,
    }


def _left_for(known: Collection[str], languages: pa.Array, n_words: pa.Array) -> pa.Array:
    """Give why a post is not judged, null where it is."""
    supported = pc.is_in(languages, pa.array(known, TEXT))
    reason = pc.if_else(supported, pa.scalar(None, TEXT), "language")
    return pc.if_else(pc.greater_equal(n_words, LEAST_WORDS), reason, "length")


def _placed(values: pa.Array, judged: pa.Array) -> pa.Array:
    return pc.replace_with_mask(pa.nulls(len(judged), values.type), judged, values)


def _lists(named: NDArray[np.bool_]) -> pa.Array:
    """Give n lists of groups from n x 11 marks."""
    offsets = pa.array(np.append(0, named.sum(axis=1).cumsum()), pa.int32())
    members = pa.array(GROUPS, TEXT).take(pa.array(named.nonzero()[1]))
    return pa.ListArray.from_arrays(offsets, members)
