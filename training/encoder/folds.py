"""Which sources an encoder leaves out, so that it can be asked of them as of a stranger's."""

import numpy as np

from training.posts import Flags, Posts

WHOLE = "whole"
# sources of one kind apart, so that what is left still teaches it: sexism, slurs, German, our own
FOLDS = {
    WHOLE: (),
    "a": ("own_1", "dghs", "germeval2018", "stormfront", "told_br"),
    "b": ("own_2", "gahd", "edos", "cad", "ud_benign", "dkhate"),
    "c": ("own_3", "hatexplain", "xlmt_benign", "cmsb", "mlma"),
    "d": ("own_4", "implicit_hate", "davidson", "hatemoji_build", "identity_templates"),
}


def left_out(posts: Posts, fold: str) -> Flags:
    """Mark the posts of the sources that a fold leaves out."""
    return np.isin(posts.source, FOLDS[fold])
