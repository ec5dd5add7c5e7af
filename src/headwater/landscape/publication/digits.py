"""How many digits of a rate are printed.

Source: Particle Data Group, Review of Particle Physics, "Introduction", on rounding.
"""

import math

from headwater.landscape.publication.rules import rounded
from headwater.landscape.shapes import Measure

LADDER = (1, 2, 5, 10)  # an upper bound is one of these times a power of ten
FINEST = 3  # a step is at most a third of the half-width
NOISE = 1e-9  # of binary fractions


def two(n_posts: int, round_to: int) -> int:
    """Round a rate's base to two digits."""
    return rounded(n_posts, max(round_to, 10 ** (len(str(n_posts)) - 2)))


def supported(measure: Measure) -> tuple[float, float, float]:
    """Return share, low and high in the digits that the interval supports, two at most.

    The step is the largest power of ten within a third of the half-width, and a tenth of the
    share's own power of ten at least. The interval is rounded outwards.
    """
    half = max((measure.high - measure.low) / 2, 1 / measure.n_within)
    power = math.floor(math.log10(half / FINEST))
    if measure.share > 0:
        power = max(power, math.floor(math.log10(measure.share)) - 1)
    low = math.floor(measure.low * 10**-power + NOISE)
    high = math.ceil(measure.high * 10**-power - NOISE)
    return round(measure.share, -power), low / 10**-power, min(high / 10**-power, 1.0)


def ladder(high: float) -> float:
    """Round an upper bound up to 1, 2 or 5 times a power of ten."""
    power = math.floor(math.log10(high))
    step = next(step for step in LADDER if high <= step * 10.0**power * (1 + NOISE))
    return min(round(step * 10.0**power, max(-power, 0)), 1.0)


def upwards(high: float) -> float:
    """Round an upper bound up to two digits, and to 1 at most."""
    power = 1 - math.floor(math.log10(high))
    return min(math.ceil(high * 10.0**power - NOISE) / 10.0**power, 1.0)
