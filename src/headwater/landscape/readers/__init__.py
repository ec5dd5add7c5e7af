"""Readers: exports of platforms in, batches of raw posts out; one file a platform.

To add a platform, declare its layout in a module of its own and put its reader into READERS.
"""

from collections.abc import Sequence

from headwater.landscape.readers import (
    bluesky,
    finding,
    fourcat,
    mastodon,
    meta,
    news,
    reddit,
    table,
    telegram,
    tiktok,
    x,
    youtube,
    zeeschuimer,
)
from headwater.landscape.readers.finding import Found
from headwater.landscape.shapes import Export, Reader

# The first that knows a file takes it: those that wrap or flatten others' posts stand before them.
READERS: tuple[Reader, ...] = (
    fourcat.READER,
    zeeschuimer.READER,
    bluesky.READER,
    mastodon.READER,
    reddit.READER,
    telegram.READER,
    youtube.READER,
    x.READER,
    tiktok.READER,
    meta.READER,
    news.READER,
    table.READER,
)


def look(wanted: Sequence[str]) -> Found:
    """Look through files, folders and globs for exports; `format:path` forces a format."""
    return finding.look(wanted, READERS)


def find(wanted: Sequence[str]) -> tuple[Export, ...]:
    """Give the exports of files, folders and globs, in order; `format:path` forces a format."""
    return look(wanted).exports
