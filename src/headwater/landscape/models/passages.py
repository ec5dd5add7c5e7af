"""Cut long posts into passages, and put together again what is said of them.

One hateful sentence among harmless ones is lost in a mean over the whole. So a post of several
sentences is read whole and in its parts, and judged as one whose hate, if there is any, is either
all over it or in one part, each as likely as another. Taken so, long harmless posts would be flagged
no oftener than short ones, and much hate in them missed; but who writes more has more room for hate.
Between the two, the odds of the parts are added up and divided by the root of how many they are.

Source: the likelihood ratio of a mixture; for pooling by the log of a sum of exponentials, P. Pinheiro
and R. Collobert, From image-level to pixel-level labeling, CVPR 2015.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape.models import fold

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

CUT = "\x1e"  # between passages; a stray one in a post cuts it there, no more
FROM_SIGNS = 120  # a shorter post is one passage
BIN = 40  # signs: sentences that begin within as many are one passage
MOST_SIGNS = 240  # of a sentence; of a longer one so many words are a passage
MOST_WORDS = 30
STOPS = r".!?\x{2026}\x{3002}\x{FF01}\x{FF0E}\x{FF1F}"
SENTENCE = rf"([{STOPS}\n\x{{2600}}-\x{{27BF}}\x{{1F300}}-\x{{1FAFF}}]+['\"\x{{201D}}\x{{2019}}\x{{BB}})\]]*)\s+"
UNSPACED = rf"([{STOPS}]+)(\p{{Lu}}\p{{Ll}}|\p{{Lu}}\s)"  # a stop, and at once the next sentence
PLAIN = {  # what a reader sees, so that nothing unseen decides where a post is cut
    r"[\p{Cf}\x{034F}\x{FE00}-\x{FE0F}]+": "",
    r"[\p{Zl}\p{Zp}]": "\n",
    r"[\p{Zs}\x{2800}]": " ",
}
WORDS = rf"(\S+(?:\s+\S+){{{MOST_WORDS - 1}}})\s+"


class Passages(NamedTuple):
    """n posts, and the parts of those that are long: k texts in all."""

    n_posts: int
    texts: pa.Array  # k: the posts, then the parts
    posts: Places  # k: of which post each is

    def pooled(self, odds: Floats) -> Floats:
        """Give n log-odds of hate from those of the k texts."""
        n = self.n_posts
        whole, parts, posts = odds[:n].astype(np.float64), odds[n:], self.posts[n:]
        counts = np.bincount(posts, minlength=n)
        most = self._most(odds)
        sums = np.bincount(posts, np.exp(parts - most[posts]), minlength=n)
        is_cut = counts > 0
        of_parts = most[is_cut] + np.log(sums[is_cut] / np.sqrt(counts[is_cut]))
        whole[is_cut] = np.logaddexp(whole[is_cut], of_parts) - np.log(2)
        pooled: Floats = whole.astype(np.float32)
        return pooled

    def most_hateful(self, odds: Floats) -> Places:
        """Give for n posts which of the k texts is the part with the highest odds; uncut, itself."""
        found = np.arange(self.n_posts)
        highest = np.flatnonzero(
            odds[self.n_posts :] >= self._most(odds)[self.posts[self.n_posts :]]
        )
        places = highest + self.n_posts
        found[self.posts[places]] = places
        return found

    def _most(self, odds: Floats) -> NDArray[np.float64]:
        """Give the highest odds among the parts of n posts."""
        most = np.full(self.n_posts, -np.inf)
        np.maximum.at(most, self.posts[self.n_posts :], odds[self.n_posts :])
        return most


def cut(texts: pa.Array) -> Passages:
    """Cut n posts at the ends of sentences and lines, and where none ends for long, between words."""
    n_posts = len(texts)
    posts = np.flatnonzero(pc.utf8_length(texts).to_numpy(zero_copy_only=False) >= FROM_SIGNS)
    heads = _plain(fold.heads(texts.take(pa.array(posts))))
    parts, posts = _split(pc.utf8_trim_whitespace(heads), posts, SENTENCE)
    is_long = pc.utf8_length(parts).to_numpy(zero_copy_only=False) > MOST_SIGNS
    words, of_words = _split(parts.filter(pa.array(is_long)), np.flatnonzero(is_long), WORDS)
    order = np.argsort(np.append(np.flatnonzero(~is_long), of_words), kind="stable")
    every = pa.concat_arrays([parts.filter(pa.array(~is_long)), words]).take(pa.array(order))
    parts, posts = _merged(every, np.append(posts[~is_long], posts[of_words])[order])
    is_part = np.bincount(posts, minlength=n_posts)[posts] > 1
    parts, posts = parts.filter(pa.array(is_part)), posts[is_part]
    of_each = np.concatenate([np.arange(n_posts), posts])
    return Passages(n_posts, pa.concat_arrays([texts.cast(pa.string()), parts]), of_each)


def _plain(texts: pa.Array) -> pa.Array:
    """Set a space where the reader sees one, and nothing where he sees none."""
    for pattern, seen in PLAIN.items():
        texts = pc.replace_substring_regex(texts, pattern, seen)
    return pc.replace_substring_regex(texts, UNSPACED, r"\1 \2")


def _split(texts: pa.Array, posts: Places, ends: str) -> tuple[pa.Array, Places]:
    """Split texts behind what matches, and say of which post each part is."""
    lists = pc.split_pattern(pc.replace_substring_regex(texts, ends, rf"\1{CUT}"), CUT)
    counts = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    return lists.flatten(), np.repeat(posts, counts)


def _merged(parts: pa.Array, posts: Places) -> tuple[pa.Array, Places]:
    """Put short neighbours of one post together."""
    if not len(parts):
        return parts, posts
    ends = pc.utf8_length(parts).to_numpy(zero_copy_only=False).cumsum()
    starts = np.append(0, ends[:-1])
    is_first = np.append(True, posts[1:] != posts[:-1])
    within = starts - starts[is_first][is_first.cumsum() - 1]
    opens = is_first | np.append(True, np.diff(within // BIN) != 0)
    offsets = np.append(np.flatnonzero(opens), len(parts)).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(offsets, parts), " "), posts[opens]
