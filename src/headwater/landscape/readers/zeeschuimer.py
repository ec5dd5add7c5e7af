"""Zeeschuimer's captures: what a browser was shown, one item a line, wrapped.

Source: Zeeschuimer's modules and 4CAT's mapping of them. 4CAT unwraps the same items when it takes
them in, and keeps the wrapper under a name of its own.
"""

from typing import NamedTuple

from headwater.landscape.readers import mastodon, reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import (
    Fields,
    Form,
    Get,
    Layout,
    Refusals,
    always,
    beneath,
    every,
    keys,
    or_empty,
    present,
)

WRAPPER = keys("source_platform timestamp_collected item_id data")
HIDDEN = {True: reasons.NOT_PUBLIC}
ADVERT = reasons.not_a_post("advert")


class Source(NamedTuple):
    """The items of one of Zeeschuimer's modules."""

    name: str  # as it stands in the wrapper
    platform: str
    fields: Fields
    refuse: Refusals
    markup: bool = False


def _shared(path: str) -> str:
    """Give a path inside the post that a post passes on; some lie one step deeper."""
    result = "legacy.retweeted_status_result.result"
    return f"{result}.{path} | {result}.tweet.{path}"


def _parents(get: Get) -> Values:
    """Give the comment that is answered, where it is none, the video."""
    pairs = zip(get("reply_id"), get("aweme_id"), strict=True)
    return [video if answered in ("0", "", None) else answered for answered, video in pairs]


