"""What codes are called in plain words: platforms, languages, days, target groups."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from headwater.landscape import codebook

PLATFORMS = {
    "4cat": "4CAT",
    "bluesky": "Bluesky",
    "facebook": "Facebook",
    "feed": "News feeds and comments",
    "instagram": "Instagram",
    "mastodon": "Mastodon",
    "news": "News comments",
    "reddit": "Reddit",
    "telegram": "Telegram",
    "tiktok": "TikTok",
    "x": "X (Twitter)",
    "youtube": "YouTube",
}
LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bs": "Bosnian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fo": "Faroese",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "is": "Icelandic",
    "it": "Italian",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "Language not recognised",
    "unknown": "Language not recognised",
    "ur": "Urdu",
    "zh": "Chinese",
}
SCOPES = {
    "local": "A place in town",
    "elsewhere": "Only elsewhere",
    "unplaced": "No known place",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def targets(kind: str = "protected") -> dict[str, str]:
    """Return the codebook's target groups of this kind in its order: code and name."""
    return {one.code: one.label for one in codebook.TARGETS.values() if one.kind == kind}


def place(code: str) -> int:
    """Say where a target group stands in the codebook's order; one that it has not stands last."""
    order = list(targets())
    return order.index(code) if code in order else len(order)


def name(by: str, code: str) -> str:
    """Return what a code of this kind is called, or the code where we have no name for it."""
    if by in ("weekday", "hour", "month"):
        return _of_time(by, code)
    if by == "theme":
        return _of_theme(code)
    known = {
        "platform": PLATFORMS,
        "language": LANGUAGES,
        "scope": SCOPES,
        "target": targets() | targets("apart"),
    }.get(by, {})
    return known.get(code, spoken(code))


def spoken(code: str) -> str:
    """Write a code such as `private_chat` as words."""
    return code.replace("_", " ").capitalize() if code.isidentifier() else code


def day(on: date) -> str:
    """Write a date in words."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def days(first: date, last: date) -> str:
    """Write a span of days in words, the month once where it is the same."""
    if first == last:
        return day(first)
    begins = str(first.day) if (first.year, first.month) == (last.year, last.month) else day(first)
    return f"{begins} to {day(last)}"


def weekday(on: date) -> str:
    """Name the day of the week."""
    return WEEKDAYS[on.weekday()]


@cache
def themes() -> dict[str, str]:
    """Return what themes may be called: code and name."""
    rows = (files("headwater.landscape") / "data" / "themes" / "names.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(rows.splitlines())}


def _of_theme(code: str) -> str:
    """Name a theme: `migration`, or `migration-2` where that name fits several."""
    first, _, number = code.partition("-")
    known = {"none": "No theme", "unnamed": "Unnamed", **themes()}
    named = known.get(first, spoken(first))
    return f"{named} ({number})" if number else named


def _of_time(by: str, code: str) -> str:
    number = code.rpartition("-")[2]
    if not number.isdecimal():
        return code
    if by == "hour":
        return f"{int(number):02}:00"
    words = WEEKDAYS if by == "weekday" else ("", *MONTHS)
    word = words[int(number)] if int(number) < len(words) else code
    return f"{word} {code[:4]}" if by == "month" else word
