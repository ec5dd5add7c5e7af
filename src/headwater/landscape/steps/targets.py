"""Whom a hostile post is aimed at, by the codebook's groups."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape import models
from headwater.landscape.codebook import GROUPS
from headwater.landscape.shapes import TEXT, Columns, PostBatch, Step


def run(batch: PostBatch) -> Columns:
    """Give n lists of groups, empty where a post is not hostile or not judged.

    A hostile post that is aimed at political opponents alone names them, though it is no hate.
    """
    model = models.load()
    rows = batch.rows.select(["text", "language", "hate_probability"])
    places = np.flatnonzero(pc.is_valid(rows["hate_probability"]).to_numpy(zero_copy_only=False))
    judged = rows.take(pa.array(places))
    hostile = model.reaches(judged["hate_probability"].to_numpy(), judged["language"])
    named = np.zeros((len(rows), len(GROUPS)), np.bool_)
    named[places[hostile]] = model.targets(judged["text"].filter(pa.array(hostile)))
    ends = named.sum(axis=1).cumsum()
    offsets = pa.array(np.concatenate(([0], ends)), pa.int32())
    members = pa.array(GROUPS, TEXT).take(pa.array(named.nonzero()[1]))
    return {"targets": pa.ListArray.from_arrays(offsets, members)}


ADDS = pa.schema([pa.field("targets", pa.list_(TEXT), nullable=False)])
STEP = Step(name="targets", needs=("text", "language", "hate_probability"), adds=ADDS, run=run)
