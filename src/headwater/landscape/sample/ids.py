"""The ids that platforms give, made up from what a post is, so that no two are alike."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

BASE32 = "234567abcdefghijklmnopqrstuvwxyz"  # in the order in which Bluesky's keys sort
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class Maker(NamedTuple):
    """What an id may be made of."""

    handle: str  # of the author
    at: datetime
    number: int  # of the post in the town
    thread_id: str  # of the post that opened the talk; empty for that post itself


def post_id(platform: str, maker: Maker) -> str:
    """Give a post the id that its platform would."""
    return POST_IDS[platform](maker)


def made(what: str, n: int) -> str:
    """Make `n` letters and digits, at most 26, that stand for this and nothing else."""
    digest = hashlib.blake2b(what.encode(), digest_size=20).digest()
    return base64.b32encode(digest).decode().lower()[:n]


def number(what: str, n: int) -> str:
    """Make a number of `n` digits, at most 18, that stands for this and nothing else."""
    digest = hashlib.blake2b(what.encode(), digest_size=8).digest()
    return str(10 ** (n - 1) + int.from_bytes(digest) % (9 * 10 ** (n - 1)))


def pick(choices: Sequence[str], what: str) -> str:
    """Give this thing one of the choices, always the same."""
    return choices[int(number(what, 9)) % len(choices)]


def did(handle: str) -> str:
    """Give the decentralised id of a Bluesky account."""
    return f"did:plc:{made(handle, 24)}"


def base36(value: int) -> str:
    """Write a number as Reddit does."""
    return _in_base(value, BASE36)


def _bluesky(post: Maker) -> str:
    key = (int(post.at.timestamp() * 1_000) * 1_000 << 10) + post.number % 1024
    return f"at://{did(post.handle)}/app.bsky.feed.post/{_in_base(key, BASE32)}"


def _mastodon(post: Maker) -> str:
    return str((int(post.at.timestamp() * 1_000) << 16) + post.number % 65536)


def _reddit(post: Maker) -> str:
    return base36(36**6 // 2 + 7 * post.number)


def _telegram(post: Maker) -> str:
    return str(1_000 + post.number)


def _youtube(post: Maker) -> str:
    if post.thread_id:
        return f"{post.thread_id}.{made(f'answer {post.number}', 22)}"
    return f"Ugx{made(f'comment {post.number}', 18)}4AaABAg"


def _news(post: Maker) -> str:
    return f"fp-{post.number:06}"


def _in_base(value: int, digits: str) -> str:
    written = ""
    while value:
        value, digit = divmod(value, len(digits))
        written = digits[digit] + written
    return written


POST_IDS: dict[str, Callable[[Maker], str]] = {
    "bluesky": _bluesky,
    "mastodon": _mastodon,
    "reddit": _reddit,
    "telegram": _telegram,
    "youtube": _youtube,
    "news": _news,
}
