"""The report in a minute: whom, what, when, how sure and what next, each with where more stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from headwater.landscape.report import moments, names, numbers, topics
from headwater.landscape.report.model import Estimate, Report, Target
from headwater.landscape.report.names import name

HASTY = "copied_in_haste"
MOST_NAMED = 5  # words, of those that come or go
FIRST_STEPS = 3  # of what to do next
WENT = {"rising": "Used more", "returning": "Used again, more", "falling": "Used less"}


class Line(NamedTuple):
    """A question, its answer in a few sentences, and the section that says more."""

    asked: str
    said: tuple[str, ...]
    section: str


def lines(report: Report) -> tuple[Line, ...]:
    """Give what a reader should know before reading on; of what was not found, nothing."""
    found = (
        Line("Whom is it aimed at?", _whom(report), "whom"),
        Line("What is it about?", topics.most(report), "about"),
        Line("What divides?", _divides(report), "divide"),
        Line("When?", moments.occasions(report), "talk"),
        Line("Which words?", _words(report), "words"),
        Line("How does it travel?", _haste(report), "travel"),
        Line("How sure is this?", _sure(report), "sure"),
        Line("What next?", steps(report)[:FIRST_STEPS], "next"),
    )
    return tuple(one for one in found if one.said)


def steps(report: Report) -> tuple[str, ...]:
    """Say what to do next, what follows from a finding first."""
    return *_of_findings(report), *_of_any(report)


def _whom(report: Report) -> tuple[str, ...]:
    """Name the groups that hateful posts name; unless they may be compared, in no order of size."""
    apart = names.targets("apart")
    told = [one for one in report.targets if one.share is not None and one.target not in apart]
    surely = [one for one in told if one.low]
    perhaps = [one for one in told if not one.low]
    said = (
        f"Hateful posts name: {_named(surely)}." if surely else "",
        f"Perhaps: {_named(perhaps)}; there it may also be none." if perhaps else "",
        "" if report.method.compares_groups or not told else "The order is fixed and no ranking.",
    )
    return tuple(one for one in said if one)


def _named(targets: Sequence[Target]) -> str:
    codes = sorted((one.target for one in targets), key=names.place)
    return "; ".join(name("target", code) for code in codes)


def _divides(report: Report) -> tuple[str, ...]:
    above = [one.theme for one in report.polarisation if "themes_polarised" in one.codes]
    if not above:
        return ()
    of_hate = {one.value: one for one in report.prevalence if one.by == "theme"}
    told = "; ".join(f"{name('theme', one)}{_share(of_hate.get(one))}" for one in above)
    return (f"Hostility divides posts more than in the debate as a whole on: {told}.",)


def _share(one: Estimate | None) -> str:
    if one is None or one.share is None:
        return ""
    return f", {numbers.share(one)} hateful (likely {numbers.interval(one)})"


def _words(report: Report) -> tuple[str, ...]:
    said = []
    for code, went in WENT.items():
        if terms := [one.term for one in report.shifts if one.code == code]:
            more = f" and {len(terms) - MOST_NAMED} more" if len(terms) > MOST_NAMED else ""
            said.append(f"{went} than in earlier weeks: {', '.join(terms[:MOST_NAMED])}{more}.")
    if report.disguises:
        said.append(f"In disguise: {', '.join(one.term for one in report.disguises)}.")
    return tuple(said)


def _haste(report: Report) -> tuple[str, ...]:
    days = [names.day(one.on) for one in report.spread.copied if one.code == HASTY]
    if not days:
        return ()
    texts = "One text was" if len(days) == 1 else f"{len(days)} texts were"
    return (f"{texts} copied in haste: {', '.join(days)}. That proves no plan.",)


def _sure(report: Report) -> tuple[str, ...]:
    if report.method.audit:
        n_posts = report.method.audit.n_posts
        return (f"People labelled {n_posts:,} of the posts by hand; the share of all is theirs.",)
    return (
        "Roughly: nobody has checked the model on these posts. A range holds if the model errs here as it "
        "did where it was measured.",
    )


def _of_findings(report: Report) -> Iterator[str]:
    if unexplained := moments.unexplained(report):
        yield f"Ask what happened then, and put it into the town's diary: {unexplained}."
    if hateful := moments.hateful(report):
        yield (
            f"Look back with your partners at the times when more was flagged as hateful ({hateful}): who was "
            "hurt, who answered, what helped? Agree who does what next time."
        )
    if any(one.code == HASTY for one in report.spread.copied):
        yield "Ask those who run the pages what was copied in haste: a warning, a joke, or a campaign?"
    if _waits(report):
        yield (
            "Name with a colleague what the words in candidates.csv mean here, and release those that "
            "may be told."
        )


def _of_any(report: Report) -> Iterator[str]:
    yield "Ask the people who know the place whether this fits what they see, and what it misses."
    if report.method.estimate == "model":
        yield (
            "Treat the share as a rough level. People who label a sample of the posts narrow the range: "
            "the command headwater audit draws it and counts."
        )
    yield "Do not set this place beside another: platforms, languages and the model's mistakes differ."


def _waits(report: Report) -> bool:
    """Say whether words were found that nobody has released."""
    untold = any(one.talked_of_from and not one.terms for one in report.triggers)
    return untold or any(one.code == "words_wait" for one in report.limits)
