"""What people say: sentences from the packaged tables, put together as comments are."""

import re
from random import Random

from headwater.landscape.sample import tables
from headwater.landscape.sample.posts import Said

SLOT = re.compile(r"\{(\w+)\}")
REMARKS = ("opinion", "question", "argument", "joke", "complaint")
ANSWERS = ("agree", "disagree", "disagree", "thanks", "question")


def text(rng: Random, language: str, said: Said, is_answer: bool) -> str:
    """Say it in words of this language."""
    sentences = SPEECH[said.kind](rng, language, said)
    if is_answer and said.kind in ("talk", "uncivil") and rng.random() < 0.45:
        sentences.insert(0, _part(rng, language, rng.choice(ANSWERS)))
    elif rng.random() < 0.25:
        sentences.insert(0, _part(rng, language, "opener"))
    if rng.random() < 0.18:
        sentences.append(_part(rng, language, "closer"))
    return " ".join(_filled(rng, language, said, sentence) for sentence in sentences)


def campaign(rng: Random) -> str:
    """Pass on the copied text, hardly changed."""
    parts = ("greeting", "claim", "demand", "call")
    return " ".join(rng.choice(tables.texts("campaign", part=part)) for part in parts)


def _filled(rng: Random, language: str, said: Said, sentence: str) -> str:
    """Put words into the slots of a sentence, and a capital at its start."""
    coined = {"term": said.spelling, "Term": said.spelling.capitalize()}
    known = coined | _topic(language, said.topic)
    if said.group:
        known |= rng.choice(tables.where("groups", language=language, group=said.group))
    filled = SLOT.sub(
        lambda slot: known.get(slot[1]) or rng.choice(_words(language, slot[1])), sentence
    )
    return filled[0].upper() + filled[1:]


def _topic(language: str, topic: str) -> tables.Row:
    (row,) = tables.where("topics", language=language, topic=topic)
    return row


def _words(language: str, slot: str) -> tuple[str, ...]:
    return tables.texts("words", language=language, slot=slot)


def _talk(rng: Random, language: str, said: Said) -> list[str]:
    lines = tables.texts("lines", language=language, topic=said.topic)
    sentences = rng.sample(lines, rng.choice((0, 1, 1, 1, 2)))
    n_remarks = rng.choice((0, 1, 1, 2)) if sentences else rng.choice((1, 2))
    return sentences + [_part(rng, language, kind) for kind in rng.sample(REMARKS, n_remarks)]


def _coined(rng: Random, language: str, _said: Said) -> list[str]:
    return [rng.choice(tables.texts("terms", language=language))]


def _uncivil(rng: Random, language: str, said: Said) -> list[str]:
    own = rng.choice(tables.texts("uncivil", language=language))
    return [*_context(rng, language, said, 0.4), own]


def _mention(rng: Random, language: str, said: Said) -> list[str]:
    of_any, of_group = (
        tables.texts("mentions", language=language, kind=said.kind, group=group)
        for group in ("any", said.group)
    )
    return [*_context(rng, language, said, 0.3), rng.choice(of_any + of_group)]


def _hate(rng: Random, language: str, said: Said) -> list[str]:
    own = tables.texts("hate", language=language, group=said.group)
    shared = tables.texts("hate", language=language, group="outsiders")
    # what outsiders are told does not suit women: it is said of people from elsewhere
    lines = own if said.group == "women" else own + shared
    return [*_context(rng, language, said, 0.25), *rng.sample(lines, rng.choice((1, 1, 1, 2)))]


def _context(rng: Random, language: str, said: Said, share: float) -> list[str]:
    """Begin, in this share of posts, with something ordinary on the topic."""
    if rng.random() >= share:
        return []
    return [rng.choice(tables.texts("lines", language=language, topic=said.topic))]


def _part(rng: Random, language: str, part: str) -> str:
    return rng.choice(tables.texts("talk", language=language, part=part))


SPEECH = {
    "talk": _talk,
    "coined": _coined,
    "uncivil": _uncivil,
    "neutral": _mention,
    "positive": _mention,
    "counter": _mention,
    "hate": _hate,
}
