"""What the model can do, each figure beside that of a constant answer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from training.posts import Flags, Posts
from training.rates import Point, Rate, Tested
from training.sources import OWN, SOURCES

Scores = NDArray[np.float64]

LEAST = 30  # posts of a kind, for a figure on it
N_DRAWS = 1000  # to tell how far chance moves a figure
SHARE_OF_HATE = 0.05  # that probabilities are calibrated to
WARM = 0.1  # of the rest, that is heated, rude or names groups
LEAST_ALARM = 5e-5  # of harmless posts: so few labelled ones cannot tell of fewer
TRIED = np.arange(-3, 3.01, 0.1)  # thresholds
BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # of probability


def quality(hate: Flags, scores: Scores, even: float = 0) -> dict[str, Any]:
    """Give ranking and macro-F1 at even odds, with the better constant's macro-F1."""
    constant = max(f1_score(hate, np.full(len(hate), said), average="macro") for said in (0, 1))
    flagged = scores >= even
    return {
        "n": len(hate),
        "n_hate": int(hate.sum()),
        "auc": rounded(roc_auc_score(hate, scores)),
        "macro_f1": rounded(f1_score(hate, flagged, average="macro")),
        "macro_f1_sd": rounded(_macro_f1s_of_others(hate, flagged).std()),
        "constant_macro_f1": rounded(constant),
    }


def _macro_f1s_of_others(hate: Flags, flagged: Flags) -> Scores:
    """Give macro-F1 of as many posts, drawn again and again from these (a bootstrap)."""
    counts = np.bincount(2 * hate + flagged, minlength=4)
    drawn = np.random.default_rng(0).multinomial(len(hate), counts / len(hate), N_DRAWS)
    cleared, alarmed, missed, found = drawn.T
    wrong = alarmed + missed
    f1s = [2 * right / np.maximum(2 * right + wrong, 1) for right in (cleared, found)]
    return np.mean(f1s, axis=0)


def by_source(
    posts: Posts, scores: Scores, rows: Flags, even: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Give the quality on each source and language among these rows."""
    found = []
    for source, language in sorted(set(zip(posts.source, posts.language, strict=True))):
        own = rows & (posts.source == source) & (posts.language == language) & ~np.isnan(scores)
        if enough(posts.hate[own]):
            figures = quality(posts.hate[own], scores[own], even[language])
            found.append({"source": str(source), "language": str(language), **figures})
    return found


def by_language(
    posts: Posts, scores: Scores, rows: Flags, even: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Give the quality on each language among these rows."""
    whole = posts._replace(source=np.full(len(posts.source), "all"))
    return by_source(whole, scores, rows, even)


def enough(hate: Flags) -> bool:
    """Say whether there are enough posts of either kind for a figure."""
    return bool(min(hate.sum(), (~hate).sum()) >= LEAST)


def even(posts: Posts, scores: Scores, rows: Flags, but: str = "") -> float:
    """Give the score that tells hate best, each source but one counting the same, by macro-F1."""
    told = [one.name for one in (*SOURCES, *OWN) if one.tells_hate and one.name != but]
    parts = [rows & ~np.isnan(scores) & (posts.source == name) for name in told]
    parts = [own for own in parts if enough(posts.hate[own])]
    figures = [
        [f1_score(posts.hate[own], scores[own] >= at, average="macro") for own in parts]
        for at in TRIED
    ]
    return float(TRIED[np.mean(figures, axis=1).argmax()]) if parts else 0.0


def by_others(posts: Posts, scores: Scores, rows: Flags) -> list[dict[str, Any]]:
    """Give the quality on each source and language, each at the score that suits the others best."""
    found = []
    for source, language in sorted(set(zip(posts.source[rows], posts.language[rows], strict=True))):
        own = rows & (posts.language == language)
        at = {language: even(posts, scores, own, but=source)}
        found += by_source(posts, scores, own & (posts.source == source), at)
    return found


def calibration(tested: list[Tested]) -> tuple[float, float]:
    """Give slope and intercept that make scores on unseen sources probabilities."""
    scores, labels, weight = _mixed(tested)
    model = LogisticRegression(C=1e6).fit(scores[:, None], labels, weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def reliability(tested: list[Tested]) -> dict[str, Any]:
    """Give what was said and what was so, in bins of what was said, and how far they lie apart.

    Of each source's posts it is said by a calibration on the others.

    Source: Naeini, Cooper and Hauskrecht 2015 (expected calibration error).
    """
    odds, labels, weight = _mixed([_foretold(one, tested) for one in tested])
    said = special.expit(odds)
    within = np.digitize(said, BINS[1:-1])
    sizes = np.bincount(within, weight, len(BINS) - 1) / weight.sum()
    bins, apart = [], 0.0
    for at in np.flatnonzero(sizes):
        own = within == at
        mean, true = (np.average(one[own], weights=weight[own]) for one in (said, labels))
        apart += sizes[at] * abs(mean - true)
        figures = {"said": rounded(mean), "hate": rounded(true), "share": rounded(sizes[at])}
        bins.append({"from": float(BINS[at]), "to": float(BINS[at + 1]), **figures})
    return {"bins": bins, "error": rounded(apart)}


def _foretold(one: Tested, tested: list[Tested]) -> Tested:
    """Give the log-odds of one source's posts by a calibration on the others."""
    slope, intercept = calibration([other for other in tested if other.source != one.source])
    odds = [None if own is None else slope * own + intercept for own in one[1:]]
    return Tested(one.source, *odds)


def _mixed(tested: list[Tested]) -> tuple[Scores, Flags, Scores]:
    """Give scores, whether they are of hate, and weights.

    Each source counts the same; hate is `SHARE_OF_HATE` of the whole.
    """
    hate = [one.hate for one in tested if one.hate is not None]
    civil = [one.civil for one in tested if one.civil is not None]
    warm = [own for one in tested for own in one[3:] if own is not None]
    other, rest = civil + warm, 1 - SHARE_OF_HATE
    shares = (SHARE_OF_HATE, hate), ((1 - WARM) * rest, civil), (WARM * rest, warm)
    weights = [
        np.full(len(own), part / len(kind) / len(own)) for part, kind in shares for own in kind
    ]
    labels = np.repeat([True, False], [sum(map(len, hate)), sum(map(len, other))])
    weight = np.concatenate(weights) * len(labels)
    return np.concatenate(hate + other), labels, weight


def rates_of(language: str, point: Point, threshold: float, tested: list[Tested]) -> dict[str, Any]:
    """Give the error rates that a report corrects with; the threshold is of the probability."""
    return {
        "language": language,
        "threshold": round(threshold, 6),
        "sensitivity": rounded(point.sensitivity.mean),
        "sensitivity_sd": rounded(point.sensitivity.sd),
        "false_positive_rate": rounded(point.false_positive.mean),
        "false_positive_rate_sd": rounded(point.false_positive.sd),
        "n_hate": sum(len(one.hate) for one in tested if one.hate is not None),
        "n_other": sum(len(own) for one in tested for own in one[2:] if own is not None),
    }


def alarm_of(rate: Rate) -> dict[str, float]:
    """Give how often a post without hate is taken for hate against one group."""
    return {
        "false_positive_rate": rounded(max(rate.mean, LEAST_ALARM)),
        "false_positive_rate_sd": rounded(max(rate.sd, LEAST_ALARM)),
    }


def rounded(share: float) -> float:
    """Give a figure as the facts keep it."""
    return round(float(share), 5)
