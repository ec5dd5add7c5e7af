"""Bluesky: feed views, post views, commits of the firehose, and the tables of twitwi and minet."""

from headwater.landscape.readers import reading, reasons
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
)

OTHER_RECORDS = {
    "actor.profile": "profile",
    "actor.status": "profile",
    "feed.generator": "feed",
    "feed.like": "like",
    "feed.postgate": "rule on quotes",
    "feed.repost": "share without its text",
    "feed.threadgate": "rule on replies",
    "graph.block": "block",
    "graph.follow": "follow",
    "graph.list": "list",
    "graph.listblock": "block",
    "graph.listitem": "list",
    "graph.starterpack": "list",
}


def _links(get: Get) -> Values:
    """List the links a record marks in its text, and the page it shows below."""
    return [
        _linked(facets, card)
        for facets, card in zip(get("facets"), get("embed.external.uri"), strict=True)
    ]


def _linked(facets: object, card: object) -> list[object]:
    found = [card] if isinstance(card, str) else []
    for facet in facets if isinstance(facets, list) else ():
        features = facet.get("features") if isinstance(facet, dict) else None
        for feature in features if isinstance(features, list) else ():
            if isinstance(feature, dict) and isinstance(feature.get("uri"), str):
                found.append(feature["uri"])
    return list(dict.fromkeys(found))


RECORD: Fields = {
    "thread": "reply.root.uri",
    "parent": "reply.parent.uri",
    "links": _links,
    "text": "text",
    "posted_at": "createdAt",
    "stated_language": "langs.0",
}
VIEW: Fields = {
    "platform": always("bluesky"),
    "post_id": "uri",
    "author": "author.did",
    **beneath("record", RECORD),
    "n_reactions": "likeCount",
    "n_replies": "replyCount",
    "n_shares": "repostCount",
}
POST_VIEW = Form(mark="record", fields=VIEW, keys=keys("uri cid author did record createdAt"))
REPOST = Form(
    mark="reason.by.did",
    fields=beneath("post", VIEW)
    | {
        "platform": always("bluesky"),
        "post_id": joined("{} {}", "post.uri", "reason.by.did"),
        "author": "reason.by.did",
        "parent": "post.uri",
        "posted_at": "reason.indexedAt",
        "is_share": always(True),
    },
    keys=keys("post uri did record createdAt"),
)
FEED_VIEW = Form(
    mark="post",
    fields=beneath("post", VIEW),
    keys=keys("post uri did record createdAt"),
)
COMMIT = Form(
    mark="kind",
    fields=beneath("commit.record", RECORD)
    | {
        "platform": always("bluesky"),
        "post_id": joined("at://{}/{}/{}", "did", "commit.collection", "commit.rkey"),
        "author": "did",
    },
    keys=keys("did time_us kind"),
    refuse={
        "kind": {kind: reasons.not_a_post(kind) for kind in ("identity", "account")},
        "commit.operation": {"delete": reasons.REMOVED},
        "commit.collection": {
            f"app.bsky.{name}": reasons.not_a_post(kind) for name, kind in OTHER_RECORDS.items()
        },
    },
)


def _twitwi_ids(get: Get) -> Values:
    """Give a share an id of its own, as `REPOST` does."""
    pairs = zip(get("uri"), get("repost_by_user_did"), strict=True)
    return [f"{uri} {sharer}" if uri and sharer else uri for uri, sharer in pairs]


TWITWI = Form(
    mark="user_did",
    fields={
        "platform": always("bluesky"),
        "post_id": _twitwi_ids,
        "author": "repost_by_user_did | user_did",
        "thread": "to_root_post_uri",
        "parent": "to_post_uri",
        "links": "links",
        "text": "original_text | text",
        "posted_at": "repost_timestamp_utc | timestamp_utc",
        "stated_language": "user_langs",
        "n_reactions": "like_count",
        "n_replies": "reply_count",
        "n_shares": "repost_count",
        "is_share": present("repost_by_user_did"),
    },
    keys=keys("uri user_did timestamp_utc to_post_uri"),
)
FORMS = (REPOST, FEED_VIEW, POST_VIEW, COMMIT, TWITWI)
LAYOUT = Layout("bluesky", FORMS, pages=("feed", "posts"), tabular=True)
READER = reading.reader(LAYOUT, "https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed")
