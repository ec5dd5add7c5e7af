"""What may be told of how far themes divide: no community, no person, no theme of few.

What stands in words is decided by the numbers as printed, so that it tells no more than they do.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import NamedTuple

from headwater.landscape.camps import ALL, Camps, Contact, Gap
from headwater.landscape.publication import digits, rules
from headwater.landscape.publication.rates import estimates
from headwater.landscape.report.model import Estimate, Limit
from headwater.landscape.report.polarisation import Code, Division
from headwater.landscape.shapes import Measure, Settings

ER_DIGITS = 4
OF_TEXTS = Limit(
    code="division_is_of_texts",
    text="What people write is not what they think, and most people write nothing: a theme that divides "
    "posts need not divide the town.",
)
NO_RECOGNITION = Limit(
    code="recognition_not_told",
    text="Recognising posts are not told apart from neutral ones: no model tells them, and nobody has "
    "labelled any. A theme that divides into hostility and recognition divides more than is said here.",
)
STAYS = Limit(
    code="answers_stay_by_design",
    text="Whether communities answer each other is not told: on the platforms read, each thread stands in "
    "one community, or the export names none.",
)
Numbers = dict[str, float | int | None]


class Poles(NamedTuple):
    """How far poles of attitude divide a theme, as printed shares have it."""

    value: float
    low: float
    high: float


def polarisation(
    found: Camps, poles: Mapping[str, Poles], settings: Settings
) -> tuple[Division, ...]:
    """Tell of the debate as a whole, then of themes by name, where there is anything to tell.

    Args:
        found: What answers tell.
        poles: By theme, worked out from shares that are published.
        settings: What the town chose.
    """
    contacts = {one.theme: _contact(one, settings) for one in found.contacts}
    sides = [
        {key[-1]: one for key, one in estimates(side, settings).items()}
        for side in (found.across, found.inside)
    ]
    sizes = {one.key[-1]: one for one in found.across}
    names = sorted({*contacts, *poles, *sizes} - {ALL})
    rows = []
    for theme in (ALL, *names):
        hostile = _hostile(theme, sides, found.gaps, sizes)
        rows.append(_division(theme, _poles(poles.get(theme)), contacts.get(theme, {}), hostile))
    level = rows[0]
    told = (one.model_copy(update={"codes": tuple(_codes(one, level))}) for one in rows)
    return tuple(one for one in told if _tells(one))


def of_polarisation(rows: Sequence[Division], found: Camps) -> tuple[Limit, ...]:
    """Say what the measures do not tell."""
    if not rows:
        return ()
    return (OF_TEXTS, NO_RECOGNITION, *(() if found.can_cross else (STAYS,)))


def _division(theme: str, *parts: Numbers) -> Division:
    empty = dict.fromkeys(Division.model_fields.keys() - {"theme", "codes"})
    return Division.model_validate(
        {"theme": theme, **empty, **{name: value for part in parts for name, value in part.items()}}
    )


def _tells(one: Division) -> bool:
    numbers = one.model_dump(exclude={"theme", "codes"}).values()
    return any(number is not None for number in numbers)


def _poles(told: Poles | None) -> Numbers:
    if told is None:
        return {}
    scale = 10**ER_DIGITS
    return {
        "esteban_ray": round(told.value, ER_DIGITS),
        "esteban_ray_low": floor(told.low * scale + digits.NOISE) / scale,
        "esteban_ray_high": ceil(told.high * scale - digits.NOISE) / scale,
    }


def _contact(one: Contact, settings: Settings) -> Numbers:
    """Tell how much crosses as coarsely as a share of so many answers allows."""
    whole, *sides = (rules.Group(*size) for size in (one.answers, one.across, one.inside))
    step = rules.percent_step(one.answers.n_posts, settings)
    is_hidden = any(rules.why_hidden(side, settings) for side in sides)
    if step is None or is_hidden or rules.why_no_rate(whole, settings):
        return {}
    crossing, chance = (
        floor(100 * share / step + 0.5) * step for share in (one.crossing, one.chance)
    )
    low = floor(100 * one.low / step + digits.NOISE) * step
    high = min(ceil(100 * one.high / step - digits.NOISE) * step, 100)
    names = ("e_i", "expected_e_i", "expected_e_i_low", "expected_e_i_high")
    percents = (crossing, chance, low, high)
    indices = ((2 * percent - 100) / 100 for percent in percents)  # E - I of E + I = 100
    return {"crossing_percent": crossing, **dict(zip(names, indices, strict=True))}


def _hostile(
    theme: str,
    sides: Sequence[Mapping[str, Estimate]],
    gaps: Mapping[str, Gap],
    sizes: Mapping[str, Measure],
) -> Numbers:
    told: Numbers = {}
    both = [side.get(theme) for side in sides]
    for name, one in zip(("hostile_across", "hostile_inside"), both, strict=True):
        if one and one.share is not None:
            told |= {name: one.share, f"{name}_low": one.low, f"{name}_high": one.high}
    if theme in gaps and all(one and one.share is not None for one in both):
        numbers = digits.supported(sizes[theme]._replace(**gaps[theme]._asdict()))
        names = ("hostile_more", "hostile_more_low", "hostile_more_high")
        told |= dict(zip(names, numbers, strict=True))
    return told


def _codes(one: Division, level: Division) -> Iterator[Code]:
    """Say what is beyond chance."""
    if _above(one.esteban_ray_low, level.esteban_ray_high):
        yield "themes_polarised"
    if _above(one.expected_e_i_low, one.e_i):
        yield "camps_apart"
    if _above(one.e_i, one.expected_e_i_high):
        yield "camps_mix"
    if _above(one.hostile_more_low, 0):
        yield "hostile_across"
    if _above(0, one.hostile_more_high):
        yield "hostile_inside"


def _above(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one > other
