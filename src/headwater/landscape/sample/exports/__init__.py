"""The shapes in which the platforms give out posts; one file a platform."""

from collections.abc import Callable, Sequence

from headwater.landscape.sample.exports import bluesky, mastodon, news, reddit, telegram, youtube
from headwater.landscape.sample.posts import Fate, Post

EXPORTS: dict[str, Callable[[Sequence[Post]], bytes]] = {
    "bluesky.ndjson": bluesky.export,
    "mastodon.json": mastodon.export,
    "reddit.ndjson": reddit.export,
    "telegram/result.json": telegram.town_square,
    "telegram-private/result.json": telegram.private_group,
    "youtube.ndjson": youtube.export,
    "news-comments.csv": news.export,
}
PATHS = {
    "bluesky": "bluesky.ndjson",
    "mastodon": "mastodon.json",
    "reddit": "reddit.ndjson",
    "telegram": "telegram/result.json",
    "youtube": "youtube.ndjson",
    "news": "news-comments.csv",
}


def by_path(records: Sequence[Post]) -> dict[str, list[Post]]:
    """Tell which file holds which records."""
    held: dict[str, list[Post]] = {path: [] for path in EXPORTS}
    for record in records:
        held[_path(record)].append(record)
    return held


def _path(record: Post) -> str:
    if record.account.platform == "telegram" and record.fate == Fate.NOT_PUBLIC:
        return "telegram-private/result.json"
    return PATHS[record.account.platform]
