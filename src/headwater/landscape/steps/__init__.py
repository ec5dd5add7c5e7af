"""What we learn of each post, in this order."""

from headwater.landscape.gazetteer import Gazetteer
from headwater.landscape.shapes import Judge, Step
from headwater.landscape.steps import hate, language, places, sketch, words


def steps(
    judge: Judge,
    *,
    counts: bool,
    languages: tuple[str, ...] = (),
    gazetteer: Gazetteer | None = None,
    key: bytes = b"",
) -> tuple[Step, ...]:
    """Give the steps, for posts that are counted or for such as are judged each for itself.

    Args:
        judge: What judges.
        counts: Posts are to be counted.
        languages: Those that are, if not all in which the judge's errors are known.
        gazetteer: What the town's places are called; with it, posts are placed.
        key: Of the run; with it, words become numbers and texts become sketches, so that they can be
            counted and compared.
    """
    judged = language.STEP, hate.step(judge, languages, counts=counts)
    placed = (places.step(gazetteer),) if gazetteer else ()
    heard = (words.step(key), sketch.step(key)) if key else ()
    return (*judged, *placed, *heard)
