"""How much of the talk the slower, surer part of the model reads: a choice of two commands."""

from enum import StrEnum

EFFORT = "fast: n-grams alone. balanced: what they doubt is read by an encoder. thorough: all is."


class Effort(StrEnum):
    """What a run may cost."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"
