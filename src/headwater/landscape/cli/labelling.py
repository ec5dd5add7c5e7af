"""Labelling in a terminal: the codebook first, then a test, then the posts."""

import hashlib
import hmac
import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

import typer

from headwater.landscape import audit, codebook
from headwater.landscape.audit import Gold, Sheet, asking, gold, noise, papers
from headwater.landscape.audit.asking import Answer
from headwater.landscape.audit.papers import Given
from headwater.landscape.audit.store import Store
from headwater.landscape.cli.screen import words
from headwater.landscape.errors import SettingsError
from headwater.landscape.labelled import Audit, Positive
from headwater.landscape.report.plain import plain

LEAST_PEOPLE = 2
LEAST_GAIN = 0.5  # of the test with known answers, 1 where all are right
KEYS = "h hate   p positive   n neither   s show or hide   ? codebook   l later   q stop"
SIGN = re.compile(r"\S")
ID_BYTES = 8


class Said(NamedTuple):
    """What one person says of a post."""

    is_hate: bool
    is_positive: bool


KINDS = {
    "h": Said(is_hate=True, is_positive=False),
    "p": Said(is_hate=False, is_positive=True),
    "n": Said(is_hate=False, is_positive=False),
}


class Stopped(Exception):  # noqa: N818 no error: somebody has had enough
    """Whoever labels wants to stop."""


class Asked(NamedTuple):
    """How one person is asked."""

    annotator: str
    is_blurred: bool


def hold(store: Store, name: str, *, is_blurred: bool) -> None:
    """Ask one person until nothing is left to ask, or they stop.

    Raises:
        SettingsError: Nobody sits before it, or under no name.
    """
    if not name.strip():
        raise SettingsError("give the name under which you label")
    if not (sys.stdin.isatty() and words.file.isatty()) or words.is_dumb_terminal:
        raise SettingsError(
            "posts are shown in a terminal alone, one with a second page, so that none is left behind"
        )
    asked = Asked(_hash(store, name), is_blurred)
    sheet = papers.sheet(store)
    is_stopped = False
    with words.screen(hide_cursor=False):  # the terminal's second page, which keeps nothing
        try:
            _test(store, sheet, asked)
            _label(store, sheet, asked)
        except (Stopped, typer.Abort):  # Abort: the input has ended
            is_stopped = True
        words.clear()
    if is_stopped:
        words.print("What you answered is kept. The same command goes on from here.")
    _tell_left(sheet, papers.given(store))


def found(sheet: Sheet, given: Given) -> Audit:
    """Say what the answers tell.

    Raises:
        SettingsError: Answers are missing, or those of the test went badly.
    """
    n_posts, known = len(sheet.texts), _known(sheet)
    if n_waiting := asking.n_waiting(given.posts, n_posts):
        n_new = n_posts - len({one.post for one in given.posts})
        raise SettingsError(
            f"{n_waiting:,} of {n_posts:,} posts still wait for an answer: {n_new:,} for a first, "
            f"{n_waiting - n_new:,} for another person's; go on with `headwater audit label`"
        )
    golds = _golds(given, known, min(asking.LEAST_EACH, n_posts))
    if noise.gain(golds) < LEAST_GAIN:
        raise SettingsError(
            "the test with known answers went too badly to count on the labels; read the codebook "
            "together, talk about what was answered, and begin a new audit"
        )
    found = audit.audited(asking.table(given.posts, n_posts), sheet.drawn, golds)
    positive = audit.positive(given.posts, sheet.drawn.sample, sheet.drawn.authors)
    return found._replace(positive=positive)


def _golds(given: Given, known: Sequence[gold.Known], least: int) -> list[Gold]:
    """Give the test of each of those who label; what others answered in it counts for nothing."""
    n_labels = asking.labels(given.posts)
    if sum(n >= least for n in n_labels.values()) < LEAST_PEOPLE:
        raise SettingsError(
            f"an audit needs two people who label, {least} posts each at least: let another go on with "
            "`headwater audit label`, under another name"
        )
    said = {who: {code: says for one, code, says in given.gold if one == who} for who in n_labels}
    if any(len(codes) < len(known) for codes in said.values()):
        raise SettingsError(
            "not all who label have taken the whole test with known answers; `audit label` begins so"
        )
    return [gold.result(codes.items(), known, n_labels[who]) for who, codes in said.items()]


def sentence(found: Audit) -> str:
    """Say the findings, each with what it rests on."""
    alpha = "not defined" if found.alpha is None else f"{found.alpha:.2f}"
    hate = (
        f"{found.share:.2%} of judged public posts are hate (95 % interval {found.low:.2%} to "
        f"{found.high:.2%}); audit n={found.n_posts:,}, agreement alpha={alpha}, deletions not seen."
    )
    return f"{hate} {_of_positive(found.positive)}" if found.positive else hate


