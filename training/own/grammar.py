"""Templates, the words that fill them, and how they do.

A template is a line `groups| text`. `groups` names whom it can be said of: `all`, `origin` (by
descent or faith), `nature` (by body or sex), the start of a group's code, or `none`. In the text,
`[a|b]` is a choice, `{word}` a line of the fillers, and of the group's name `{N}` is the plural,
`{W}` and `{D}` its forms after an article and in the dative, `{K}` one of them, `{A}` the
adjective.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.name.split(".")[1] for path in FOLDER.glob("hate.*.txt")))
KINDS = ("hate", "mention", "rude", "civil")  # a file each; `mention` is of groups, without hate
NATURE = ("women", "lgbtq", "disabled")
CHOICE, SLOT = re.compile(r"\[([^\]]*\|[^\]]*)\]"), re.compile(r"\{(\w+)\}")


class Template(NamedTuple):
    """One way to say something."""

    family: str
    kind: str
    about: tuple[str, ...]
    text: str


class Name(NamedTuple):
    """What a group is called, in the forms that a sentence needs."""

    language: str
    group: str
    many: str
    weak: str
    dative: str
    one: str
    adjective: str

    @property
    def forms(self) -> dict[str, str]:
        """Give the word of each slot; none where the name lacks the form."""
        weak, dative = self.weak or self.many, self.dative or self.many
        words = {"N": self.many, "W": weak, "D": dative, "K": self.one, "A": self.adjective}
        return {slot: word for slot, word in words.items() if word}


def sections(file: str) -> Iterator[tuple[str, str]]:
    """Yield each line of a file with the name of its section."""
    name = ""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name = line.removeprefix("== ")
        else:
            yield name, line


@cache
def templates(language: str) -> dict[str, tuple[Template, ...]]:
    """Give the templates of each family."""
    found: dict[str, list[Template]] = {}
    for kind in KINDS:
        for family, line in sections(f"{kind}.{language}.txt"):
            about, _, text = line.partition("| ")
            one = Template(family, kind, tuple(about.split()), text)
            found.setdefault(family, []).append(one)
    return {family: tuple(own) for family, own in found.items()}


@cache
def names(language: str) -> tuple[Name, ...]:
    """Give what groups are called in a language."""
    with (FOLDER / f"groups.{language}.csv").open(encoding="utf-8") as lines:
        return tuple(Name(**row) for row in csv.DictReader(lines))


@cache
def fillers(language: str) -> Mapping[str, Sequence[str]]:
    """Give the words of each other slot."""
    lines = [line.partition(": ") for _, line in sections(f"fillers.{language}.txt")]
    return {slot: words.split(" | ") for slot, _, words in lines}


def name_for(template: Template, language: str, rng: Random) -> Name | None:
    """Choose a group's name that the template can be said with; a group before a name."""
    slots = set(SLOT.findall(template.text)) & set("NWDKA")
    fits = [
        name
        for name in names(language)
        if _about(name.group, template.about) and slots <= set(name.forms)
    ]
    if not fits:
        return None
    group = rng.choice(sorted({name.group for name in fits}))
    return rng.choice([name for name in fits if name.group == group])


def filled(template: Template, name: Name | None, language: str, rng: Random) -> str:
    """Make a sentence of a template."""
    chosen = CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template.text)
    forms = name.forms if name else {}

    def word(slot: re.Match[str]) -> str:
        return forms.get(slot[1]) or rng.choice(fillers(language)[slot[1]])

    return _smooth(SLOT.sub(word, chosen), language)


def _about(group: str, about: tuple[str, ...]) -> bool:
    kind = "nature" if group in NATURE else "origin"
    return any(one in {"all", kind} or group.startswith(one) for one in about)


def _smooth(text: str, language: str) -> str:
    """Join words that the language joins; put `an` before English vowels."""
    if language == "en":
        return re.sub(r"\b([Aa]) (?=[aeioAEIO])", r"\1n ", text)
    for apart, joined in _joined(language):
        text = apart.sub(joined, text)
    return text


@cache
def _joined(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give what is written as one: `in dem=im`; an apostrophe takes the next word's place."""
    pairs = [line.split("=") for _, line in sections(f"joined.{language}.txt") if "=" in line]
    return tuple((re.compile(rf"\b{re.escape(apart)}(?!\w)"), joined) for apart, joined in pairs)


FAMILIES = {family: own[0].kind for family, own in templates("en").items()}
