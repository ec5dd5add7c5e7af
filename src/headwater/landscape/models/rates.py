"""How far the model errs: what a corrected share and a fair comparison need to know."""

from typing import NamedTuple

from headwater.landscape.report.model import ErrorRate

GATE_SHARE = 0.25  # of the estimate: so far may false alarms differ between groups


class Language(NamedTuple):
    """How scores in one language become answers."""

    slope: float
    intercept: float
    threshold: float  # of the probability
    error_rate: ErrorRate


class GroupRate(NamedTuple):
    """How the model errs on one group; null where too few posts were labelled to tell."""

    group: str
    sensitivity: float | None  # of naming it, among hate that targets it
    false_positive_rate: float | None  # of naming it, among other hate
    false_alarms: float | None  # share of non-hate about it that is taken for hate
    n_targeted: int
    n_mentioned: int


class Gate(NamedTuple):
    """Whether the errors are even enough to compare groups by raw output."""

    groups: tuple[GroupRate, ...]
    gap: float  # between the highest and the lowest share of false alarms
    gap_high: float  # upper end of its 95 % interval

    def passes(self, prevalence: float) -> bool:
        """Say whether groups may be compared at this estimated share of hate, 0 to 1."""
        return self.gap_high <= GATE_SHARE * prevalence
