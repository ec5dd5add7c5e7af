"""4CAT's tables, and the lines it keeps of what Zeeschuimer and its own collectors gave it.

Source: the `map_item` of each of 4CAT's data sources.
"""

import re

from headwater.landscape.readers import reading, reasons, zeeschuimer
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import (
    Fields,
    Form,
    Get,
    Layout,
    always,
    beneath,
    joined,
    keys,
    present,
    together,
)

HOST = re.compile(r"https?://(?:[\w-]+\.)*?(\w[\w-]*\.\w+)(?:/|$)")
PLATFORMS = {
    "9gag.com": "9gag",
    "bsky.app": "bluesky",
    "facebook.com": "facebook",
    "gab.com": "gab",
    "imgur.com": "imgur",
    "instagram.com": "instagram",
    "linkedin.com": "linkedin",
    "threads.com": "threads",
    "threads.net": "threads",
    "tiktok.com": "tiktok",
    "truthsocial.com": "truthsocial",
    "twitter.com": "x",
    "x.com": "x",
}
ADDRESS = "comment_url | tiktok_url | tweet_url | link | post_url | url"  # of the post itself
RETWEET = re.compile(r"RT @\w+:? ")


def _platforms(get: Get) -> Values:
    """Tell the platform by the column that only Reddit has, or the host of the post's address."""
    pairs = zip(get("subreddit"), get(ADDRESS), strict=True)
    return ["reddit" if subreddit else _platform(address) for subreddit, address in pairs]


def _platform(address: object) -> str:
    host = HOST.match(address) if isinstance(address, str) else None
    return PLATFORMS.get(host[1], "4cat") if host else "4cat"


def _texts(get: Get) -> Values:
    """Give the text under its title; of a retweet without the words that say it is one."""
    whole = together("subject", "body")
    texts = whole(get) if callable(whole) else []
    shared = zip(texts, get("is_retweet"), strict=True)
    return [RETWEET.sub("", text, count=1) if flag == "yes" else text for text, flag in shared]


ITEM = Form(
    mark="body",
    fields={
        "platform": _platforms,
        "post_id": "id",
        "author": "author_id | account_id | author",
        "community": "subreddit | board | group_id",
        "thread": "post_id | thread_id",
        "parent": "reply_to | parent_id | parent",
        "text": _texts,
        "posted_at": "unix_timestamp | created_at | timestamp",
        "stated_language": "language | language_guess",
        "n_reactions": "likes | like_count | num_likes | reaction_count | score",
        "n_replies": "comments | replies | num_comments | reply_count | replies_count",
        "n_shares": "shares | reposts | retweet_count | repost_count | reposts_count"
        " | reblogs_count",
        "n_views": "plays | views | impression_count",
        "is_share": "is_retweet",
    },
    keys=keys("id thread_id body timestamp"),
    refuse={
        "is_promoted": {"yes": reasons.not_a_post("advert")},
        "type": {"group": reasons.not_a_post("group"), "user": reasons.not_a_post("profile")},
    },
)
FACEBOOK = ITEM._replace(
    mark="is_in_group",
    keys=keys("id body timestamp is_in_group"),
    refuse={"is_in_group": dict.fromkeys(("yes", "no"), reasons.UNKNOWN_AUDIENCE)},
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
        "edited_at": "unix_timestamp_edited",
        "is_share": present("timestamp_forwarded_from"),
    },
    refuse={"chat": {"": reasons.PRIVATE_CHAT}},  # only a public chat has a name in addresses
)
RECORD: Fields = {
    "thread": "reply.root.uri",
    "parent": "reply.parent.uri",
    "text": "text",
    "posted_at": "created_at",
    "stated_language": "langs.0",
}
BLUESKY = Form(
    mark="4CAT_metadata",
    fields={
        "platform": always("bluesky"),
        "post_id": "uri",
        "author": "author.did",
        **beneath("record", RECORD),
        "n_reactions": "like_count",
        "n_replies": "reply_count",
        "n_shares": "repost_count",
    },
    keys=keys("4CAT_metadata uri record did text created_at"),
)
LINES = tuple(
    form._replace(keys=keys("__import_meta source_platform"))
    for form in zeeschuimer.forms("__import_meta.source_platform", "")
)
LAYOUT = Layout(
    name="4cat",
    forms=(*LINES, BLUESKY, TELEGRAM, FACEBOOK, ITEM),
    tabular=True,
)
READER = reading.reader(LAYOUT, "https://github.com/digitalmethodsinitiative/4cat/wiki")
