"""How far the model errs: what a corrected share and a fair comparison need to know."""

from typing import NamedTuple

from headwater.landscape.report.model import ErrorRate, TargetAlarm

GATE_SHARE = 0.25  # of the estimate: so far may false alarms differ between groups


class Use(NamedTuple):
    """From where on a score counts, for one use of the answers."""

    encoder_from: float  # score of the n-grams: from there the encoder reads a post, too
    threshold: float  # of the probability of hate


class Language(NamedTuple):
    """How scores in one language become answers.

    Where the model's errors are measured, posts may be counted; elsewhere each is judged by what
    the model learnt of other languages, and no number is made of it.
    """

    slope: float
    intercept: float
    encoder_share: float  # of the score of what both stages have read
    each: Use  # of posts that are judged each for itself
    counted: Use | None = None  # of posts that are counted
    error_rate: ErrorRate | None = None  # of these
    target_alarms: tuple[TargetAlarm, ...] = ()  # in the order of the codebook

    def use(self, counts: bool) -> Use:
        """Give what holds for posts that are counted, or for each judged for itself."""
        return self.counted if counts and self.counted else self.each


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
