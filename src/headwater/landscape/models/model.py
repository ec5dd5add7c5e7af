"""What a model is to the rest of Headwater: it judges texts, and says how far it errs."""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.errors import SettingsError
from headwater.landscape.models.rates import Gate, Language
from headwater.landscape.report.model import ErrorRate, TargetAlarm

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Tier = Literal["measured", "transferred", "abstains"]


class Judgement(NamedTuple):
    """What a model says of n posts."""

    probability: Floats  # n, of hate
    is_hate: Flags  # n
    targets: Flags  # n x 11, whom a hostile post is aimed at, in the order of the codebook


@runtime_checkable
class Model(Protocol):
    """What judges. `contract.flaws` says what else must hold of one."""

    @property
    def version(self) -> str:
        """Tell it from every other model: a report names it."""

    @property
    def languages(self) -> Mapping[str, Language]:
        """Give the languages it judges, by BCP 47 primary tag."""

    @property
    def gate(self) -> Gate:
        """Say whether its errors are even enough to compare groups."""

    def judge(self, texts: pa.Array, languages: pa.Array, *, counts: bool) -> Judgement:
        """Judge n posts; every language must be one that the model knows.

        The answer to a post hangs on its text and language alone.

        Args:
            texts: n scrubbed texts.
            languages: n tags.
            counts: The posts are to be counted: the threshold is the one whose errors are known,
                with few false alarms among harmless talk. Else each is judged for itself, where
                hate is as likely as not.
        """


def error_rates(model: Model) -> dict[str, ErrorRate]:
    """Give the error rates of each language that they were measured in."""
    return {name: one.error_rate for name, one in model.languages.items() if one.error_rate}


def target_alarms(model: Model) -> tuple[TargetAlarm, ...]:
    """Give how often harmless posts are taken for hate against each group, by language."""
    return tuple(alarm for one in model.languages.values() for alarm in one.target_alarms)


def unsure_groups(model: Model) -> tuple[str, ...]:
    """Give the groups of whose hate few posts were labelled: what a model says of them is unsure."""
    return tuple(one.group for one in model.gate.groups if one.is_unsure)


def check_languages(model: Model, languages: Collection[str], *, is_audited: bool) -> None:
    """Refuse to count posts in languages in which nobody knows how the model errs.

    Raises:
        SettingsError: The model does not know one, or only people who label a sample could tell.
    """
    if unknown := sorted(set(languages) - set(model.languages)):
        known = ", ".join(sorted(model.languages))
        raise SettingsError(f"{model.version} does not know {', '.join(unknown)}; it knows {known}")
    if not is_audited and (guessed := sorted(set(languages) - set(error_rates(model)))):
        raise SettingsError(
            f"how {model.version} errs in {', '.join(guessed)} is not known: let people label a "
            "sample first (`headwater audit sample --languages`), then give --audit"
        )


def tier(model: Model, language: str) -> Tier:
    """Say how far a model may be trusted in a language."""
    if language not in model.languages:
        return "abstains"
    return "measured" if model.languages[language].error_rate else "transferred"
