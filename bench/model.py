"""Measure what the model tells apart, on the functional suite: by family, language and effort."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import get_args

import numpy as np
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from headwater.landscape import pipeline
from headwater.landscape.shapes import Effort, Judge
from tests import functional_language as suite
from tests.functional_language import Case

AT_A_TIME = 4096
LOOKALIKES = str.maketrans("aceop", "\u0430\u0441\u0435\u043e\u0440")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
LONG_WORD = re.compile(r"\b(\w{2})(\w)(\w)(\w{2,})\b")
LEET = str.maketrans("aeio", "4310")
DISGUISES = {
    "look-alikes": lambda text: text.translate(LOOKALIKES),
    "invisible signs": "\u200b".join,
    "full width": lambda text: text.translate(FULL_WIDTH),
    "leet": lambda text: text.translate(LEET),
    "spaced letters": lambda text: "  ".join(" ".join(word) for word in text.split(" ")),
    "typos": lambda text: LONG_WORD.sub(r"\1\3\2\4", text),  # two letters of each longer word
}


def main() -> None:
    """Print accuracy by family and language, beside a constant answer, and evasion's gain."""
    cases = suite.all_cases()
    found = {effort: answers([case.text for case in cases], effort) for effort in get_args(Effort)}
    efforts = {effort: right(cases, answers) for effort, answers in found.items()}
    constant = np.array([case.hate for case in cases])  # of the answer "hate"
    shown = {"hate, always": constant, **efforts}
    console = Console()
    console.print(_table("family", [case.family for case in cases], shown))
    console.print(_table("language", [case.language for case in cases], shown))
    console.print(_disguised([case for case in cases if case.hate and case.language == "en"]))


def answers(texts: Iterable[str], effort: Effort) -> list[bool | None]:
    """Say what the model calls hate, as `headwater classify` does; None where it does not judge."""
    texts = pa.array(texts)
    found: list[bool | None] = []
    for at in range(0, len(texts), AT_A_TIME):
        rows = pipeline.judge(texts[at : at + AT_A_TIME], Judge(effort)).rows
        found += rows["is_hate"].to_pylist()
    return found


def right(cases: Iterable[Case], answers: Iterable[bool | None]) -> np.ndarray:
    """Say which answers are right; where the model does not judge it says no hate."""
    return np.array([bool(said) == case.hate for case, said in zip(cases, answers, strict=True)])


def _table(by: str, keys: list[str], right: Mapping[str, np.ndarray]) -> Table:
    table = Table(by, "cases", *right)
    places = defaultdict(list)
    for at, key in enumerate(keys):
        places[key].append(at)
    for key, own in places.items():
        table.add_row(key, str(len(own)), *(f"{one[own].mean():.3f}" for one in right.values()))
    means = [np.mean([one[own].mean() for own in places.values()]) for one in right.values()]
    table.add_row("mean", "", *(f"{one:.3f}" for one in means))
    return table


def _disguised(cases: list[Case]) -> Table:
    """Show the share of hateful English cases that are found, plain and in each disguise."""
    table = Table("disguise", *get_args(Effort))
    for name, disguise in {"none": str, **DISGUISES}.items():
        texts = [disguise(case.text) for case in cases]
        recall = (np.mean(right(cases, answers(texts, one))) for one in get_args(Effort))
        table.add_row(name, *(f"{one:.3f}" for one in recall))
    return table


if __name__ == "__main__":
    main()