def _of_positive(found: Positive) -> str:
    alpha = "not defined" if found.alpha is None else f"{found.alpha:.2f}"
    return (
        f"{found.share:.1%} are positive ({found.low:.1%} to {found.high:.1%}); agreement alpha={alpha} over "
        f"{found.n_twice:,} posts that two or more labelled."
    )


def _test(store: Store, sheet: Sheet, asked: Asked) -> None:
    """Hold the test, if this person has not yet taken all of it; then show what was wrong."""
    done = {code for who, code, _ in papers.given(store).gold if who == asked.annotator}
    left = [one for one in _known(sheet) if one.code not in done]
    if not left:
        return
    _show_codebook()
    words.print(f"\n[bold]First a test[/bold]: {len(left)} made-up posts whose answer is known.")
    _pause("Enter begins with it")
    n_asked, wrong = len(left), []
    while left:
        one = left.pop(0)
        said = _ask(one.text, f"Test: {len(left) + 1} left", asked)
        if said is None:
            left.append(one)
            continue
        papers.add(store, (asked.annotator, one.code, said.is_hate))
        if said.is_hate != one.is_hate:
            wrong.append(one)
    words.clear()
    words.print(f"The codebook agrees with {n_asked - len(wrong)} of {n_asked} answers.")
    for one in wrong:
        words.print(f"  {'hate' if one.is_hate else 'not hate'}: {one.text}", markup=False)
        words.print(f"      {one.why}", markup=False, style="italic")
    _pause("Enter begins with the posts")


def _label(store: Store, sheet: Sheet, asked: Asked) -> None:
    later: set[int] = set()
    while left := _queue(store, sheet, asked):
        post = next((one for one in left if one not in later), None)
        if post is None:
            words.print("Only posts are left that you have put off.")
            later.clear()
            continue
        said = _ask(sheet.texts[post], f"{len(left):,} left", asked)
        if said is None:
            later.add(post)
        else:
            papers.add(store, Answer(post, asked.annotator, *said))


def _queue(store: Store, sheet: Sheet, asked: Asked) -> list[int]:
    return asking.queue(papers.given(store).posts, len(sheet.texts), asked.annotator)


def _ask(text: str, head: str, asked: Asked) -> Said | None:
    """Ask for one post until there is an answer; None: later."""
    is_blurred = asked.is_blurred
    _show(text, head, is_blurred=is_blurred)
    while True:
        said: str = typer.prompt(
            KEYS, prompt_suffix=" > ", default="", show_default=False, err=True
        )
        match letter := said.strip().casefold():
            case "h" | "p" | "n":
                return KINDS[letter]
            case "s":
                is_blurred = not is_blurred
                _show(text, head, is_blurred=is_blurred)
            case "?":
                _show_codebook()
            case "l":
                return None
            case "q":
                raise Stopped
            case _:
                words.print("Type one of the letters, then Enter.")


def _pause(words_: str) -> None:
    typer.prompt(words_, prompt_suffix=" > ", default="", show_default=False, err=True)


def _show(text: str, head: str, *, is_blurred: bool) -> None:
    words.clear()
    words.rule(head)
    seen = plain(text)  # a post may hold commands to a terminal
    words.print(SIGN.sub("░", seen) if is_blurred else seen, markup=False, highlight=False)


def _show_codebook() -> None:
    words.rule("Codebook")
    for row in codebook.table("labels"):
        words.print(f"[bold]{row['label']}[/bold]: {row['definition']}")
    groups = [one.label for one in codebook.TARGETS.values() if one.kind == "protected"]
    words.print(f"[bold]Groups[/bold]: {', '.join(groups)}.")


def _known(sheet: Sheet) -> tuple[gold.Known, ...]:
    return gold.test(set(sheet.languages))


def _tell_left(sheet: Sheet, given: Given) -> None:
    n_posts = len(sheet.texts)
    n_waiting = asking.n_waiting(given.posts, n_posts)
    if not n_waiting:
        words.print("All posts are answered: `headwater audit estimate` says what they tell.")
        return
    words.print(f"{n_posts - n_waiting:,} of {n_posts:,} posts are answered for good.")
    n_split = asking.n_split(given.posts, n_posts)
    if n_split:
        words.print(f"{n_split:,} wait for a third person: two differ on them.")
    elif len({one.annotator for one in given.posts}) < LEAST_PEOPLE:
        words.print("What one person calls hate waits for a second, under another name.")


def _hash(store: Store, name: str) -> str:
    said = " ".join(name.casefold().split()).encode()
    return hmac.new(store.key, said, hashlib.sha256).hexdigest()[: 2 * ID_BYTES]
