"""Reddit: comments as Pushshift archives them, one a line.

Source: https://github.com/pushshift/api
"""

from collections.abc import Sequence

from headwater.landscape.sample import ids
from headwater.landscape.sample.exports.lines import Json, line
from headwater.landscape.sample.posts import Fate, Post

SUBREDDITS = ("fjordby", "fjordby", "fjordbyhavn", "fjordkysten")


def export(posts: Sequence[Post]) -> bytes:
    """Write an archive."""
    return b"".join(line(_comment(post), post.fate) for post in posts)


def _comment(post: Post) -> Json:
    is_removed = post.fate == Fate.REMOVED
    submission = ids.base36(int(ids.number(post.page, 9)))
    subreddit = ids.pick(SUBREDDITS, post.page)
    created = int(post.at.timestamp())
    return {
        "author": "[deleted]" if is_removed else post.account.handle,
        "author_flair_text": None,
        "author_fullname": None if is_removed else f"t2_{ids.made(post.account.handle, 8)}",
        "body": "[removed]" if is_removed else post.text,
        "controversiality": 0,
        "created_utc": created,
        "distinguished": None,
        "edited": int(post.edited_at.timestamp()) if post.edited_at else False,
        "gilded": 0,
        "id": post.post_id,
        "is_submitter": False,
        "link_id": f"t3_{submission}",
        "parent_id": f"t1_{post.parent_id}" if post.parent_id else f"t3_{submission}",
        "permalink": f"/r/{subreddit}/comments/{submission}/_/{post.post_id}/",
        "retrieved_on": created + 86_400,
        "score": 1 + post.n_likes,
        "stickied": False,
        "subreddit": subreddit,
        "subreddit_id": f"t5_{ids.made(subreddit, 5)}",
        "subreddit_type": "public",
    }
