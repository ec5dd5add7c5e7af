"""Measure the model at one effort: everything that its facts tell."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import special

from headwater.landscape.codebook import GROUPS
from headwater.landscape.shapes import Effort
from training import evaluate, groups, rates, unseen
from training.encoder.scores import Unseen
from training.evidence import (
    ENCODER_FROM,
    ENCODER_SHARE,
    NEVER,
    Evidence,
    Read,
    Scales,
    Scores,
    joined,
    pool,
    pooled,
    whole,
)
from training.posts import MEASURED, Flags, Posts
from training.sources import OWN, SOURCES

Facts = dict[str, Any]
Tested = dict[str, list[rates.Tested]]
Points = dict[str, rates.Point]


def effort(read: Read, effort: Effort) -> Facts:
    """Give every fact of one effort, of posts that are counted and of such judged each for itself."""
    said = {use: joined(since, read) for use, since in ENCODER_FROM[effort].items()}
    found, _ = _tested(whole(said["counted"], read))
    scales = {one: evaluate.calibration(found[one]) for one in MEASURED}
    hostile = {use: pooled(own, read, scales) for use, own in said.items()}
    named_from = _group_thresholds(hostile["each"])
    counted, each = (own.but_political(named_from) for own in hostile.values())
    tested, met = _tested(counted)
    points = {one: rates.best(tested[one], met[one]) for one in MEASURED}
    alarms = _group_alarms(hostile["counted"], points, named_from)
    even = {one: _even(each, one) for one in MEASURED}
    reliable, _ = _tested(hostile["counted"])
    languages = {
        one: {
            **_language(one, scales[one], points[one], even[one], tested[one]),
            "reliability": evaluate.reliability(reliable[one]),
            "target_alarms": alarms[one],
        }
        for one in MEASURED
    }
    for name, facts in languages.items():
        for use, since in ENCODER_FROM[effort].items():
            facts[use]["encoder_from"] = since[name]
    return {
        "encoder_share": ENCODER_SHARE,
        "languages": languages,
        "towns": {one: _town(points[one], tested[one]) for one in MEASURED},
        "group_thresholds": named_from,
        **_groups(counted, each, points, even["en"]),
        "scores": _scores(each, even, read),
    }


def _even(each: Evidence, language: str) -> float:
    """Set the score from which a text is hate, on posts of no development split."""
    rows = (each.posts.language == language) & ~each.posts.is_dev
    return evaluate.even(each.posts, each.found[:, 0], rows)


def _scores(each: Evidence, even: Mapping[str, float], read: Read) -> Facts:
    """Give the quality on development posts, and on sources left out; there on what both stages scored."""
    posts, n = each.posts, len(each.posts.hate)
    dev = posts.is_dev & ~np.isnan(each.known[:, 0])
    both = each.told() & ~np.isnan(read.second.found[:n, 0])
    return {
        "dev": evaluate.by_source(posts, each.known[:, 0], dev, even),
        "languages": evaluate.by_language(posts, each.known[:, 0], dev, even),
        "left_out": evaluate.by_others(posts, each.found[:, 0], both),
    }


def transferred(left_out: Unseen, name: str) -> Facts:
    """Give how the encoder's scores become answers where it learnt from our own posts alone."""
    rows = left_out.posts.language == name
    posts, scores = left_out.posts.where(rows), left_out.answers[: len(rows), 0][rows]
    slope, intercept = evaluate.calibration(
        unseen.by_source(posts, scores.astype(np.float64), scores[:0], name)
    )
    scores = _pooled(left_out, {name: (slope, intercept)}, rows)
    even = evaluate.even(posts, scores, ~posts.is_dev)
    return {
        "slope": slope,
        "intercept": intercept,
        "encoder_share": 1.0,
        "each": {
            "encoder_from": -NEVER,
            "threshold": float(special.expit(slope * even + intercept)),
        },
    }


def elsewhere(left_out: Unseen, languages: Mapping[str, Facts]) -> list[Facts]:
    """Give the quality in these languages on sources left out, each judged as others suggest."""
    rows = np.isin(left_out.posts.language, list(languages))
    scales = {name: (one["slope"], one["intercept"]) for name, one in languages.items()}
    scores = _pooled(left_out, scales, rows)
    return evaluate.by_others(left_out.posts.where(rows), scores, np.ones_like(rows[rows]))


def _pooled(left_out: Unseen, scales: Scales, rows: Flags) -> Scores:
    """Give the scores of hate of these posts, all of languages with a scale."""
    language = np.where(rows, left_out.posts.language, next(iter(scales)))
    scores: Scores = pool(left_out.answers.astype(np.float64), left_out.cut, language, scales)
    return scores[rows, 0]


