"""The answer of a comparison, in plain words: a finding, and what it rests on."""

from collections.abc import Sequence

from headwater.landscape.comparison.pair import Pair
from headwater.landscape.report import words
from headwater.landscape.report.difference.model import Difference
from headwater.landscape.report.model import Estimate

INTERVAL = (
    "MOVER of the two published 95 % intervals (Zou and Donner 2008), the two taken as independent. "
    "Errors of the model that both reports share would partly cancel; that is not counted, since nobody "
    "has checked that they stayed the same. So an interval is rather too wide than too narrow. Where one "
    "report gives only an upper bound, the ends are subtracted."
)


def finding(pair: Pair, differences: Sequence[Difference]) -> str:
    """Say whether the whole differs, by how much, and never more surely than its interval."""
    whole = _whole(differences)
    if whole is None or whole.low is None or whole.high is None:
        return f"Whether {_both(pair)} differ cannot be told: {_why_not(pair, whole)}."
    base = _base(whole)
    if whole.difference is None:
        return _of_bound(pair, whole, base)
    levels = " and ".join(_level(one, base) for one in (whole.first, whole.second))
    if whole.direction is None:
        return (
            f"{_both(pair)} cannot be told apart: {levels} in {base:,} judged posts were hateful, and the "
            f"difference likely lies between {_less(-whole.low, base)} and {_more(whole.high, base)}."
        )
    return (
        f"In {pair.labels[1]}, {_more_or_less(whole.direction)} of the talk was hateful than in "
        f"{pair.labels[0]}: {_by(whole, base)}. It was {levels} in {base:,} judged posts."
    )


def standing(pair: Pair, differences: Sequence[Difference]) -> str:
    """Say what can be seen at all, and who judged."""
    judged = (
        "People checked a sample of both."
        if pair.first.method.audit
        else "Both are unaudited model estimates: nobody has checked a sample of the posts by hand. Where "
        "people label a sample of both, smaller differences can be seen."
    )
    return f"{_least(pair, _whole(differences))}{judged}"


def _least(pair: Pair, whole: Difference | None) -> str:
    """Say how small a difference of the whole looks like none."""
    if whole is None or whole.least_rise is None or whole.least_fall is None:
        return ""
    base = _base(whole)
    rise, fall = (words.times(one, base) for one in (whole.least_rise, whole.least_fall))
    either = words.times(max(whole.least_rise, whole.least_fall), base)
    what = (
        f"a rise of less than {rise} or a fall of less than {fall}"
        if pair.is_one_place
        else f"a difference of less than {either}"
    )
    return f"With ranges as wide as these, {what} in {base:,} looks like none. "


def _whole(differences: Sequence[Difference]) -> Difference | None:
    return next((one for one in differences if one.by == "all"), None)


def _both(pair: Pair) -> str:
    return " and ".join(pair.labels)


def _why_not(pair: Pair, whole: Difference | None) -> str:
    """Say of which report the whole is not told, or not in full."""
    sides = (whole.first, whole.second) if whole else (None, None)
    if all(one and one.high is not None for one in sides):
        return "each report gives no more than an upper bound, since too little was found"
    missing = [
        label
        for label, one in zip(pair.labels, sides, strict=True)
        if one is None or one.high is None
    ]
    return f"no share of hate is told for {' or '.join(missing)}"


def _of_bound(pair: Pair, whole: Difference, base: int) -> str:
    """Tell what follows where one of the reports gives no more than an upper bound."""
    levels = " and ".join(_level(one, base) for one in (whole.first, whole.second))
    told = f"{levels} in {base:,} judged posts were hateful"
    least = whole.low if whole.direction == "higher" else -(whole.high or 0)
    if whole.direction is None or least is None:
        return (
            f"{_both(pair)} cannot be told apart: {told}, and one of these is no more than a bound."
        )
    return (
        f"In {pair.labels[1]}, {_more_or_less(whole.direction)} of the talk was hateful than in "
        f"{pair.labels[0]}, by at least {words.times(least, base)} in {base:,}: {told}."
    )


def _base(whole: Difference) -> int:
    """Choose of how many posts to speak for both: as for the one with less hate."""
    return max(words.base_of(one) for one in (whole.first, whole.second) if one)


def _level(one: Estimate | None, base: int) -> str:
    if one is None:
        return "none told"
    if one.share is None:
        return f"at most {words.times(one.high or 0, base)}"
    return f"about {words.times(one.share, base)}"


def _more_or_less(direction: str) -> str:
    return "more" if direction == "higher" else "less"


def _by(whole: Difference, base: int) -> str:
    """Write a difference that is told, and between which ends it lies."""
    ends = sorted(abs(one) for one in (whole.low or 0, whole.high or 0))
    by, *ends_told = (words.times(one, base) for one in (abs(whole.difference or 0), *ends))
    word = "more" if whole.direction == "higher" else "fewer"
    return f"about {by} {word} in {base:,} (likely between {' and '.join(ends_told)} {word})"


def _less(by: float, base: int) -> str:
    return f"{words.times(by, base)} fewer"


def _more(by: float, base: int) -> str:
    return f"{words.times(by, base)} more"
