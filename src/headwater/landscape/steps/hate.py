"""How likely a post is hate; nothing where the model has no ground to judge."""

import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape import models
from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import Model, fold
from headwater.landscape.shapes import TEXT, Columns, PostBatch, Step

LEAST_WORDS = 3


def run(batch: PostBatch) -> Columns:
    """Judge n posts where they are long enough and in a language the model was measured in."""
    model = models.load()
    texts, languages = batch.rows["text"], batch.rows["language"]
    left_for = _left_for(model, texts, languages)
    judged = pc.is_null(left_for)
    found = _judged(model, texts.filter(judged), languages.filter(judged))
    columns = {
        name: pc.replace_with_mask(pa.nulls(len(texts), values.type), judged, values)
        for name, values in found.items()
    }
    return {**columns, "left_for": left_for}


def _left_for(model: Model, texts: pa.Array, languages: pa.Array) -> pa.Array:
    """Give why a post is not judged, null where it is."""
    supported = pc.is_in(languages, pa.array(model.languages, TEXT))
    reason = pc.if_else(supported, pa.scalar(None, TEXT), "language")
    return pc.if_else(pa.array(fold.tells(texts, LEAST_WORDS)), reason, "length")


def _judged(model: Model, texts: pa.Array, languages: pa.Array) -> dict[str, pa.Array]:
    probability = model.probability(texts, languages)
    is_hate = model.reaches(probability, languages)
    named = model.targets(texts.filter(pa.array(is_hate)))
    # hostility at nobody but political opponents is counted apart, never as hate
    is_hate[is_hate] = ~(named[:, POLITICAL] & (named.sum(axis=1) == 1))
    return {"hate_probability": pa.array(probability), "is_hate": pa.array(is_hate)}


POLITICAL = GROUPS.index("political")
ADDS = pa.schema(
    [
        pa.field("hate_probability", pa.float32()),
        pa.field("is_hate", pa.bool_()),
        pa.field("left_for", TEXT),  # language, length; null where the post is judged
    ]
)
STEP = Step(name="hate", needs=("text", "language"), adds=ADDS, run=run)
