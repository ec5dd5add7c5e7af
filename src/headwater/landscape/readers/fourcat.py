"""4CAT's tables and lines, which give every platform the same first columns."""

from headwater.landscape.readers import reading
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import Form, Get, Layout, always, joined, keys, together

OWN_COLUMNS = {  # a column only that platform's items have
    "tiktok_url": "tiktok",
    "subreddit": "reddit",
    "tweet_url": "x",
    "bsky_url": "bluesky",
    "instagram_url": "instagram",
}


def _platforms(get: Get) -> Values:
    """Tell the platform by the columns that only its items have."""
    found = zip(*map(get, OWN_COLUMNS), strict=True)
    names = list(OWN_COLUMNS.values())
    return [next((n for n, v in zip(names, row, strict=True) if v), "4cat") for row in found]


ITEM = Form(
    mark="body",
    fields={
        "platform": _platforms,
        "post_id": "id",
        "author": "author_id | author",
        "community": "subreddit | board | community",
        "thread": "thread_id",
        "parent": "reply_to | parent_id | parent",
        "text": together("subject", "body"),
        "posted_at": "unix_timestamp | timestamp",
        "stated_language": "language | language_guess",
        "n_reactions": "likes | like_count | score",
        "n_replies": "comments | reply_count | num_comments",
        "n_shares": "shares | retweet_count",
        "n_views": "plays | views | impression_count",
    },
    keys=keys("id thread_id timestamp body author"),
)
TELEGRAM = ITEM._replace(
    mark="chat",
    fields=ITEM.fields
    | {
        "platform": always("telegram"),
        "post_id": joined("{}/{}", "chat", "id"),
        "community": "chat",
        "thread": joined("{}/{}", "chat", "reply_to | id"),
        "parent": joined("{}/{}", "chat", "reply_to"),
    },
)
LAYOUT = Layout("4cat", (TELEGRAM, ITEM), tabular=True)
READER = reading.reader(LAYOUT, "https://github.com/digitalmethodsinitiative/4cat/wiki")
