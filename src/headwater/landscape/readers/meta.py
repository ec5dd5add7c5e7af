"""Facebook and Instagram posts and comments of the Meta Content Library."""

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import Form, Get, Layout, keys, present

INSTAGRAM = {"business", "creator", "personal"}  # kinds of owner that Facebook does not have
OWNER = "post_owner.type | owner.type"
ADDRESS = "mcl_url | url"


def _platforms(get: Get) -> Values:
    """Tell Instagram from Facebook by the kind of owner, or the address."""
    pairs = zip(get(OWNER), get(ADDRESS), strict=True)
    return ["instagram" if _is_instagram(*pair) else "facebook" for pair in pairs]


def _is_instagram(kind: object, address: object) -> bool:
    said = f"{kind} {address}".lower()
    return "instagram" in said or not INSTAGRAM.isdisjoint(said.split()[:1])


POST = Form(
    mark="creation_time",
    fields={
        "platform": _platforms,
        "post_id": "id",
        "author": "post_owner.id | owner.id",  # a private commenter has none
        "community": "surface.id | surface.name | post_owner.id",
        "thread": "post_id | id",
        "parent": "parent_comment_id | parent_id | post_id",
        "links": "link_attachment.link",
        "text": "text",
        "posted_at": "creation_time",
        "edited_at": "modified_time",
        "stated_language": "lang",
        "n_reactions": "statistics.reaction_count | statistics.like_count",
        "n_replies": "statistics.comment_count | statistics.top_level_reply_count",
        "n_shares": "statistics.share_count",
        "n_views": "statistics.views",
        "is_share": present("shared_post_id"),
    },
    keys=keys("id text creation_time"),
    refuse={"surface.visibility": {"private": reasons.PRIVATE_CHAT}},
)
LAYOUT = Layout("meta", (POST,), pages=("data",), tabular=True)
READER = reading.reader(
    LAYOUT,
    "https://developers.facebook.com/docs/content-library-and-api/appendix/data-dictionary",
)
