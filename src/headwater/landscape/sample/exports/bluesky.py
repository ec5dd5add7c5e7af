"""Bluesky: feed views, one a line.

Source: https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed
"""

from collections.abc import Sequence

from headwater.landscape.sample import ids
from headwater.landscape.sample.exports.lines import Json, line
from headwater.landscape.sample.posts import Post


def export(posts: Sequence[Post]) -> bytes:
    """Write a feed."""
    return b"".join(line({"post": _view(post)}, post.fate) for post in posts)


def _view(post: Post) -> Json:
    return {
        "uri": post.post_id,
        "cid": _cid(post.post_id),
        "author": _author(post),
        "record": _record(post),
        "bookmarkCount": 0,
        "replyCount": post.n_replies,
        "repostCount": post.n_shares,
        "likeCount": post.n_likes,
        "quoteCount": 0,
        "indexedAt": _time(post),
        "labels": [],
    }


def _author(post: Post) -> Json:
    account = post.account
    return {
        "did": ids.did(account.handle),
        "handle": f"{account.handle}.fjordby.example",
        "displayName": account.name,
        "labels": [],
        "createdAt": "2023-11-04T09:30:00.000Z",
    }


def _record(post: Post) -> Json:
    record: dict[str, object] = {
        "$type": "app.bsky.feed.post",
        "createdAt": _time(post),
        "langs": [post.account.language],
        "text": post.text,
    }
    if post.parent_id:
        root, parent = ({"cid": _cid(uri), "uri": uri} for uri in (post.thread_id, post.parent_id))
        record["reply"] = {"parent": parent, "root": root}
    return record


def _cid(uri: str) -> str:
    return f"bafyrei{ids.made(uri, 26)}{ids.made(uri[::-1], 26)}"


def _time(post: Post) -> str:
    return f"{post.at:%Y-%m-%dT%H:%M:%S}.{post.at.microsecond // 1000:03}Z"
