"""What we learn of each post, in this order."""

from headwater.landscape.shapes import Judge, Step
from headwater.landscape.steps import hate, language


def steps(judge: Judge, *, counts: bool) -> tuple[Step, ...]:
    """Give the steps, for posts that are counted or for such as are judged each for itself."""
    return language.STEP, hate.step(judge, counts=counts)
