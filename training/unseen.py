"""Score every source by a model that has not seen it."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from headwater.landscape.models.fold import n_words
from headwater.landscape.models.passages import Passages
from training import fit
from training.features import BATCH
from training.posts import Flags, Posts
from training.rates import Tested
from training.sources import CIVIC, OWN, SOURCES

LEAST_POSTS = 100  # labelled so, for a rate of one source
LEAST_WORDS = 3  # as the step asks for
TALK = ("civil", "heated", "rude", "mention")


def scores(
    parts: sparse.csr_matrix, cut: Passages, posts: Posts, rows: Flags
) -> NDArray[np.float64]:
    """Give scores of posts and their parts by heads fit on these rows less the post's source."""
    found, features = np.full(len(cut.posts), np.nan), parts[: cut.n_posts]
    for source in np.unique(posts.source):
        out = posts.source == source
        head = fit.hate(features, posts, rows & ~out).rounded()
        found[out[cut.posts]] = head.scores(parts[np.flatnonzero(out[cut.posts])])
    return found


def long_enough(texts: pa.Array) -> Flags:
    """Say which texts the step would judge, were they in a supported language."""
    batches = (texts[at : at + BATCH] for at in range(0, len(texts), BATCH))
    return np.concatenate([n_words(batch) >= LEAST_WORDS for batch in batches])


def by_source(
    posts: Posts, found: NDArray[np.float64], civic: NDArray[np.float64], language: str
) -> list[Tested]:
    """Sort the scores of one language into what each source can tell of the model's errors."""
    usable = (posts.language == language) & ~np.isnan(found)
    tested = []
    for source in (*SOURCES, *OWN):
        own = usable & (posts.source == source.name)
        kinds = {talk: found[own & ~posts.hate & (posts.talk == talk)] for talk in TALK}
        kinds["hate"] = found[own & posts.hate] if source.tells_hate else found[:0]
        enough = {name: kind for name, kind in kinds.items() if len(kind) >= LEAST_POSTS}
        tested.append(Tested(source.name, **enough))
    if language == "en" and len(civic):
        tested.append(Tested(CIVIC.name, civil=civic))
    return tested
