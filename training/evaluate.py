"""What the model can do, each figure beside that of a constant answer."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from headwater.landscape.codebook import GROUPS
from training.posts import Flags, Posts
from training.rates import Point, Rate, Tested
from training.sources import OWN, SOURCES

Scores = NDArray[np.float64]

LEAST = 30  # posts of a kind, for a figure on it
LEAST_MENTIONS = 200
N_DRAWS = 1000  # to tell how far chance moves a figure
SHARE_OF_HATE = 0.05  # that probabilities are calibrated to
WARM = 0.1  # of the rest, that is heated, rude or names groups
LEAST_ALARM = 5e-5  # of harmless posts: so few labelled ones cannot tell of fewer
TRIED = np.arange(-3, 3.01, 0.1)  # thresholds
BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # of probability
NEVER = 1e9  # threshold of a group with too few labels
MENTIONS = Path(__file__).with_name("mentions.csv")


def quality(hate: Flags, scores: Scores, even: float = 0) -> dict[str, Any]:
    """Give ranking and macro-F1 at even odds, with the better constant's macro-F1."""
    constant = max(f1_score(hate, np.full(len(hate), said), average="macro") for said in (0, 1))
    flagged = scores >= even
    return {
        "n": len(hate),
        "n_hate": int(hate.sum()),
        "auc": _round(roc_auc_score(hate, scores)),
        "macro_f1": _round(f1_score(hate, flagged, average="macro")),
        "macro_f1_sd": _round(_macro_f1s_of_others(hate, flagged).std()),
        "constant_macro_f1": _round(constant),
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
        figures = {"said": _round(mean), "hate": _round(true), "share": _round(sizes[at])}
        bins.append({"from": float(BINS[at]), "to": float(BINS[at + 1]), **figures})
    return {"bins": bins, "error": _round(apart)}


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


def group_thresholds(*labelled: tuple[Flags, Scores]) -> list[float]:
    """Give for each group the score with the best F1, on the first labels that are enough."""
    tried = [
        [_best_f1(own, given) for own, given in zip(targeted.T, scores.T, strict=True)]
        for targeted, scores in labelled
    ]
    return [next((at for at in ats if at < NEVER), NEVER) for ats in zip(*tried, strict=True)]


def alarms(mentions: Flags, flagged: Flags) -> dict[str, float | None]:
    """Give for each group the share of posts mentioning it, k in all, that are flagged."""
    return {
        group: _round(flagged[about].mean()) if about.sum() >= LEAST_MENTIONS else None
        for group, about in zip(GROUPS, mentions.T, strict=True)
    }


def group_rates(
    targeted: Flags, named: Flags, mentions: Flags, alarms: Flags
) -> list[dict[str, Any]]:
    """Give each group's rates.

    Args:
        targeted: m x 11, whom hostile posts target.
        named: m x 11, whom the model names.
        mentions: k x 11, whom posts without hate mention.
        alarms: k, which of these are taken for hate.
    """
    found = []
    for at, group in enumerate(GROUPS):
        own, other, about = targeted[:, at], ~targeted[:, at], mentions[:, at]
        enough = own.sum() >= LEAST
        found.append(
            {
                "group": group,
                "sensitivity": _round(named[own, at].mean()) if enough else None,
                "false_positive_rate": _round(named[other, at].mean()) if enough else None,
                "f1": _round(f1_score(own, named[:, at])) if enough else None,
                "false_alarms": _round(alarms[about].mean())
                if about.sum() >= LEAST_MENTIONS
                else None,
                "n_targeted": int(own.sum()),
                "n_mentioned": int(about.sum()),
            }
        )
    return found


def gate(rates: list[dict[str, Any]], seed: int = 0) -> dict[str, Any]:
    """Give the gap of false alarms between groups and its upper 95 % bound, by resampling."""
    told = [one for one in rates if one["false_alarms"] is not None]
    sizes = np.array([one["n_mentioned"] for one in told])
    shares = np.array([one["false_alarms"] for one in told])
    drawn = np.random.default_rng(seed).binomial(sizes, shares, (4000, len(sizes))) / sizes
    high = np.quantile(np.ptp(drawn, axis=1), 0.975)
    return {"gap": _round(np.ptp(shares)), "gap_high": _round(high)}


def by_mention(
    hate: Flags, scores: Scores, mentions: Flags, source: NDArray[np.str_]
) -> list[dict[str, Any]]:
    """Give AUCs that tell whether naming a group shifts scores, the mean over sources with enough posts.

    Of posts naming the group; of its harmless posts against hate elsewhere; of hate naming it
    against harmless posts elsewhere; within one source each, since sources differ in both.

    Source: Borkan et al. 2019 (subgroup, BPSN and BNSP AUC).
    """
    found = []
    for group, about in zip(GROUPS, mentions.T, strict=True):
        parts = {"within": about, "bpsn": about ^ hate, "bnsp": about == hate}
        inside = [source == name for name in np.unique(source)]
        inside = [
            rows for rows in inside if all(enough(hate[rows & own]) for own in parts.values())
        ]
        if inside:
            aucs = {
                name: _round(
                    np.mean(
                        [roc_auc_score(hate[own & rows], scores[own & rows]) for rows in inside]
                    )
                )
                for name, own in parts.items()
            }
            n = int(sum((about & rows).sum() for rows in inside))
            found.append({"group": group, "n": n, "n_sources": len(inside), **aucs})
    return found


def spread(hate: Flags, flagged: Flags, mentions: Flags) -> dict[str, Any]:
    """Give how far errors on posts that name a group lie from those on all, added up over groups.

    Of groups with enough harmless and hateful posts; each sum with its 95 % interval by drawing the
    posts again and again.

    Source: Dixon et al. 2018 (FPED and FNED).
    """
    named = [about for about in mentions.T if about[~hate].sum() >= LEAST_MENTIONS]
    named = [about for about in named if about[hate].sum() >= LEAST]
    rng = np.random.default_rng(0)
    found: dict[str, Any] = {"n_groups": len(named)}
    for name, of, wrong in (("fped", ~hate, flagged), ("fned", hate, ~flagged)):
        about = np.column_stack([np.ones(of.sum(), np.bool_), *(one[of] for one in named)])
        kinds, counts = np.unique(np.column_stack([about, wrong[of]]), axis=0, return_counts=True)
        drawn = rng.multinomial(of.sum(), counts / of.sum(), N_DRAWS)
        sums = [_apart(kinds, times) for times in (counts, drawn)]
        low, high = np.quantile(sums[1], (0.025, 0.975))
        found[name] = {"sum": _round(sums[0]), "low": _round(low), "high": _round(high)}
    return found


def _apart(kinds: Flags, times: NDArray[np.int64]) -> Scores:
    """Add up how far each group's error rate lies from that of all.

    Args:
        kinds: k x (all, each group, wrong): the kinds of posts there are.
        times: k, or draws x k: how often each is there.
    """
    about, wrong = kinds[:, :-1], kinds[:, -1]
    rates = times @ (about & wrong[:, None]) / np.maximum(times @ about, 1)
    sums: Scores = np.abs(rates[..., 1:] - rates[..., :1]).sum(axis=-1)
    return sums


def mentions(posts: Posts) -> Flags:
    """Say which groups each post names, by plain words for them."""
    with MENTIONS.open(encoding="utf-8") as lines:
        words = {row["group"]: row["words"].replace(" ", "|") for row in csv.DictReader(lines)}
    edge = r"(?:^|$|[^\pL\pN_])"
    found = [
        pc.match_substring_regex(posts.texts, f"{edge}(?:{words[group]}){edge}", ignore_case=True)
        for group in GROUPS
    ]
    return np.column_stack([one.to_numpy(zero_copy_only=False) for one in found])


def rates_of(language: str, point: Point, threshold: float, tested: list[Tested]) -> dict[str, Any]:
    """Give the error rates that a report corrects with; the threshold is of the probability."""
    return {
        "language": language,
        "threshold": round(threshold, 6),
        "sensitivity": _round(point.sensitivity.mean),
        "sensitivity_sd": _round(point.sensitivity.sd),
        "false_positive_rate": _round(point.false_positive.mean),
        "false_positive_rate_sd": _round(point.false_positive.sd),
        "n_hate": sum(len(one.hate) for one in tested if one.hate is not None),
        "n_other": sum(len(own) for one in tested for own in one[2:] if own is not None),
    }


def alarm_of(rate: Rate) -> dict[str, float]:
    """Give how often a post without hate is taken for hate against one group."""
    return {
        "false_positive_rate": _round(max(rate.mean, LEAST_ALARM)),
        "false_positive_rate_sd": _round(max(rate.sd, LEAST_ALARM)),
    }


def _best_f1(labels: Flags, scores: Scores) -> float:
    if labels.sum() < LEAST:
        return NEVER
    return _round(max(TRIED, key=lambda at: f1_score(labels, scores >= at)))


def _round(share: float) -> float:
    return round(float(share), 5)
