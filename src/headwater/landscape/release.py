"""What of the debate is told, and which of its words wait for a person to release them."""

from headwater.landscape import candidates, debate, divided, publication, themes
from headwater.landscape.camps import Camps
from headwater.landscape.report import Report
from headwater.landscape.report.names import name
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import Move


def told(
    made: Report, found: debate.Debate, about: themes.Heard, camps: Camps, settings: Settings
) -> Report:
    """Add what may be told of the debate."""
    released = candidates.released(settings.released) if settings.released else frozenset()
    spread = publication.spread(found.travel, found.terms, released, settings)
    shifts = publication.shifts(found.shifts, found.terms, released, settings)
    divisions = publication.polarisation(camps, divided.poles(made), settings)
    limits = (
        *publication.haste(spread),
        *publication.waiting(found.shifts, found.terms, shifts, settings),
        *publication.without(about.themes),
        *publication.of_polarisation(divisions, camps),
    )
    parts = {
        "triggers": publication.triggers(
            found.stories, found.terms, found.episodes, released, made, settings
        ),
        "spread": spread,
        "shifts": shifts,
        "moves": publication.moves(about.moves, released, settings),
        "disguises": publication.disguises(found.disguises, found.terms, released, settings),
        "themes": publication.described(made.themes, about.themes, released, settings),
        "polarisation": divisions,
        "limits": (*made.limits, *limits),
    }
    return made.model_copy(update=parts)


def wait(found: debate.Debate, about: themes.Heard, settings: Settings) -> None:
    """Write down for its owner what a person may release."""
    if settings.candidates_file is None:
        return
    shifts = [
        one
        for one in found.shifts or ()
        if publication.may_be_told(one, found.terms[one.term], settings)
    ]
    masked = [
        one
        for one in found.disguises
        if publication.many_disguise(one, found.terms[one.term], settings)
    ]
    found = found._replace(shifts=tuple(shifts), disguises=tuple(masked))
    of_debate = [(why, [found.terms[at] for at in terms]) for why, terms in debate.reasons(found)]
    of_themes = [(f"tells the theme: {name('theme', one.code)}", one.terms) for one in about.themes]
    of_moves = [(_moved(one), [one.term]) for one in about.moves]
    rows = [
        candidates.Candidate(term.words, why, *term[1:])
        for why, terms in (*of_debate, *of_themes, *of_moves)
        for term in terms
        if publication.may_be_released(term, settings)
    ]
    settings.candidates_file.parent.mkdir(0o700, parents=True, exist_ok=True)
    candidates.write(settings.candidates_file, rows)


def _moved(one: Move) -> str:
    left, came = (name("theme", code) for code in (one.left, one.came))
    return f"in other company since {one.since}: {came}, no longer {left}"


def untold(made: Report, settings: Settings) -> tuple[str, ...]:
    """Give the terms that a person released and the report tells nowhere, in the alphabet's order."""
    released = candidates.released(settings.released) if settings.released else frozenset()
    several = [one.terms for one in made.triggers] + [one.terms for one in made.themes]
    several += [one.terms for one in made.spread.copied]
    single = [one.term for one in made.shifts] + [one.term for one in made.moves]
    single += [one.term for one in made.disguises]
    return tuple(sorted(released.difference(single, *several)))
