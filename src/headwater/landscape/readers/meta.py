"""Facebook and Instagram posts and comments of the Meta Content Library."""

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import Form, Get, Layout, keys, present


def _platforms(get: Get) -> Values:
    """Tell Instagram from Facebook by the kind of owner, or the address."""
    pairs = zip(get("post_owner.type | owner.type"), get("mcl_url | url"), strict=True)
    return ["instagram" if "instagram" in f"{pair}".lower() else "facebook" for pair in pairs]


POST = Form(
    mark="creation_time",
    fields={
        "platform": _platforms,
        "post_id": "id",
        "author": "post_owner.id | owner.id | author.id",
        "community": "surface.id | surface.name | post_owner.id",
        "thread": "post_id | id",
        "parent": "parent_id | post_id",
        "links": "link_attachment.link",
        "text": "text",
        "posted_at": "creation_time",
        "edited_at": "modified_time",
        "stated_language": "lang",
        "n_reactions": "statistics.reaction_count | statistics.like_count",
        "n_replies": "statistics.comment_count | statistics.reply_count",
        "n_shares": "statistics.share_count",
        "n_views": "statistics.views",
        "is_share": present("shared_post_id"),
    },
    keys=keys("id text creation_time"),
    refuse={"surface.visibility": {"private": reasons.PRIVATE_CHAT}},
)
LAYOUT = Layout("meta", (POST,), pages=("data",), tabular=True)
READER = reading.reader(
    LAYOUT, "https://developers.facebook.com/docs/content-library-and-api/data-dictionary"
)
