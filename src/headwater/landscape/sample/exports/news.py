"""Comments below a local paper's articles, as a plain table."""

import csv
import io
from collections.abc import Sequence

from headwater.landscape.sample import ids
from headwater.landscape.sample.posts import Fate, Post

COLUMNS = ("id", "author", "created_at", "text", "platform", "lang", "url", "parent_id", "likes")


def export(posts: Sequence[Post]) -> bytes:
    """Write the table; a broken row ends after its second cell."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for post in posts:
        row = _row(post)
        writer.writerow(row[:2] if post.fate == Fate.BROKEN else row)
    return table.getvalue().encode()


def _row(post: Post) -> tuple[str | int, ...]:
    article = ids.number(post.page, 6)
    return (
        post.post_id,
        post.account.handle,
        "" if post.fate == Fate.NO_TIME else f"{post.at:%Y-%m-%dT%H:%M:%SZ}",
        post.text,
        "news",
        post.account.language,
        f"https://fjordby-post.example/articles/{article}",
        post.parent_id,
        post.n_likes,
    )
