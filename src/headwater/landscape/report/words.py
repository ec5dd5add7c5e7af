"""The sentences of the page that depend on a number, in plain words."""

from typing import NamedTuple

from headwater.landscape.report import numbers
from headwater.landscape.report.model import (
    Audited,
    Coverage,
    Estimate,
    Event,
    LanguageCount,
    Method,
    Prevalence,
    Reading,
    Report,
    Why,
)
from headwater.landscape.report.names import day, name, spoken

FEWEST_POSTS = 10  # of a number that is shown
USEFUL = 0.5  # from there a bound says nothing


class Answer(NamedTuple):
    """The first thing to read: the finding and what it rests on."""

    finding: str
    standing: str


def answer(report: Report) -> Answer:
    """Say how much of the talk is hate, or that this cannot be told."""
    whole = next((one for one in report.prevalence if one.by == "all"), None)
    return Answer(_finding(whole), _standing(whole, report))


def _finding(whole: Prevalence | None) -> str:
    if whole is not None and whole.why == Why.SECONDARY:
        return "How much of the talk is hateful cannot be shown for these posts."
    if whole is None or whole.high is None:
        return "There are too few posts here to tell how much of the talk is hateful."
    base = base_of(whole)
    high = times(whole.high, base)
    if whole.share is None or whole.low is None:
        return (
            f"Likely at most {high} in {base:,} judged posts were hateful. "
            "Too few were found to say more."
        )
    low = times(whole.low, base)
    none = " It may also be none at all." if whole.low <= 0 else ""
    return (
        f"About {times(whole.share, base)} in {base:,} judged posts were hateful "
        f"(likely between {low} and {high} in {base:,}).{none}"
    )


def base_of(whole: Estimate) -> int:
    """Choose of how many posts to speak, so that the number is one that can be pictured."""
    level = whole.share or whole.high or 0
    return 100 if level >= 0.01 else 1_000 if level >= 0.001 else 10_000


def times(share: float, base: int) -> str:
    """Write how many of so many posts a share is."""
    return f"{round(share * base, 6):g}"


def _standing(whole: Prevalence | None, report: Report) -> str:
    method = report.method
    if whole is not None and whole.why == Why.SECONDARY:
        return (
            "A share would tell of few people: of those who wrote most of what was found, or of those "
            "whose posts could not be judged. Export more pages or a longer time, with authors; or "
            "leave out the page or channel that few write in."
        )
    if whole is None or whole.high is None:
        return (
            f"A share is worked out from at least {method.base_posts:,} judged posts by at least "
            f"{method.base_authors} authors. What fewer can tell stands below."
        )
    of_all = f"Judged: {judged(report.coverage)} of all posts."
    if whole.audited and method.audit:
        return f"People checked it on {method.audit.n_posts:,} posts drawn by chance. {of_all}"
    return (
        f"This is an unaudited model estimate: a computer model judged the posts, "
        f"and nobody has checked a sample of them by hand. {of_all}"
    )


def checked(report: Report) -> str:
    """Say what people did, how far they agreed, and what they found of the model's errors."""
    audit = report.method.audit
    if audit is None:
        return ""
    told = (
        f"People labelled {audit.n_posts:,} of the posts by hand, drawn by chance on "
        f"{day(audit.drawn_on)}: what one called hate, another saw too. The share of all posts is theirs."
    )
    if audit.n_labels is not None:
        told += f" They gave about {audit.n_labels:,} answers."
    if audit.alpha is not None:
        told += f" Their agreement (Krippendorff's alpha, at most 1) was {audit.alpha:g}."
    return told + _errors_here(audit, report)


def _errors_here(audit: Audited, report: Report) -> str:
    if not _is_audited("platform", report):
        return (
            " What they found is too little to say how the model errs here: all other shares are the "
            "model's own, and need not add up to it."
        )
    corrected = "shares by platform and time are corrected by that."
    if audit.sensitivity is None or audit.false_positive_rate is None:
        return f" They also found how the model errs here; {corrected}"
    return (
        f" The model found {in_hundred(audit.sensitivity)} of the hateful posts here, and wrongly "
        f"flagged {in_hundred(audit.false_positive_rate)} of the others; {corrected}"
    )


def models_own(by: str, report: Report) -> str:
    """Say of shares in a report that people audited that nobody has checked these; else nothing."""
    if report.method.audit is None or _is_audited(by, report):
        return ""
    return (
        "These are the model's own: nobody has checked them for each by itself, and they need not add up "
        "to what people found in all."
    )


def _is_audited(by: str, report: Report) -> bool:
    return any(one.audited for one in report.prevalence if one.by == by)


def judged(cover: Coverage) -> str:
    """Say what part of the posts the model judged, as the table of those it left has it."""
    counted = [one.percent for one in cover.left_for if one.name == "judged"]
    share = next((one for one in counted if one is not None), cover.judged_percent)
    if share is None:
        return "a part that is not shown"
    return "90% or more" if share == 100 and counted != [100] else f"{share}%"


