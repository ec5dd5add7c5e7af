"""Readers: exports of platforms in, batches of raw posts out; one file a platform.

To add a platform, declare its layout in a module of its own and put it into LAYOUTS or READERS.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from headwater.landscape.readers import (
    bluesky,
    detect,
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
from headwater.landscape.shapes import Export, Reader

# The first that knows a file takes it: those that wrap or flatten others' posts stand before them.
READERS: tuple[Reader, ...] = (
    zeeschuimer.READER,
    bluesky.READER,
    mastodon.READER,
    reddit.READER,
    telegram.READER,
    youtube.READER,
    x.READER,
    tiktok.READER,
    meta.READER,
    fourcat.READER,
    news.READER,
    table.READER,
)
LAYOUTS = {
    platform.LAYOUT.name: platform.LAYOUT
    for platform in (
        *(zeeschuimer, bluesky, mastodon, reddit, telegram, youtube),
        *(x, tiktok, meta, fourcat, news),
    )
}


def find(wanted: Sequence[str]) -> tuple[Export, ...]:
    """Give the exports of files, folders and globs, in order; `format:path` forces a format."""
    return finding.find(wanted, READERS).exports


def unread(wanted: Sequence[str]) -> tuple[Path, ...]:
    """Give the files in folders and zips that `find` leaves out, for no reader knows them."""
    return finding.find(wanted, READERS).unread


def describe(export: Export) -> Mapping[str, str]:
    """Say what each of our columns is made of in this export: a path, a column, or a rule."""
    whole = export.parts[0]
    if isinstance(export.reader.read, partial) and export.reader.name == "table":
        return table.describe(export.reader.read.args[0], whole)
    fields = detect.form_of(LAYOUTS[export.reader.name], finding.head(whole)).fields
    return {name: path if isinstance(path, str) else "by rule" for name, path in fields.items()}
