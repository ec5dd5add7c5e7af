"""Choose the posts that teach the encoder."""

import numpy as np
from numpy.typing import NDArray

from training import weighting
from training.encoder.learn import Places
from training.posts import Flags, Posts, evenly
from training.sources import OWN

MOST_OF = {"identity_templates": 3_000, "told_br": 4_000, "mlma": 3_000}  # to learn from
MOST_OWN = 2_600  # of one part of our own in one language
SMALLER = 0.7  # power of its posts by which a source is drawn: small ones oftener than large ones
LIFTED = {"de": 1.5}  # times as often: few sets are in a language that must be measured


def few(posts: Posts, rows: Flags) -> Flags:
    """Mark posts evenly over each source, hateful ones first where they are rare."""
    chosen = np.zeros(len(rows), np.bool_)
    ours = [one.name for one in OWN]
    for source, language in sorted(set(zip(posts.source, posts.language, strict=True))):
        own = rows & (posts.source == source) & (posts.language == language)
        most = MOST_OWN if source in ours else MOST_OF.get(source, len(rows))
        hateful = evenly(np.flatnonzero(own & posts.hate), most // 2)
        rest = evenly(np.flatnonzero(own & ~posts.hate), most - len(hateful))
        chosen[hateful] = chosen[rest] = True
    return chosen


def drawn(posts: Posts, rows: Flags, n: int, seed: int) -> Places:
    """Draw about n of these posts, none twice, by the weight that their sources have."""
    chance = _weights(posts, rows)
    for _ in range(20):  # what one post cannot take, the others share
        chance = np.minimum(1, chance * n / chance.sum())
    order = np.random.default_rng(seed).permutation(len(chance))
    so_far = np.floor(np.append(0, chance[order].cumsum()))
    return order[so_far[1:] > so_far[:-1]]


def answers(posts: Posts) -> NDArray[np.float32]:
    """Give n x 12: hate, then the groups; NaN where nobody was asked, or nobody is targeted."""
    found = np.full((len(posts.hate), 1 + posts.groups.shape[1]), np.nan, np.float32)
    found[:, 0] = posts.hate
    hostile = posts.has_groups & posts.groups.any(axis=1)
    found[hostile, 1:] = posts.groups[hostile]
    return found


def _weights(posts: Posts, rows: Flags) -> NDArray[np.float64]:
    found = weighting.weights(posts, rows, lambda n: n ** (SMALLER - 1))
    for language, times in LIFTED.items():
        found[posts.language == language] *= times
    return weighting.with_own_share(posts, found)
