"""How far themes divide: from posts that are learnt, and shares that are told, to poles and camps."""

from collections.abc import Sequence

from headwater.landscape import engine, publication
from headwater.landscape.analyses.contacts import camps
from headwater.landscape.analyses.correction import Corrected
from headwater.landscape.analyses.polarisation import divided
from headwater.landscape.camps import Camps
from headwater.landscape.report import Report
from headwater.landscape.shapes import Evidence, Step

OF = ("all", "theme")  # the shares of hate that poles are made of


def heard(posts: engine.Posts, late: Sequence[Step], floor: int, evidence: Evidence) -> Camps:
    """Find who answers whom, and whether answers cross between communities.

    Args:
        posts: Of which `engine.ANSWER_COLUMNS` and what `late` needs are kept.
        late: The step that tells each post's theme, where there are themes.
        floor: Fewest people of a community that is a camp.
        evidence: By which flagged posts are corrected.
    """
    return camps(engine.answers(posts, late), floor, evidence)


def poles(made: Report) -> dict[str, publication.Poles]:
    """Work out from the shares of hate that a report tells how far they divide each theme.

    Nobody tells recognition yet, so that pole is empty: see `divided`, which takes it as well.
    """
    told = [one for one in made.prevalence if one.by in OF]
    return {
        one.value: publication.Poles(*divided(Corrected(one.share, one.low, one.high)))
        for one in told
        if one.share is not None and one.low is not None and one.high is not None
    }
