"""Draw labelled posts: a sentence of a family, in the talk that people put around it."""

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import NamedTuple

from training.own.grammar import LANGUAGES, Name, Template, filled, name_for, sections, templates

SHARES = {"hate": 0.3, "mention": 0.33, "rude": 0.12, "civil": 0.25}
AROUND = (0, 0, 0, 1, 1, 2)  # sentences put before, and as many behind: one of these
CARELESS, LOWER_CASE, STOPS = 0.12, 0.3, 0.6  # shares of posts
QUESTIONS = ("questions", "asking")
LEAST_LETTERS = 5  # of a word, that a slip of the finger may hit


class Row(NamedTuple):
    """One made-up post. `groups` are those it is hostile to."""

    text: str
    language: str
    kind: str
    family: str
    groups: tuple[str, ...]


def draw(n: int, seed: int, languages: Sequence[str] = LANGUAGES) -> list[Row]:
    """Give n posts with different texts; languages and families of a kind come equally often."""
    rng = Random(seed)  # noqa: S311  made-up text is no secret
    found: dict[str, Row] = {}
    while len(found) < n:
        row = _row(rng.choice(languages), rng)
        found.setdefault(row.text, row)
    return list(found.values())


def _row(language: str, rng: Random) -> Row:
    template = _template(language, rng)
    name = name_for(template, language, rng)
    said = _slip(filled(template, name, language, rng), rng)
    text = _dressed(said, template.family, language, rng)
    return Row(text, language, template.kind, template.family, _hostile_to(template, name))


def _template(language: str, rng: Random) -> Template:
    (kind,) = rng.choices(list(SHARES), list(SHARES.values()))
    families = [own for own in templates(language).values() if own[0].kind == kind]
    return rng.choice(rng.choice(families))


def _hostile_to(template: Template, name: Name | None) -> tuple[str, ...]:
    if template.about == ("political",):
        return template.about
    return (name.group,) if name and template.kind == "hate" else ()


@cache
def _around(language: str, place: str) -> tuple[str, ...]:
    return tuple(line for at, line in sections(f"around.{language}.txt") if at == place)


def _capital(letter: str, language: str) -> str:
    return "İ" if (letter, language) == ("i", "tr") else letter.upper()


def _dressed(said: str, family: str, language: str, rng: Random) -> str:
    before = rng.choices(_around(language, "openers"), k=rng.choice(AROUND))
    behind = rng.choices(_around(language, "tails"), k=rng.choice(AROUND))
    starts = not before or before[-1][-1] in ".?!"
    if starts and rng.random() >= LOWER_CASE:
        said = _capital(said[0], language) + said[1:]
    stop = "?" if family in QUESTIONS else "."
    if behind[:1] or rng.random() < STOPS:
        said += stop
    return " ".join([*before, said, *behind])


def _slip(text: str, rng: Random) -> str:
    """Misspell one word now and then: a letter lost, doubled or swapped."""
    words = text.split(" ")
    places = [at for at, word in enumerate(words) if len(word) >= LEAST_LETTERS]
    if not places or rng.random() >= CARELESS:
        return text
    at = rng.choice(places)
    word = words[at]
    cut = rng.randrange(1, len(word) - 2)
    a, b = word[cut], word[cut + 1]
    words[at] = word[:cut] + rng.choice((b, a + a + b, b + a)) + word[cut + 2 :]
    return " ".join(words)
