"""Which reader a file is for, told by the names in its head."""

import re

import orjson

from headwater.landscape.readers.forms import Layout
from headwater.landscape.readers.rows import names_of

NAME = re.compile(rb'"([^"\\\n]{1,60})"\s*:')


def knows(layout: Layout, head: bytes) -> bool:
    """Tell whether the head holds all names of one of the layout's forms."""
    found = names(head)
    return any(form.keys and form.keys.issubset(found) for form in layout.forms)


def is_json(head: bytes) -> bool:
    """Tell JSON from a table by its first character."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def names(head: bytes) -> list[str]:
    """Give the names in the head of a JSON file, or those in a table's first line."""
    if is_json(head):
        found = (name.decode(errors="replace") for name in NAME.findall(head))
        return list(dict.fromkeys(found))
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return names_of(first.decode(errors="replace").rstrip("\r"))


def is_of_lines(head: bytes) -> bool:
    """Tell whether the first line is one whole JSON object, as in NDJSON."""
    first, newline, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    try:
        value = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return bool(newline) and isinstance(value, dict)
