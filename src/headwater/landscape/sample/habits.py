"""How people type: slips, shouting, no capitals, emoji, and marks that point to a person."""

from random import Random

from headwater.landscape.sample import tables
from headwater.landscape.sample.posts import Account

PLAIN_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
EMOJI = {
    "positive": ("❤️", "👏", "🎉", "🙂", "😊"),
    "hate": ("😡", "🤮", "😤", "🤬"),
    "uncivil": ("😡", "🙄", "🤦", "😤"),
}
ANY_EMOJI = ("🙂", "😂", "🤔", "👍", "🙄", "😅", "🌊", "⛴️", "🚲", "🤷", "☔")


def typed(rng: Random, language: str, kind: str, text: str) -> str:
    """Type it as this person happens to type today."""
    if rng.random() < 0.10:
        text = text.lower()
    elif rng.random() < 0.015:
        text = text.upper()
    if rng.random() < 0.08:
        text = _slipped(rng, text)
    if language == "de" and rng.random() < 0.05:
        text = text.translate(PLAIN_GERMAN)
    if rng.random() < 0.10:
        text = text.rstrip(".!?") + rng.choice(("!!", "...", "!!!", "??", "", " lol", " ..."))
    if rng.random() < 0.12:
        text += " " + rng.choice(EMOJI.get(kind, ANY_EMOJI)) * rng.choice((1, 1, 1, 2, 3))
    return text


def marked(rng: Random, language: str, text: str, accounts: tuple[Account, ...]) -> str:
    """Add, now and then, a handle, an e-mail address, a phone number or a link."""
    someone = rng.choice(accounts)
    if rng.random() < 0.07:
        text = f"@{someone.handle} {text}"
    if rng.random() < 0.05:
        kind = rng.choices(("link", "email", "phone"), (6, 2, 2))[0]
        text += " " + rng.choice(tables.texts("marks", language=language, kind=kind)).format(
            link=_link(rng), email=someone.email, phone=someone.phone
        )
    return text


def _slipped(rng: Random, text: str) -> str:
    """Swap, drop or double one letter."""
    at = rng.randrange(len(text) - 1)
    one, two = text[at], text[at + 1]
    if not (one + two).isalpha():
        return text
    return text[:at] + rng.choice((two + one, two, one + one + two)) + text[at + 2 :]


def _link(rng: Random) -> str:
    host = rng.choice(("fjordby-post.example", "havnebladet.example", "video.example"))
    return f"https://{host}/2024/{rng.randrange(1, 60)}?utm_source=share"
