"""Zeeschuimer's captures: what a browser was shown, one item a line, wrapped."""

from headwater.landscape.readers import mastodon, reading
from headwater.landscape.readers.forms import Fields, Form, Layout, always, beneath, keys

WRAPPER = keys("source_platform timestamp_collected item_id data")


def _captured(source: str, platform: str, fields: Fields) -> Form:
    """Declare the items of one source, by paths inside their wrapper."""
    named = beneath("data", fields) | {"platform": always(platform)}
    return Form(mark=f"source_platform={source}", fields=named, keys=WRAPPER)


VIDEO: Fields = {
    "post_id": "id",
    "author": "author.id | author.uniqueId",
    "thread": "id",
    "text": "desc",
    "posted_at": "createTime",
    "stated_language": "textLanguage",
    "n_reactions": "stats.diggCount",
    "n_replies": "stats.commentCount",
    "n_shares": "stats.shareCount",
    "n_views": "stats.playCount",
}
VIDEO_COMMENT: Fields = {
    "post_id": "cid",
    "author": "user.uid | user.unique_id",
    "thread": "aweme_id",
    "parent": "reply_id",
    "text": "text",
    "posted_at": "create_time",
    "stated_language": "comment_language",
    "n_reactions": "digg_count",
    "n_replies": "reply_comment_total",
}
PICTURE: Fields = {
    "post_id": "pk | id",
    "author": "user.pk | user.id | owner.id",
    "text": "caption.text",
    "posted_at": "taken_at",
    "n_reactions": "like_count",
    "n_replies": "comment_count",
    "n_views": "play_count",
}
TWEET: Fields = {
    "post_id": "rest_id",
    "author": "legacy.user_id_str | core.user_results.result.rest_id",
    "thread": "legacy.conversation_id_str",
    "parent": "legacy.in_reply_to_status_id_str",
    "text": "legacy.retweeted_status_result.result.legacy.full_text"
    " | note_tweet.note_tweet_results.result.text | legacy.full_text",
    "posted_at": "legacy.created_at",
    "stated_language": "legacy.lang",
    "n_reactions": "legacy.favorite_count",
    "n_replies": "legacy.reply_count",
    "n_shares": "legacy.retweet_count",
    "n_views": "views.count",
}
STATUS: Fields = {
    name: source for name, source in mastodon.STATUS.fields.items() if name != "platform"
}
FORMS = (
    _captured("tiktok.com", "tiktok", VIDEO),
    _captured("tiktok-comments", "tiktok", VIDEO_COMMENT),
    _captured("instagram.com", "instagram", PICTURE),
    _captured("threads.net", "threads", PICTURE),
    _captured("twitter.com", "x", TWEET),
    _captured("truthsocial.com", "truthsocial", STATUS)._replace(
        markup=True,
        refuse={"data.visibility": mastodon.STATUS.refuse["visibility"]},
    ),
)
LAYOUT = Layout("zeeschuimer", FORMS)
READER = reading.reader(LAYOUT, "https://github.com/digitalmethodsinitiative/zeeschuimer")
