"""News and their comments as RSS and Atom feeds."""

from collections.abc import Iterator
from functools import partial

from headwater.landscape.readers import batches, feeds, packed, reading
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import Form, Get, Layout, always, keys, together
from headwater.landscape.readers.lines import owned
from headwater.landscape.shapes import Part, RawBatch, Reader


def _threads(get: Get) -> Values:
    """Give the page a comment stands on: its own address up to the mark of the comment."""
    return [link.partition("#")[0] if isinstance(link, str) else None for link in get("link")]


ENTRY = Form(
    mark="",
    fields={
        "platform": always("news"),
        "post_id": "guid | id | link",
        "author": "creator | name | author",
        "community": "@page.title",
        "thread": _threads,
        "parent": "in-reply-to",
        "text": together("title", "encoded | content | description | summary"),
        "posted_at": "pubDate | published | updated | date",
        "edited_at": "updated",
        "stated_language": "@page.language",
    },
    keys=keys("item"),
    markup=True,
    is_local=True,
)
LAYOUT = Layout("news", (ENTRY,))


def read(part: Part) -> Iterator[RawBatch]:
    """Yield the entries in file order; divert those that are no posts."""
    with packed.opened(part) as (source, stream):
        blocks = feeds.entries(owned(source, part), stream, part.path)
        yield from batches.told(LAYOUT, part, blocks)


def knows(head: bytes) -> bool:
    """Tell a feed by its root."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and any(
        root in head[:4096] for root in (b"<rss", b"<feed", b"<rdf:RDF")
    )


PAGE = "https://www.rssboard.org/rss-specification"
READER = Reader("news", PAGE, read, knows, partial(reading.describe, LAYOUT))
