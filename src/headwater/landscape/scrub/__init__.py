"""Gate one: take out of posts what points to a person.

Accounts, posts, communities and links become keys; addresses, handles and numbers leave the
text; times are cut to the hour. Names written as plain words stay: no software finds them all,
so none is promised. What is left still counts as personal data.
"""

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.scrub import admission, keys, links, times
from headwater.landscape.scrub.admission import objection, objections
from headwater.landscape.scrub.marks import texts
from headwater.landscape.scrub.platforms import PLATFORMS
from headwater.landscape.shapes import (
    POST,
    REJECT,
    TEXT,
    Columns,
    Period,
    PostBatch,
    RawBatch,
    Settings,
)

__all__ = ["PLATFORMS", "Rules", "bare", "batch", "objection", "objections", "rules", "texts"]

_TAG = r"^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?$"
_COUNTS = ("n_reactions", "n_replies", "n_shares", "n_views")
_AS_EXPORTED = ("record", "edited_at", "is_share", *_COUNTS)


class Rules(NamedTuple):
    """What decides who is admitted and how names become keys."""

    key: bytes  # 32 bytes, new for each run
    timezone: str = "UTC"  # the town's, as IANA names it
    period: Period | None = None  # None: all times
    objections: frozenset[str] = frozenset()


def rules(settings: Settings) -> Rules:
    """Give the rules that a town chose, the key left open.

    Raises:
        SettingsError: No such time zone, or a list of objections that cannot be read.
    """
    times.zone(settings.timezone)
    listed = objections(settings.objections) if settings.objections else frozenset()
    return Rules(b"", settings.timezone, settings.period, listed)


def batch(raw: RawBatch, by: Rules) -> PostBatch:
    """Admit posts and take out of them what points to a person; n in, n out with rejects."""
    clock = times.local(raw.rows["posted_at"], by.timezone)
    refused = admission.refusals(raw.rows, clock.posted_on, by.period, by.objections)
    admitted = refused.is_null()
    clock = times.LocalTimes(*(column.filter(admitted) for column in clock))
    rows = _scrubbed(raw.rows.filter(admitted), clock, by.key)
    return PostBatch(rows, _rejects(raw, refused))


def bare(raw: pa.Array) -> PostBatch:
    """Scrub n texts of which nothing else is known."""
    columns = {"text": texts(raw), "stated_language": pa.nulls(len(raw), TEXT)}
    rejects = pa.RecordBatch.from_pylist([], schema=REJECT)
    return PostBatch(pa.RecordBatch.from_pydict(columns), rejects)


def _scrubbed(rows: pa.RecordBatch, clock: times.LocalTimes, key: bytes) -> pa.RecordBatch:
    columns = {
        **{name: rows[name] for name in _AS_EXPORTED},
        "platform": _platforms(rows["platform"]),
        **clock._asdict(),
        **_named(rows, key),
        **_linked(rows, key),
        "text": texts(rows["text"]),
        "stated_language": _tags(rows["stated_language"]),
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in POST.names], schema=POST)


def _named(rows: pa.RecordBatch, key: bytes) -> Columns:
    post, thread, parent, answered = keys.posts(rows, key)
    return {
        "post_key": post,
        "thread_key": thread,
        "parent_key": parent,
        "answered_key": answered,
        "author_key": keys.authors(rows, key),
        "is_authored": rows["author"].is_valid(),
        "community_key": keys.communities(rows, key),
    }


def _linked(rows: pa.RecordBatch, key: bytes) -> Columns:
    row, found = links.of(rows)
    link_keys = keys.hashed(keys.LINK, links.canonical(found), key)
    return {
        "link_keys": links.listed(row, link_keys, len(rows)),
        "link_hosts": links.listed(row, links.hosts(found), len(rows)),
    }


def _platforms(named: pa.Array) -> pa.Array:
    # A table may hold anything in that column, names too; only what we know passes.
    return pc.if_else(pc.is_in(named, pa.array(PLATFORMS, TEXT)), named, "other")


def _tags(stated: pa.Array) -> pa.Array:
    # An export may hold anything there; only what has a language tag's shape passes.
    is_tag = pc.match_substring_regex(stated, _TAG)
    return pc.if_else(is_tag, stated, None)


def _rejects(raw: RawBatch, refused: pa.Array) -> pa.RecordBatch:
    left_out = refused.is_valid()
    more = [raw.rows["record"].filter(left_out), refused.filter(left_out)]
    columns = [pa.concat_arrays(pair) for pair in zip(raw.rejects.columns, more, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=REJECT)