LONG = "note_tweet.note_tweet_results.result.text"
TWEET: Fields = {
    "post_id": "rest_id | legacy.id_str",
    "author": "legacy.user_id_str | core.user_results.result.rest_id | user.id_str",
    "thread": "legacy.conversation_id_str",
    "parent": "legacy.in_reply_to_status_id_str",
    "links": every("legacy.entities.urls", "expanded_url"),
    "text": " | ".join((_shared(LONG), _shared("legacy.full_text"), LONG, "legacy.full_text")),
    "posted_at": "legacy.created_at",
    "stated_language": "legacy.lang",
    "n_reactions": "legacy.favorite_count",
    "n_replies": "legacy.reply_count",
    "n_shares": "legacy.retweet_count",
    "n_views": "views.count | ext_views.count",
    "is_share": present("legacy.retweeted_status_result"),
}
TWEET_REFUSE: Refusals = {
    "core.user_results.result.legacy.protected": HIDDEN,
    "core.user_results.result.privacy.protected": HIDDEN,
    "user.protected": HIDDEN,
    "promoted": {True: ADVERT},
}
VIDEO: Fields = {
    "post_id": "id",
    "author": "author.id | author.uniqueId | authorId | author",
    "thread": "id",
    "text": "desc",
    "posted_at": "createTime",
    "stated_language": "textLanguage",
    "n_reactions": "stats.diggCount",
    "n_replies": "stats.commentCount",
    "n_shares": "stats.shareCount",
    "n_views": "stats.playCount",
}
VIDEO_REFUSE: Refusals = {
    "privateItem": HIDDEN,
    "secret": HIDDEN,
    "author.privateAccount": HIDDEN,
    "isAd": {True: ADVERT},
}
VIDEO_COMMENT: Fields = {
    "post_id": "cid",
    "author": "user.uid | user.unique_id",
    "thread": "aweme_id",
    "parent": _parents,
    "text": "text",
    "posted_at": "create_time",
    "stated_language": "comment_language",
    "n_reactions": "digg_count",
    "n_replies": "reply_comment_total",
}
PICTURE: Fields = {
    "post_id": "code | shortcode",
    "author": "user.pk | user.id | owner.id | user.username | owner.username",
    "thread": "code | shortcode",
    "text": or_empty("caption.text | edge_media_to_caption.edges.0.node.text"),
    "posted_at": "taken_at | taken_at_timestamp",
    "n_reactions": "like_count | edge_media_preview_like.count",
    "n_replies": "comment_count | edge_media_preview_comment.count",
    "n_views": "play_count",
}
PICTURE_REFUSE: Refusals = {
    "user.is_private": HIDDEN,
    "owner.is_private": HIDDEN,
    "user.text_post_app_is_private": HIDDEN,
    "product_type": {"ad": ADVERT, "story": reasons.not_a_post("story")},
}
PICTURE_COMMENT: Fields = {
    "post_id": "comment_id | id",
    "author": "user.id | user.unique_id",
    "thread": "post_shortcode | post_id",
    "parent": "parent_comment_id",
    "text": "text",
    "posted_at": "created_at_utc | created_at",
    "n_reactions": "comment_like_count",
    "n_replies": "child_comment_count",
}
THREAD: Fields = PICTURE | {
    "n_replies": "text_post_app_info.direct_reply_count",
    "n_shares": "text_post_app_info.repost_count",
}
GAB: Fields = {
    "post_id": "id",
    "author": "account.id",
    "community": "group",
    "text": "content",
    "posted_at": "created_at",
    "n_reactions": "reaction_count",
    "n_replies": "replies_count",
    "n_shares": "reposts_count",
}
GAB_REFUSE: Refusals = {
    "type": {"group": reasons.not_a_post("group"), "user": reasons.not_a_post("profile")}
}
TRUTH: Fields = {
    name: source for name, source in mastodon.STATUS.fields.items() if name != "platform"
} | {"post_id": "id", "author": "account.id | account.url", "community": "group.id"}
SOURCES = (
    *(
        Source(name, "x", TWEET, TWEET_REFUSE)
        for name in ("twitter.com", "x.com", "twitter-comments")
    ),
    Source("tiktok.com", "tiktok", VIDEO, VIDEO_REFUSE),
    Source("tiktok-comments", "tiktok", VIDEO_COMMENT, {}),
    Source("instagram.com", "instagram", PICTURE, PICTURE_REFUSE),
    Source("instagram-comments", "instagram", PICTURE_COMMENT, {"user.is_private": HIDDEN}),
    *(Source(name, "threads", THREAD, PICTURE_REFUSE) for name in ("threads.net", "threads.com")),
    Source("gab.com", "gab", GAB, GAB_REFUSE),
    Source("truthsocial.com", "truthsocial", TRUTH, mastodon.STATUS.refuse, markup=True),
)
UNREAD = {  # Zeeschuimer's other sources, and why their items are left
    **dict.fromkeys(("facebook.com", "facebook-comments"), reasons.UNKNOWN_AUDIENCE),
    "linkedin.com": reasons.NO_TIME,  # it says how long ago, in the reader's language
    **dict.fromkeys(
        (
            *("9gag.com", "imgur.com", "pinterest.com", "parler.com", "douyin.com", "bilibili.com"),
            *("xiaohongshu.com", "xiaohongshu-comments", "rednote.com", "rednote-comments"),
        ),
        reasons.UNKNOWN_SOURCE,
    ),
}


def forms(source_at: str, item_at: str) -> tuple[Form, ...]:
    """Declare all sources, where an item states its source here and lies there."""
    return (
        *(_form(one, source_at, item_at) for one in SOURCES),
        *(
            Form(f"{source_at}={name}", {}, WRAPPER, {source_at: {name: why}})
            for name, why in UNREAD.items()
        ),
    )


def _form(source: Source, source_at: str, item_at: str) -> Form:
    fields = beneath(item_at, source.fields) if item_at else source.fields
    below = f"{item_at}." if item_at else ""
    return Form(
        mark=f"{source_at}={source.name}",
        fields=fields | {"platform": always(source.platform)},
        keys=WRAPPER,
        refuse={f"{below}{path}": by_value for path, by_value in source.refuse.items()},
        markup=source.markup,
    )


LAYOUT = Layout("zeeschuimer", forms("source_platform", "data"))
READER = reading.reader(LAYOUT, "https://github.com/digitalmethodsinitiative/zeeschuimer")
