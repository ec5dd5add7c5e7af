"""What the two stages say of posts, as they ship and by such as have not seen a post's source."""

import logging
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.shapes import Effort
from training import linear, unseen
from training.encoder import scores as encoder
from training.posts import Flags, Posts, anew, civic, labelled

ENCODER_SHARE = 0.5  # of the score of what both stages have read
NEVER = 1e9  # a score that none reaches
ENCODER_FROM: dict[Effort, dict[str, float]] = {  # score of the n-grams, for each use
    "fast": {"counted": NEVER, "each": NEVER},
    "balanced": {"counted": 0.0, "each": -1.5},
    "thorough": {"counted": -NEVER, "each": -NEVER},
}
Scores = NDArray[np.float64]
log = logging.getLogger("training")


class Evidence(NamedTuple):
    """Posts and their scores: of hate, then of each group, 12 a post; NaN where none was given."""

    posts: Posts  # labelled, n
    drawn: Posts  # by our templates, m; none of the labelled
    known: Scores  # n x 12, by the model as it ships
    found: Scores  # n x 12, by one that has not seen the post's source
    anew: Scores  # m x 12, by the model as it ships
    civic: Scores  # k x 12, of the statements of one town's debate

    def told(self) -> Flags:
        """Mark the labelled posts that one who has not seen their source has scored."""
        return ~np.isnan(self.found[:, 0])

    def only_naming(self, group: int, threshold: float) -> "Evidence":
        """Return the scores of hate against one group: posts that do not name it are none."""

        def hate(scores: Scores) -> Scores:
            named = (scores[:, 1 + group] >= threshold) | np.isnan(scores[:, 0])
            return np.where(named, scores[:, 0], -NEVER)[:, None]

        own = {name: hate(getattr(self, name)) for name in ("known", "found", "anew", "civic")}
        return self._replace(**own)


def gathered(work: Path) -> tuple[Evidence, Evidence, encoder.Unseen]:
    """Give what each stage says, and the encoder's word on languages that only it knows.

    What is too short to be judged has no score.
    """
    posts, statements = labelled(), civic()
    drawn = anew(posts)
    with np.load(work / linear.SCORES) as arrays:
        first = linear.Scores(**arrays)
    left_out = encoder.unseen(work)
    asked = _asked(work, {"dev": _dev(posts), "anew": drawn.texts, "civic": statements})
    known = np.full((len(posts.hate), asked["dev"].shape[1]), np.nan)
    known[posts.is_dev] = asked["dev"]
    found = np.column_stack([first.found, first.known[:, 1:]])
    short, short_drawn = (~unseen.long_enough(one.texts) for one in (posts, drawn))
    told = unseen.long_enough(statements)

    def evidence(known: Scores, found: Scores, new: Scores, said: Scores) -> Evidence:
        found[short], new[short_drawn] = np.nan, np.nan
        return Evidence(posts, drawn, known, found, new, said[told])

    return (
        evidence(first.known, found, first.anew, first.civic),
        evidence(known, left_out.of(posts.texts), asked["anew"], asked["civic"]),
        left_out,
    )


def joined(since: float, first: Evidence, second: Evidence) -> Evidence:
    """Join the stages as the shipped model does; what the encoder was not asked has no score.

    Args:
        since: Score of the n-grams from which the encoder reads a post.
        first: What the n-grams say.
        second: What the encoder says.
    """
    if since == NEVER:
        return first

    def join(a: Scores, b: Scores) -> Scores:
        reads = (a[:, :1] >= since) | np.isnan(b)
        return np.where(reads, (1 - ENCODER_SHARE) * a + ENCODER_SHARE * b, a)

    names = ("known", "found", "anew", "civic")
    own = {name: join(getattr(first, name), getattr(second, name)) for name in names}
    return first._replace(**own)


def _dev(posts: Posts) -> pa.Array:
    return posts.texts.filter(pa.array(posts.is_dev))


def _asked(work: Path, parts: dict[str, pa.Array]) -> dict[str, Scores]:
    """Ask the encoder as it ships; what this one says is kept for a run that goes on."""
    kept = work / f"{encoder.digest(work)[:16]}.scores.npz"
    if not kept.exists():
        np.savez(kept, **{name: encoder.shipped(work, texts) for name, texts in parts.items()})
        log.info("the encoder asked")
    with np.load(kept) as arrays:
        return {name: arrays[name].astype(np.float64) for name in parts}
