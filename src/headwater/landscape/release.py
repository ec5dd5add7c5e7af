"""What of the debate is told, and which of its words wait for a person to release them."""

from collections.abc import Sequence

from headwater.landscape import candidates, debate, publication
from headwater.landscape.report import Report
from headwater.landscape.report.names import name
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import Theme


def told(made: Report, found: debate.Debate, themes: Sequence[Theme], settings: Settings) -> Report:
    """Add what may be told of the debate."""
    released = candidates.released(settings.released) if settings.released else frozenset()
    spread = publication.spread(found.travel, found.terms, released, settings)
    parts = {
        "triggers": publication.triggers(
            found.stories, found.terms, found.episodes, released, made.events, settings
        ),
        "spread": spread,
        "themes": publication.described(made.themes, themes, released, settings),
        "limits": (*made.limits, *publication.haste(spread), *publication.without(themes)),
    }
    return made.model_copy(update=parts)


def wait(found: debate.Debate, themes: Sequence[Theme], settings: Settings) -> None:
    """Write down for its owner what a person may release."""
    if settings.candidates_file is None:
        return
    of_debate = [(why, [found.terms[at] for at in terms]) for why, terms in debate.reasons(found)]
    of_themes = [(f"tells the theme: {name('theme', one.code)}", one.terms) for one in themes]
    rows = [
        candidates.Candidate(term.words, why, *term[1:])
        for why, terms in (*of_debate, *of_themes)
        for term in terms
        if publication.may_be_released(term, settings)
    ]
    settings.candidates_file.parent.mkdir(0o700, parents=True, exist_ok=True)
    candidates.write(settings.candidates_file, rows)
