"""Ways to damage an export, drawn by seed."""

import random
from collections.abc import Callable

import orjson

DEEP = b"[" * 3_000
STRANGE = (
    *(b"\0", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"NaN", b"1e400", b"-0", b"9" * 400, b"null"),
    *(
        b'"',
        b"\\",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\n",
        b"\r",
        b"\r\n",
        b"\t",
        b";",
        b"<",
        b">",
    ),
    *(b"&", b"<!DOCTYPE a>", b"]]>", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xa8", b"[]", b"{}"),
)
VALUES = (
    None,
    True,
    -1,
    0,
    1.5,
    2**63,
    2**80,
    "",
    "x",
    "\0",
    [],
    {},
    [[]],
    [{}],
    {"id": 1},
    "9" * 30,
)

Way = Callable[[bytes, random.Random], bytes]


def damaged(sample: bytes, seed: int) -> bytes:
    """Damage a sample in one to four ways."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(rng.randint(1, 4)):
        sample = rng.choice(WAYS)(sample, rng)
    return sample


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(1) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(STRANGE) + data[at:]


def _splice(data: bytes, rng: random.Random) -> bytes:
    first, second, third = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    return data[:second] + data[first:third] + data[third:]


def _drop(data: bytes, rng: random.Random) -> bytes:
    first, second = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[min(second, first + 40) :]


def _deepen(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + DEEP + data[at:]


def _change_value(data: bytes, rng: random.Random) -> bytes:
    """Put a strange value somewhere into one of the JSON values, if the sample has any."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    for start, stop in ((at, at + 1), (0, len(lines))):
        try:
            value = orjson.loads(b"\n".join(lines[start:stop]))
        except orjson.JSONDecodeError:
            continue
        changed = orjson.dumps(_changed(value, rng), option=orjson.OPT_NON_STR_KEYS)
        return b"\n".join([*lines[:start], changed, *lines[stop:]])
    return data


def _changed(value: object, rng: random.Random) -> object:
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        return value | {key: _changed(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        return [*value[:at], _changed(value[at], rng), *value[at + 1 :]]
    strange = rng.choice(VALUES)
    return str(strange) if isinstance(strange, int) and abs(strange) >= 2**63 else strange


WAYS: tuple[Way, ...] = (
    *(_flip, _flip, _cut, _insert, _insert, _splice, _drop, _deepen),
    *(_change_value, _change_value, _change_value),
)
