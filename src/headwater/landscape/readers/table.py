"""Any table of posts: CSV, TSV, XLSX, NDJSON, Parquet, by ordinary column names or a mapping."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import partial

import orjson

from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.readers import batches, detect, packed, reading, sheets
from headwater.landscape.readers.blocks import Block, Values
from headwater.landscape.readers.forms import Form, Get, Layout, Source, always, joined
from headwater.landscape.shapes import Part, RawBatch, Reader

NAMES = {  # column of RAW_POST -> ordinary names, the likeliest first
    "platform": "platform network source_platform plattform plateforme",
    "post_id": "id post_id comment_id tweet_id status_id uuid uri guid message_id msg_id url"
    " permalink",
    "author": "author_id user_id author user username user_name screen_name account handle from"
    " author_name sender autor nutzer auteur bruger forfatter gebruiker användare",
    "community": "community community_id channel channel_id page page_id page_name group group_id"
    " subreddit forum board chat kanal gruppe seite canal groupe grupo pagina side gruppe_id",
    "thread": "thread thread_id conversation_id root_id video_id topic_id",
    "parent": "parent parent_id in_reply_to in_reply_to_id reply_to reply_to_id svar_til",
    "links": "links urls link shared_url expanded_urls link_domain",
    "text": "text body message content full_text comment post caption description tweet inhalt"
    " nachricht beitrag kommentar texte contenu tekst besked indhold bericht inhoud texto testo"
    " meddelande melding",
    "posted_at": "posted_at created_at created_utc timestamp_utc published_at created published"
    " date_time datetime timestamp time date when unix_timestamp zeit datum zeitpunkt erstellt_am"
    " tidspunkt dato tid tijd fecha data heure",
    "edited_at": "edited_at updated_at modified_at modified_time edited",
    "stated_language": "language lang stated_language langue sprache sprog taal språk idioma lingua",
    "n_reactions": "likes n_reactions like_count likes_count reactions reaction_count favorites"
    " favourites_count score upvotes",
    "n_replies": "replies n_replies reply_count replies_count comments comment_count num_comments",
    "n_shares": "shares n_shares share_count shares_count retweets retweet_count reposts forwards",
    "n_views": "views n_views view_count views_count impressions plays",
    "is_share": "is_share is_retweet is_repost is_forward is_reblog",
}
NEEDED = ("text", "posted_at")
IN_COMMUNITY = frozenset({"message_id", "msg_id"})  # counted in each channel anew

Chosen = Mapping[str, str]  # column of RAW_POST -> name of the file's own


def reader(chosen: Chosen) -> Reader:
    """Make the reader of tables whose columns are given, or found where they are not."""
    return Reader(
        "table",
        "https://www.rfc-editor.org/rfc/rfc4180",
        read=partial(read, chosen),
        knows=knows,
        describe=partial(describe, chosen),
    )


def read(chosen: Chosen, part: Part) -> Iterator[RawBatch]:
    """Yield the rows in file order; divert those that are no posts."""
    names = names_of(part)
    columns = mapping(names, chosen)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ExportError(
            f"{part.path} {part.member}: no column for {' and '.join(missing)} among "
            f"{listed(names)}; name them: table[text=COLUMN,posted_at=COLUMN]:PATH"
        )
    return batches.told(_layout(columns), part, records(columns, part))


def records(columns: Chosen, part: Part) -> Iterator[Block]:
    """Give the rows of any table in file order, with at least these columns of the file."""
    if sheets.is_sheet(part):
        return sheets.blocks(part.path, sorted(set(columns.values())))
    return (_literal(block, columns) for block in reading.blocks(_layout(columns), part))


def _literal(block: Block, columns: Chosen) -> Block:
    """Take a column's name at its word: in JSON one with a dot would be read as a path."""
    if "" in block.known:
        rows = block.known[""]
        for name in columns.values():
            block.known[name] = [one.get(name) if isinstance(one, dict) else None for one in rows]
    return block


def names_of(part: Part) -> list[str]:
    """Name the columns of any table."""
    return sheets.names(part.path) if sheets.is_sheet(part) else _head_names(packed.head(part))


def mapping(names: list[str], chosen: Chosen) -> dict[str, str]:
    """Say which of the file's columns becomes which of ours."""
    strange = [name for name in chosen.values() if name not in names]
    if strange:
        raise SettingsError(f"no column {strange[0]!r}; there is {listed(names)}")
    plain = {_plain(name): name for name in reversed(names)}
    found = {
        column: plain[name]
        for column, ordinary in NAMES.items()
        for name in reversed(ordinary.split())
        if name in plain
    }
    return found | dict(chosen)


def listed(names: list[str]) -> str:
    """List the names of columns; what does not look like one may be a post, without a header."""
    listed = ", ".join(name for name in names[:40] if COLUMN.fullmatch(name))
    return listed or "nothing that looks like a name: the first line must name the columns"


def describe(chosen: Chosen, part: Part) -> dict[str, str]:
    """Say which column of this file becomes which of ours."""
    columns = mapping(names_of(part), chosen)
    return reading.zoned(columns, part) if form(columns).is_local else columns


def column_of(name: str) -> str:
    """Give the column of ours that goes by this name."""
    for column, ordinary in NAMES.items():
        if name == column or name in ordinary.split():
            return column
    raise SettingsError(f"no field {name!r} in a table; there is {', '.join(NAMES)}")


def form(columns: Mapping[str, str]) -> Form:
    """Declare a table by its columns."""
    fields: dict[str, Source] = {"platform": always("table"), "post_id": partial(_digests, columns)}
    fields |= columns
    if "community" in columns and _plain(columns.get("post_id", "")) in IN_COMMUNITY:
        fields["post_id"] = joined("{}/{}", columns["community"], columns["post_id"])
    if "platform" in columns:
        fields["platform"] = partial(_platforms, columns["platform"])
    is_local = "utc" not in _plain(columns.get("posted_at", "")).split("_")
    return Form(mark="", fields=fields, keys=frozenset(), is_local=is_local)


def _layout(columns: Chosen) -> Layout:
    return Layout("table", (form(columns),), tabular=True)


def knows(head: bytes) -> bool:
    """Tell whether a head has columns for what a post needs."""
    if head.startswith(sheets.MAGIC):
        return True
    return set(NEEDED) <= mapping(_head_names(head), {}).keys()


def _plain(name: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _head_names(head: bytes) -> list[str]:
    """Name the columns: of the objects in the head, or in the first line."""
    found: dict[str, None] = {}
    for line in head.splitlines()[:100] if detect.is_json(head) else ():
        try:
            value = orjson.loads(line.strip().rstrip(b","))
        except orjson.JSONDecodeError:
            continue
        found |= dict.fromkeys(value) if isinstance(value, dict) else {}
    return list(found) or detect.names(head)


COLUMN = re.compile(r"[^\W\d][\w.-]*(?: [\w.-]+){0,2}")
SHORT = {
    "bsky": "bluesky",
    "fb": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "twitter": "x",
    "yt": "youtube",
}


def _platforms(name: str, get: Get) -> Values:
    named = (value.lower() if isinstance(value, str) and value else "table" for value in get(name))
    return [SHORT.get(one, one) for one in named]


def _digests(columns: Mapping[str, str], get: Get) -> Values:
    """Make an id of what tells a post from others, where the table gives none."""
    told = ("platform", "community", "author", "posted_at", "text")
    rows = zip(*(get(columns[name]) for name in told if name in columns), strict=True)
    return [
        hashlib.blake2b(repr(row).encode(errors="replace"), digest_size=16).hexdigest()
        for row in rows
    ]


READER = reader({})
