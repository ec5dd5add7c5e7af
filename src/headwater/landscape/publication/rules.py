"""What one number must hold to be shown, and how it is rounded."""

from itertools import pairwise
from typing import NamedTuple

from headwater.landscape.errors import SettingsError
from headwater.landscape.labelled import FEW_HITS, Audit
from headwater.landscape.publication.periods import period
from headwater.landscape.report.model import Why
from headwater.landscape.shapes import Measure, Settings

RULES_VERSION = "1.0"
LOWEST_FLOOR = 5
LOWEST_ROUNDING = 5
POSTS = 10  # fewest posts of a shown number
TOP_SHARE = 0.5  # most that one author may have written of them
BASE_AUTHORS = 50  # fewest of a rate's base
BASE_POSTS = 500
PERCENT_STEPS = (1, 2, 5, 10, 20, 50)
BANDS = (50, 200, 1_000, 5_000, 20_000, 100_000)


class Group(NamedTuple):
    """The posts a number describes: how many, by how many, how many by the busiest."""

    n_posts: int
    n_authors: int
    n_top: int


def found(measure: Measure) -> Group:
    """Return the group that was counted."""
    return Group(measure.n_posts, measure.n_authors, measure.n_top)


def base(measure: Measure) -> Group:
    """Return the whole it was counted in."""
    return Group(measure.n_within, measure.n_within_authors, measure.n_within_top)


def check(settings: Settings) -> None:
    """Refuse settings that protect less than the rules allow."""
    if not settings.place.strip():
        raise SettingsError("give the name of the place")
    if settings.floor < LOWEST_FLOOR:
        raise SettingsError(f"the floor is {settings.floor} authors; {LOWEST_FLOOR} is the least")
    if settings.round_to < LOWEST_ROUNDING:
        raise SettingsError(f"rounding is to {settings.round_to}; {LOWEST_ROUNDING} is the least")
    if settings.period and settings.period != period(settings.period.name):
        raise SettingsError(f"{settings.period.name} is not those days")
    if settings.period and not settings.state_dir:
        raise SettingsError("a release needs `state_dir`, where the ledger of releases lies")


def why_hidden(group: Group, settings: Settings) -> Why | None:
    """Say why a count may not be shown; None where it may."""
    if group.n_authors < settings.floor or group.n_posts < POSTS:
        return Why.FEW_AUTHORS  # which of the two it is would tell of the number
    return Why.ONE_AUTHOR if _dominated(group) else None


def few(settings: Settings) -> int:
    """Return the posts of which so many or fewer may be too few to tell."""
    return max(settings.floor, POSTS)


def usable(audit: Audit, settings: Settings) -> Audit:
    """Leave out what would tell of few people.

    The model's errors where few wrote the hits that they come from: the parts that they correct add up
    to the share found. And the bound where it is one of fewer hits than this floor hides.
    """
    if few(settings) > FEW_HITS:
        audit = audit._replace(high_of_few=1)
    return audit._replace(rates=None) if why_hidden(Group(*audit.hits), settings) else audit


def why_no_rate(whole: Group, settings: Settings) -> Why | None:
    """Say why this whole may not carry a rate; None where it may."""
    if whole.n_authors < max(BASE_AUTHORS, settings.floor) or whole.n_posts < BASE_POSTS:
        return Why.SMALL_BASE
    return Why.ONE_AUTHOR if _dominated(whole) else None


def rounded(n: int, step: int) -> int:
    """Round to the nearest multiple of the step, half up."""
    return (n + step // 2) // step * step


def percent(n_part: int, n_whole: int, settings: Settings) -> int | None:
    """Give a share so coarsely that each step stands for twice the floor's number of posts."""
    step = percent_step(n_whole, settings)
    return stepped(n_part, n_whole, step) if step else None


def stepped(n_part: int, n_whole: int, step: int) -> int:
    """Give a share in percent, rounded to such steps."""
    return rounded(200 * n_part, 2 * step * n_whole) // (2 * n_whole)


def percent_step(n_whole: int, settings: Settings) -> int | None:
    """Give the steps in which a share of so many is told; None where it may not be."""
    check(settings)
    fits = (step for step in PERCENT_STEPS if step * n_whole >= 100 * 2 * settings.floor)
    return next(fits, None)


def band(n_authors: int) -> str:
    """Say about how many authors there are."""
    if n_authors < BANDS[0]:
        return f"fewer than {BANDS[0]}"
    for start, stop in pairwise(BANDS):
        if n_authors < stop:
            return f"{start:,} to {stop - 1:,}"
    return f"{BANDS[-1]:,} or more"


def _dominated(group: Group) -> bool:
    return group.n_top > TOP_SHARE * group.n_posts