def period(report: Report) -> str:
    """Say what days a release is of, or the months that hold the posts of a working report."""
    span = report.period
    if span.name:
        return f"{day(span.starts_on)} to {day(span.ends_on)}"
    first, last = (name("month", f"{on:%Y-%m}") for on in (span.starts_on, span.ends_on))
    return f"posts of {first}" if first == last else f"posts of {first} to {last}"


def hidden(one: Estimate, method: Method) -> str:
    """Say in a table's cell why an estimate is not shown, or not in full."""
    if one.high is not None and one.high < USEFUL:
        return f"too few found to tell (at the very most {numbers.percent(one.high)})"
    return f"not shown: {reason(one.why, method)}"


def reason(why: Why | None, method: Method) -> str:
    """Say why a number is not shown, in a few words."""
    return {
        None: "no number was given",
        Why.FEW_AUTHORS: _few(method),
        Why.FEW_POSTS: "too few posts",
        Why.ONE_AUTHOR: "one author wrote most of it",
        Why.SMALL_BASE: "too few posts or authors for a rate",
        Why.SECONDARY: "it would tell of few people",
        Why.UPPER_BOUND: "too few found to tell",
        Why.ABSTAINS: "the model cannot judge these posts",
        Why.GATE: "the model errs too unevenly between groups",
    }[why]


def _few(method: Method) -> str:
    """Say how few is too few; a floor as high as the fewest posts says both."""
    posts = "" if method.floor >= FEWEST_POSTS else f" or {FEWEST_POSTS} posts"
    return f"fewer than {method.floor} authors{posts}"


def meaning(why: Why, method: Method) -> str:
    """Explain a reason in a sentence or two."""
    return {
        Why.FEW_AUTHORS: f"A number about {_few(method)} could point to someone.",
        Why.FEW_POSTS: "A number about a handful of posts could point to the people who wrote them.",
        Why.ONE_AUTHOR: "One author wrote more than half of these posts, so the number would be "
        "about that person.",
        Why.SMALL_BASE: f"A rate is worked out from at least {method.base_posts:,} posts by at least "
        f"{method.base_authors} authors; with fewer it would say more about chance than about "
        "the place.",
        Why.SECONDARY: "This number would tell of few people: of those behind a hidden neighbour, which "
        "a reader could work out from the total, or of those who wrote most of what was found.",
        Why.UPPER_BOUND: "So few were found here, or in a neighbour that this number would tell of, "
        "that only a highest likely value is given. For a part or a group it is what it would be were "
        "all the hate there; so it says nothing of how much is.",
        Why.ABSTAINS: "The model's errors in this language are not known, or the posts are too short. "
        "They are counted as read, and left out of every share.",
        Why.GATE: "The model's errors differ too much between groups for a fair comparison.",
    }[why]


def reasons(report: Report) -> tuple[Why, ...]:
    """Return the reasons that this report needed, in a fixed order."""
    cover = report.coverage
    placed = report.places.posts if report.places else ()
    counts = (report.languages, report.spread.sizes, cover.platforms, cover.left_for, placed)
    shares = (report.prevalence, report.targets, report.timeline)
    parts = [part for parts in (*shares, *counts) for part in parts]
    used = {part.why for part in parts}
    return tuple(why for why in Why if why in used)


def in_full(one: Estimate) -> str:
    """Write an estimate with its interval."""
    return f"{numbers.share(one)} (likely {numbers.interval(one)})"


def course(report: Report) -> str:
    """Say what the daily picture shows."""
    shown = [one for one in report.timeline if one.n_posts is not None]
    if not shown:
        return "No day has enough authors to be shown."
    busiest = max(shown, key=lambda one: one.n_posts or 0)
    told = sum(one.share is not None for one in shown)
    shares = (
        f"{told} of {len(report.timeline)} days had enough posts for a share of hate."
        if told
        else "No day had enough posts for a share of hate."
    )
    most = f"{busiest.n_posts:,} judged posts"
    return f"The busiest day was {day(busiest.on)}, with about {most}. {shares}"


def happened(event: Event) -> str:
    """Say what the diary holds, and where it was if it says so."""
    return f"{event.what} ({event.where})" if event.where else event.what


def quoted(event: Event) -> str:
    """Say what the diary holds inside a sentence."""
    return f"“{event.what}”" + (f" ({event.where})" if event.where else "")


def dropped(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Name the reasons why records were rejected."""
    return tuple((spoken(code), f"{number:,}") for code, number in reading.reasons.items())


def left(code: str) -> str:
    """Say why the model left posts unjudged."""
    known = {
        "language": "In a language in which the model's errors are not known",
        "length": "Too short to judge",
    }
    return known.get(code, spoken(code))


def counted(one: LanguageCount) -> str:
    """Say whether posts in a language are judged, and by what their errors are known."""
    if one.counted:
        return "yes" if one.tier == "measured" else "yes: people labelled a sample"
    return "no" if one.tier != "transferred" else "no: the model's errors in it are not known"


def in_hundred(share: float) -> str:
    """Write a share as so many in 100."""
    return f"{round(share * 100, 1):g} in 100"
