"""What the two stages say of posts, as they ship and by such as have not seen a post's source."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.models import passages
from headwater.landscape.models.cascade import POLITICAL
from headwater.landscape.models.passages import Passages
from headwater.landscape.shapes import Effort
from training import linear, unseen
from training.encoder import scores as encoder
from training.posts import MEASURED, Flags, Posts, anew, civic, digest, labelled

ENCODER_SHARE = 0.7  # of the score of what both stages have read: ranks best what neither has met
NEVER = 1e9  # a score that none reaches
USES = ("counted", "each")
# score of the n-grams, for each use and language; German they have learnt from fewer posts
ENCODER_FROM: dict[Effort, dict[str, dict[str, float]]] = {
    "fast": {use: dict.fromkeys(MEASURED, NEVER) for use in USES},
    "balanced": {"counted": dict.fromkeys(MEASURED, 0.0), "each": {"en": -1.5, "de": -2.3}},
    "thorough": {use: dict.fromkeys(MEASURED, -NEVER) for use in USES},
}
CIVIC_IN = "en"
Scores = NDArray[np.float64]  # 12 a text, or a post: of hate, then of each group; NaN: none given
Scales = Mapping[str, tuple[float, float]]  # of each language: slope and intercept to log-odds
log = logging.getLogger("training")


class Said(NamedTuple):
    """Scores of posts and of their parts."""

    known: Scores  # of the labelled, by the model as it ships
    found: Scores  # of the labelled, by one that has not seen the post's source
    anew: Scores  # of posts by our templates, none of the labelled, by the model as it ships
    civic: Scores  # of the statements of one town's debate


class Read(NamedTuple):
    """All that was read, and what each stage says of it."""

    posts: Posts  # labelled
    drawn: Posts  # by our templates; none of the labelled
    labelled: Passages
    anew: Passages
    civic: Passages
    told: Flags  # of the statements: they are long enough to be judged
    first: Said
    second: Said
    left_out: encoder.Unseen  # the encoder's word on languages that only it knows, too


class Evidence(NamedTuple):
    """Posts and their scores, the parts of each put together."""

    posts: Posts  # labelled, n
    drawn: Posts  # by our templates, m
    known: Scores  # n x 12
    found: Scores  # n x 12
    anew: Scores  # m x 12
    civic: Scores  # k x 12

    def told(self) -> Flags:
        """Mark the labelled posts that one who has not seen their source has scored."""
        return ~np.isnan(self.found[:, 0])

    def only_naming(self, group: int, threshold: float) -> "Evidence":
        """Return the scores of hate against one group: posts that do not name it are none."""
        return self._without(lambda scores: scores[:, 1 + group] < threshold)

    def but_political(self, named_from: Sequence[float]) -> "Evidence":
        """Return the scores of hate; hostility at political opponents alone is none."""

        def alone(scores: Scores) -> Flags:
            named = scores[:, 1:] >= named_from
            found: Flags = named[:, POLITICAL] & (named.sum(axis=1) == 1)
            return found

        return self._without(alone)

    def _without(self, is_none: Callable[[Scores], Flags]) -> "Evidence":
        def hate(scores: Scores) -> Scores:
            found = scores.copy()
            found[is_none(scores) & ~np.isnan(scores[:, 0]), 0] = -NEVER
            return found

        return self._replace(**{name: hate(getattr(self, name)) for name in Said._fields})


def gathered(work: Path) -> Read:
    """Give what each stage says. What is too short to be judged has no score."""
    posts, statements = labelled(), civic()
    drawn = anew(posts)
    cuts = [passages.cut(texts) for texts in (posts.texts, drawn.texts, statements)]
    with np.load(work / linear.SCORES) as arrays:
        first = linear.Scores(**arrays)
    if str(first.texts) != digest(posts.texts):
        raise SystemExit(f"{linear.SCORES} is of other posts: take the step training.linear again")
    left_out = encoder.unseen(work)
    is_dev = posts.is_dev[cuts[0].posts]
    texts = {"dev": cuts[0].texts.filter(pa.array(is_dev))}
    asked = _asked(work, texts | {"anew": cuts[1].texts, "civic": cuts[2].texts})
    known = np.full((len(is_dev), asked["dev"].shape[1]), np.nan)
    known[is_dev] = asked["dev"]
    short, short_drawn = (~unseen.long_enough(one.texts) for one in (posts, drawn))

    def said(known: Scores, found: Scores, new: Scores, civic: Scores) -> Said:
        for scores, own in ((known, short), (found, short), (new, short_drawn)):
            scores[: len(own)][own] = np.nan
        return Said(known, found, new, civic)

    return Read(
        posts,
        drawn,
        *cuts,
        unseen.long_enough(statements),
        said(
            first.known,
            np.column_stack([first.found, first.known[:, 1:]]),
            first.anew,
            first.civic,
        ),
        said(known, left_out.of(posts.texts, cuts[0]), asked["anew"], asked["civic"]),
        left_out,
    )


def joined(since: Mapping[str, float], read: Read) -> Said:
    """Join the stages as the shipped model does; what the encoder was not asked has no score.

    Args:
        since: Score of the n-grams from which the encoder reads a text, by its language.
        read: What each stage says.
    """
    if min(since.values()) == NEVER:
        return read.first

    def join(a: Scores, b: Scores, language: NDArray[np.str_]) -> Scores:
        names, places = np.unique(language, return_inverse=True)
        own = np.array([since.get(name, NEVER) for name in names])[places, np.newaxis]
        reads = (a[:, :1] >= own) | np.isnan(b)
        return np.where(reads, (1 - ENCODER_SHARE) * a + ENCODER_SHARE * b, a)

    own = read.posts.language[read.labelled.posts]
    drawn = read.drawn.language[read.anew.posts]
    languages = own, own, drawn, np.full(len(read.civic.texts), CIVIC_IN)
    return Said(*map(join, read.first, read.second, languages))


def whole(said: Said, read: Read) -> Evidence:
    """Give what is said of posts read whole, their parts left aside."""
    n = len(read.posts.hate)
    civic = said.civic[: read.civic.n_posts][read.told]
    new = said.anew[: read.anew.n_posts]
    return Evidence(read.posts, read.drawn, said.known[:n], said.found[:n], new, civic)


def pooled(said: Said, read: Read, scales: Scales) -> Evidence:
    """Put together what is said of the parts of each post, as the shipped model does."""
    languages = np.full(read.civic.n_posts, CIVIC_IN)
    return Evidence(
        read.posts,
        read.drawn,
        pool(said.known, read.labelled, read.posts.language, scales),
        pool(said.found, read.labelled, read.posts.language, scales),
        pool(said.anew, read.anew, read.drawn.language, scales),
        pool(said.civic, read.civic, languages, scales)[read.told],
    )


def pool(scores: Scores, cut: Passages, language: NDArray[np.str_], scales: Scales) -> Scores:
    """Give n x 12 scores of posts from those of their k texts."""
    slope, intercept = np.array([scales[name] for name in language]).T
    odds = slope[cut.posts] * scores[:, 0] + intercept[cut.posts]
    with np.errstate(invalid="ignore"):  # posts without a score stay without one
        hate = (cut.pooled(odds) - intercept) / slope
        # a group is named by the whole or by the part with the highest odds
        named = np.fmax(scores[: cut.n_posts, 1:], scores[cut.most_hateful(odds), 1:])
    return np.column_stack([hate, named])


def _asked(work: Path, parts: dict[str, pa.Array]) -> dict[str, Scores]:
    """Ask the encoder as it ships; what this one says is kept for a run that goes on."""
    kept = work / f"{encoder.digest(work)[:16]}.{digest(*parts.values())[:16]}.scores.npz"
    if not kept.exists():
        np.savez(kept, **{name: encoder.shipped(work, texts) for name, texts in parts.items()})
        log.info("the encoder asked")
    with np.load(kept) as arrays:
        return {name: arrays[name].astype(np.float64) for name in parts}
