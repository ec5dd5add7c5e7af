"""Mastodon: a timeline, an array of statuses with texts in HTML.

Source: https://docs.joinmastodon.org/entities/Status/
"""

import html
import re
from collections.abc import Sequence
from datetime import datetime

import orjson

from headwater.landscape.sample import camps, ids
from headwater.landscape.sample.exports.lines import Json
from headwater.landscape.sample.posts import Account, Fate, Post

LINK = re.compile(r"https://\S+")
MENTION = re.compile(r"(?<!\S)@(\w+)")
ANCHOR = r'<a href="\g<0>" target="_blank" rel="nofollow noopener">\g<0></a>'
CARD = (
    rf'<span class="h-card"><a href="https://{camps.HOME}/@\1" class="u-url mention">'
    r"@<span>\1</span></a></span>"
)


def export(posts: Sequence[Post]) -> bytes:
    """Write a timeline."""
    writers = {post.post_id: post.account for post in posts}
    statuses = [_status(post, writers.get(post.parent_id)) for post in posts]
    return orjson.dumps(statuses, option=orjson.OPT_INDENT_2)


def _status(post: Post, answered: Account | None) -> Json:
    host, own_id = camps.instance(post.account), _own_id(post)
    return {
        "id": post.post_id,
        "created_at": _time(post.at),
        "in_reply_to_id": post.parent_id or None,
        "in_reply_to_account_id": ids.number(answered.handle, 18) if answered else None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": _visibility(post),
        "language": post.account.language,
        "uri": f"https://{host}/users/{post.account.handle}/statuses/{own_id}",
        "url": f"https://{host}/@{post.account.handle}/{own_id}",
        "replies_count": post.n_replies,
        "reblogs_count": post.n_shares,
        "favourites_count": post.n_likes,
        "edited_at": _time(post.edited_at) if post.edited_at else None,
        "content": "" if post.shared else _content(post.text),
        "reblog": _status(post.shared, None) if post.shared else None,
        "account": _account(post.account),
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
    }


def _own_id(post: Post) -> str:
    """Give the id on the post's own instance, which is another than that of the server asked."""
    at_home = camps.instance(post.account) == camps.HOME
    return post.post_id if at_home else ids.number(f"own id of {post.post_id}", 18)


def _visibility(post: Post) -> str:
    if post.fate == Fate.NOT_PUBLIC:
        return ("private", "direct")[post.n_likes % 2]
    return "unlisted" if post.n_likes % 10 == 9 else "public"


def _content(text: str) -> str:
    linked = LINK.sub(ANCHOR, html.escape(text, quote=False))
    return f"<p>{MENTION.sub(CARD, linked)}</p>"


def _account(account: Account) -> Json:
    host = camps.instance(account)
    return {
        "id": ids.number(account.handle, 18),
        "username": account.handle,
        "acct": account.handle if host == camps.HOME else f"{account.handle}@{host}",
        "display_name": account.name,
        "locked": False,
        "bot": False,
        "group": False,
        "created_at": "2022-11-18T00:00:00.000Z",
        "note": "",
        "url": f"https://{host}/@{account.handle}",
        "avatar": f"https://{camps.HOME}/avatars/original/missing.png",
        "followers_count": 120,
        "following_count": 90,
        "statuses_count": 400,
        "emojis": [],
        "fields": [],
    }


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
