"""What must hold of every model, tried on texts that people do write."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.codebook import GROUPS
from headwater.landscape.errors import ModelError
from headwater.landscape.models.model import Judgement, Model, error_rates

POLITICAL = GROUPS.index("political")  # hostility at them alone is named, though it is no hate
TEXTS = (
    "The library is open longer on Thursdays, and the reading group has room for more.",
    "They should all be thrown out of this country, every one of them, they are vermin.",
    "Nobody is vermin. Whoever says so of refugees has never met one.",
    "",
    " \n\t",
    "a",
    "\x00\x01\x7f\ufffd",
    "😀" * 300,
    "слово λόγος 言葉 word",
    "<link> <handle> <phone>",
    "word " * 20_000,
)


def flaws(model: Model) -> tuple[str, ...]:
    """Say in what a model breaks the contract; nothing where it holds.

    Raises:
        ModelError: It fails on a text; the error that it fails with is the cause.
    """
    if not model.version.strip() or not model.version.isprintable():
        return ("its version is empty, or cannot be printed",)
    if not model.languages:
        return ("it knows no language",)
    found = list(_stated(model))
    for language, counts in product(model.languages, (True, False)):
        if counts and not model.languages[language].error_rate:
            continue
        use = "counted" if counts else "judged each for itself"
        found += [f"{language}, {use}: {flaw}" for flaw in _judged(model, language, counts=counts)]
    return tuple(found)


def _stated(model: Model) -> Iterator[str]:
    """Yield what is wrong with what it says of its own errors."""
    for language, rate in error_rates(model).items():
        own = model.languages[language]
        if rate.language != language:
            yield f"{language}: its error rates are of {rate.language}"
        if not 0 < rate.false_positive_rate < rate.sensitivity < 1:
            yield f"{language}: it must flag hate oftener than harmless posts, and each sometimes"
        if rate.sensitivity_sd <= 0 or rate.false_positive_rate_sd <= 0:
            yield f"{language}: no error rate is known without a spread"
        if own.target_alarms and tuple(one.target for one in own.target_alarms) != GROUPS:
            yield f"{language}: its false alarms are not of the codebook's groups in their order"


def _judged(model: Model, language: str, *, counts: bool) -> Iterator[str]:
    """Yield what is wrong with its answers."""

    def judge(texts: tuple[str, ...]) -> Judgement:
        return model.judge(
            pa.array(texts, pa.string()), pa.repeat(language, len(texts)), counts=counts
        )

    try:
        answers = judge(TEXTS)
        again, backwards = judge(TEXTS), judge(TEXTS[::-1])
        alone = [judge((text,)) for text in TEXTS]
        none = judge(())
    except Exception as error:  # another's code may raise anything
        raise ModelError(f"{language}: the model fails: {type(error).__name__}: {error}") from error
    if not _fits(answers, len(TEXTS)) or not _fits(none, 0):
        yield "its answers have another shape than texts and groups ask for"
        return
    if not (np.isfinite(answers.probability) & (abs(answers.probability - 0.5) <= 0.5)).all():
        yield "a probability is none"
    if np.delete(answers.targets[~answers.is_hate], POLITICAL, axis=1).any():
        yield "it names whom a post without hate is aimed at"
    if not _same(answers, again):
        yield "it answers the same text differently"
    whole = tuple(np.concatenate(parts) for parts in zip(*alone, strict=True))
    if not _same(answers, whole) or not _same(answers, tuple(part[::-1] for part in backwards)):
        yield "its answer to a text hangs on the texts beside it"


def _fits(answers: Judgement, n: int) -> bool:
    shapes = (part.shape for part in answers)
    return tuple(shapes) == ((n,), (n,), (n, len(GROUPS)))


def _same(one: Iterable[NDArray[Any]], other: Iterable[NDArray[Any]]) -> bool:
    return all(np.array_equal(*both) for both in zip(one, other, strict=True))
