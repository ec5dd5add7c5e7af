"""Which sources an encoder leaves out, so that it can be asked of them as of a stranger's."""

import numpy as np
from numpy.typing import NDArray

from training.posts import Flags, Posts, evenly
from training.sources import SOURCES

Places = NDArray[np.int64]

WHOLE = "whole"
ALL, LICENSED = "all", "licensed"  # a pass each, to tell what the licences cost
# posts of one source and language: chance is small then beside what sources differ by
MOST_ASKED = 6_000
# sources of one kind apart, so that what is left still teaches it: sexism, slurs, German, our own
FOLDS = {
    WHOLE: (),
    "a": ("own_1", "dghs", "germeval2018", "stormfront", "told_br"),
    "b": ("own_2", "gahd", "edos", "cad", "ud_benign", "dkhate"),
    "c": ("own_3", "hatexplain", "xlmt_benign", "cmsb", "mlma"),
    "d": ("own_4", "implicit_hate", "davidson", "hatemoji_build", "identity_templates"),
    ALL: (),
    LICENSED: tuple(one.name for one in SOURCES if not one.licence),
}
UNSEEN = ("a", "b", "c", "d")  # leave out each source once


def left_out(posts: Posts, fold: str) -> Flags:
    """Mark the posts of the sources that a fold leaves out."""
    return np.isin(posts.source, FOLDS[fold])


def asked(posts: Posts, fold: str) -> Places:
    """Choose the posts that a fold's encoder is asked of, evenly over each source it leaves out."""
    rows = left_out(posts, fold) & (fold in UNSEEN)
    kinds = sorted(set(zip(posts.source[rows], posts.language[rows], strict=True)))
    parts = [
        np.flatnonzero((posts.source == source) & (posts.language == language))
        for source, language in kinds
    ]
    return np.sort(np.concatenate([evenly(own, MOST_ASKED) for own in (*parts, np.arange(0))]))