def _tested(own: Evidence) -> tuple[Tested, Tested]:
    """Sort scores by language into what each source tells: unseen ones, and new draws of ours."""
    return (
        {
            name: unseen.by_source(own.posts, own.found[:, 0], own.civic[:, 0], name)
            for name in MEASURED
        },
        {
            name: unseen.by_source(own.drawn, own.anew[:, 0], own.civic[:0, 0], name)
            for name in MEASURED
        },
    )


def _language(
    name: str,
    scale: tuple[float, float],
    point: rates.Point,
    even: float,
    tested: list[rates.Tested],
) -> Facts:
    slope, intercept = scale
    odds = slope * np.array([point.threshold, even]) + intercept
    threshold, even_threshold = special.expit(odds).tolist()
    return {
        "slope": slope,
        "intercept": intercept,
        "encoder_share": ENCODER_SHARE,
        "each": {"threshold": even_threshold},
        "counted": {},
        "error_rate": evaluate.rates_of(name, point, threshold, tested),
    }


def _town(point: rates.Point, tested: list[rates.Tested]) -> Facts:
    """Give what the chosen threshold does to each source and to towns made of them."""
    shares = {
        one.source: {
            kind: round(float((own >= point.threshold).mean()), 4)
            for kind, own in zip(one._fields[1:], one[1:], strict=True)
            if own is not None
        }
        for one in tested
    }
    return {
        "n_towns": point.n_towns,
        "figures": [one._asdict() for one in point.figures],
        "flagged": {name: own for name, own in shares.items() if own},
    }


def _group_thresholds(own: Evidence) -> list[float]:
    """Set them on development posts, by what the model says as it ships."""
    rows = _names_groups(own)
    return groups.thresholds(own.posts.groups[rows], own.known[rows, 1:])


def _group_alarms(own: Evidence, points: Points, named_from: list[float]) -> dict[str, list[Facts]]:
    """Give for each language how often posts without hate are taken for hate against each group."""
    found: dict[str, list[Facts]] = {name: [] for name in MEASURED}
    for at, group in enumerate(GROUPS):
        tested, met = _tested(own.only_naming(at, named_from[at]))
        for name, point in points.items():
            rate = rates.alarms(tested[name], met[name], point.threshold)
            found[name].append({"language": name, "target": group, **evaluate.alarm_of(rate)})
    return found


def _groups(counted: Evidence, each: Evidence, points: Points, even: float) -> Facts:
    posts = each.posts
    dev = _names_groups(each)
    named = np.zeros_like(posts.groups)
    named[dev] = groups.named(posts.groups[dev], each.known[dev, 1:])
    collected = _alarms(counted, points["en"], ~_ours(posts) & (posts.language == "en"))
    measured, hatexplain = (
        groups.rates(posts.groups[rows], named[rows], *collected)
        for rows in (dev, dev & (posts.source == "hatexplain"))
    )
    plain = _ours(posts) & (posts.talk == "mention")
    return {
        "groups": measured,
        "groups_hatexplain": hatexplain,
        **_by_mention(each, even),
        "mentions": {
            name: groups.alarms(*_alarms(counted, points[name], plain & (posts.language == name)))
            for name in MEASURED
        },
        "gate": {
            "groups": [{k: v for k, v in one.items() if k != "f1"} for one in measured],
            **groups.gate(measured),
        },
    }


def _by_mention(own: Evidence, even: float) -> Facts:
    """Tell of mentions in collected English sources, each judged by one that has not met it."""
    told = [one.name for one in SOURCES if one.tells_hate]
    rows = own.told() & np.isin(own.posts.source, told) & (own.posts.language == "en")
    posts, scores = own.posts.where(rows), own.found[rows, 0]
    named = groups.mentions(posts)
    return {
        "by_mention": groups.by_mention(posts.hate, scores, named, posts.source),
        "spread": groups.spread(posts.hate, scores >= even, named),
    }


def _alarms(own: Evidence, point: rates.Point, rows: Flags) -> tuple[Flags, Flags]:
    """Give which groups harmless posts among these mention, and which are flagged though unseen."""
    harmless = np.isin(own.posts.talk, ("civil", "heated", "mention")) & ~own.posts.hate
    rows = rows & harmless & own.told()
    return groups.mentions(own.posts.where(rows)), own.found[rows, 0] >= point.threshold


def _names_groups(own: Evidence) -> Flags:
    """Mark the development posts of which someone has said whom they are aimed at."""
    posts = own.posts
    aimed: Flags = posts.is_dev & posts.has_groups & posts.groups.any(axis=1)
    return aimed & ~np.isnan(own.known[:, 0])


def _ours(posts: Posts) -> Flags:
    return np.isin(posts.source, [one.name for one in OWN])
