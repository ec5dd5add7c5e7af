"""Does the model treat groups alike? Who is named, who is flagged falsely, whose name shifts scores."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

from headwater.landscape.codebook import GROUPS
from training.evaluate import LEAST, N_DRAWS, Scores, enough, rounded
from training.posts import Flags, Posts

LEAST_MENTIONS = 200
TRIED = np.arange(-4, 4.01, 0.1)  # thresholds
MENTIONS = Path(__file__).with_name("mentions.csv")


def thresholds(targeted: Flags, scores: Scores) -> list[float]:
    """Give for each group the score with the best F1; one with too few labels takes the others' best.

    Args:
        targeted: n x 11, whom hostile posts target.
        scores: n x 11, how far the model names each.
    """
    told = targeted.sum(axis=0) >= LEAST
    f1 = np.array(
        [
            [f1_score(own, given >= at) for at in TRIED]
            for own, given in zip(targeted.T[told], scores.T[told], strict=True)
        ]
    )
    best = np.full(len(told), TRIED[f1.mean(axis=0).argmax()])
    best[told] = TRIED[f1.argmax(axis=1)]
    return [rounded(one) for one in best]


def named(targeted: Flags, scores: Scores) -> Flags:
    """Mark whom each of n posts names, each half of them by thresholds that suit the other."""
    found = np.zeros_like(targeted)
    first = np.random.default_rng(0).permutation(len(found)) % 2 == 0
    for own in (first, ~first):
        found[own] = scores[own] >= thresholds(targeted[~own], scores[~own])
    return found


def alarms(mentions: Flags, flagged: Flags) -> dict[str, float | None]:
    """Give for each group the share of posts mentioning it, k in all, that are flagged."""
    return {
        group: rounded(flagged[about].mean()) if about.sum() >= LEAST_MENTIONS else None
        for group, about in zip(GROUPS, mentions.T, strict=True)
    }


def rates(targeted: Flags, named: Flags, mentions: Flags, alarms: Flags) -> list[dict[str, Any]]:
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
                "sensitivity": rounded(named[own, at].mean()) if enough else None,
                "false_positive_rate": rounded(named[other, at].mean()) if enough else None,
                "f1": rounded(f1_score(own, named[:, at])) if enough else None,
                "false_alarms": rounded(alarms[about].mean())
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
    return {"gap": rounded(np.ptp(shares)), "gap_high": rounded(high)}


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
                name: rounded(
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
        found[name] = {"sum": rounded(sums[0]), "low": rounded(low), "high": rounded(high)}
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
