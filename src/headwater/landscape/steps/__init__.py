"""What we learn of each post, in this order."""

from headwater.landscape.shapes import Judge, Step
from headwater.landscape.steps import hate, language


def steps(judge: Judge, *, counts: bool, languages: tuple[str, ...] = ()) -> tuple[Step, ...]:
    """Give the steps, for posts that are counted or for such as are judged each for itself.

    Args:
        judge: What judges.
        counts: Posts are to be counted.
        languages: Those that are, if not all in which the judge's errors are known.
    """
    return language.STEP, hate.step(judge, languages, counts=counts)
