"""The part of the card that tells how the model was met: as it ships, through the command line's way."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from training.card_tables import decimal, table

Facts = dict[str, Any]
WATTS = 10  # of a busy core: assumed
CONSTANT = "hate, always"


def parts(facts: Facts) -> Iterator[str]:
    """Tell what was measured of the model as it ships, through the command line's own way."""
    if not (met := facts.get("met")):
        return
    efforts = tuple(facts["efforts"])
    columns = (CONSTANT, *efforts)
    families = [(one["family"], one["n"], *_each(one, columns)) for one in met["families"]]
    languages = [(one["language"], one["n"], *_each(one, columns)) for one in met["languages"]]
    yield (
        "## Our functional suite\n\nMade-up cases in twelve languages, written apart from the texts "
        "that teach (in English and German after some of these): no template and no five words in a row are "
        "shared. Accuracy, in the mean over "
        "languages, then over families. `fast` knows English and German alone and says no hate "
        "elsewhere.\n\n"
        + table(("family", "cases", *columns), families)
        + "\n"
        + table(("language", "cases", *columns), languages)
    )
    plain, *disguised = met["evasion"]
    lost = [
        (one["disguise"], *(f"{100 * (plain[name] - one[name]):.1f}" for name in efforts))
        for one in disguised
    ]
    yield (
        "## Evasion and cost\n\nPoints of recall that a disguise of all letters that it can hide takes from "
        "English hate of the suite:\n\n" + table(("disguise", *efforts), lost)
    )
    costs = [
        (
            name,
            *(f"{one[of]:g} s" for of in ("research", "town")),
            f"{1000 * one['town'] * WATTS / 3.6:.2g} Wh",
        )
        for name, one in met["costs"].items()
    ]
    yield (
        "Seconds of one core for a thousand English posts of development splits, many of them hostile, and "
        "for a thousand of the fictional town's; and the energy of a million of these, were a busy core "
        f"to take {WATTS} W. At our efforts, scrub, language and judgement of each for itself, or, *counted*, "
        "as a report judges them; of MiniLM "
        "(below) the reading alone:\n\n"
        + table(
            ("", "a thousand research posts", "a thousand of a town", "a million of a town"), costs
        )
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
    rows = [(*key, *map(decimal, own)) for key, own in zip(keys, figures, strict=True)]
    for language in sorted({language for _, language in keys}):
        own = figures[[key[1] == language for key in keys]].mean(axis=0)
        rows.append(("**mean**", language, *map(decimal, own)))
    return (
        "## Beside simpler ones\n\nMacro-F1 on the development splits: constant answers; a list of the 200 words "
        "of each language that most set hate apart in the train splits; two packages that judge English; "
        "MiniLM, an English transformer of six layers, all of them taught, by our recipe and as many posts of "
        "its language, in 32 bits, at the one score that suits these posts best (ours were set on others).\n\n"
        + table(("source", "language", *names, *ours), rows)
    )


def _each(row: Facts, names: Iterable[str]) -> Iterator[str]:
    return (decimal(row[name]) for name in names)
