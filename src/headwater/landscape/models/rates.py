"""How far the model errs: what a corrected share and a fair comparison need to know."""

from typing import NamedTuple

from headwater.landscape.report.model import ErrorRate, TargetAlarm

LEAST_LABELS = 100  # posts aimed at a group, and harmless ones that mention it
GATE_SHARE = 0.25  # of the estimate: so far may false alarms differ between groups


class Language(NamedTuple):
    """From which probability on a post in one language is flagged as hate, and how far that errs.

    Where the errors are measured, posts may be counted; elsewhere each is judged for itself, and no
    number is made of it.
    """

    threshold: float  # of posts that are judged each for itself
    error_rate: ErrorRate | None = None  # of posts that are counted, with a threshold of its own
    target_alarms: tuple[TargetAlarm, ...] = ()  # in the order of the codebook; none: not known

    def flags_from(self, counts: bool) -> float:
        """Give the threshold of posts that are counted, or of each judged for itself."""
        return self.error_rate.threshold if counts and self.error_rate else self.threshold


class GroupRate(NamedTuple):
    """How the model errs on one group; null where too few posts were labelled to tell."""

    group: str
    sensitivity: float | None  # of naming it, among hate that targets it
    false_positive_rate: float | None  # of naming it, among other hate
    false_alarms: float | None  # share of non-hate about it that is taken for hate
    n_targeted: int
    n_mentioned: int

    @property
    def is_unsure(self) -> bool:
        """Say whether so few posts were labelled that what is said of the group is of low confidence."""
        return min(self.n_targeted, self.n_mentioned) < LEAST_LABELS


class Gate(NamedTuple):
    """Whether the errors are even enough to compare groups by raw output."""

    groups: tuple[GroupRate, ...]
    gap: float  # between the highest and the lowest share of false alarms
    gap_high: float  # upper end of its 95 % interval

    def passes(self, prevalence: float) -> bool:
        """Say whether groups may be compared at this estimated share of hate, 0 to 1."""
        return self.gap_high <= GATE_SHARE * prevalence
