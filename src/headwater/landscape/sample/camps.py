"""The camps of the town: instances of Mastodon, whose people answer each other, and whom they attack.

All of it follows from names and numbers, by no draw of the town's own, and every post keeps the number
of its answers: all else stays as it is.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from headwater.landscape.sample import ids
from headwater.landscape.sample.posts import Account, Post

PLATFORM = "mastodon"
HOME = "fjordsocial.example"  # the server that was asked
INSTANCES = (
    HOME,
    HOME,
    "havn.example",
    "havn.example",
    "tidevand.example",
)  # each as often as here
DISPUTED = "housing"  # where all hateful answers seek another instance
OWN_SHARE, ACROSS_SHARE = 50, 60  # of 100 answers: sought at home; of hateful ones, elsewhere
NEAR, WITHIN = 40, timedelta(hours=36)  # answers that may be exchanged


def instance(account: Account) -> str:
    """Say on which instance an account of Mastodon is."""
    return ids.pick(INSTANCES, f"instance of {account.handle}")


def crosses(post: Post, parent: Post) -> bool:
    """Say whether an answer leaves its instance."""
    return instance(post.account) != instance(parent.account)


def exchanged(written: list[Post]) -> list[Post]:
    """Let answers of one language exchange what they answer, as far as that suits them."""
    by_id = {post.post_id: post for post in written}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, post in enumerate(written):
        if post.account.platform == PLATFORM and post.parent_id:
            places[post.account.language].append(place)
    posts = list(written)
    for own in places.values():
        for at, place in enumerate(own):
            _exchange(posts, by_id, place, own[at + 1 : at + NEAR])
    return posts


def _exchange(posts: list[Post], by_id: dict[str, Post], place: int, later: Sequence[int]) -> None:
    """Give this answer the parent of a later one, where that suits both better."""
    post = posts[place]
    for other_place in later:
        other, parent = posts[other_place], by_id[post.parent_id]
        if _suits(post, parent):
            return
        others = by_id[other.parent_id]
        is_open = others.at < post.at and other.at - parent.at < WITHIN
        gains = _suits(post, others) and _suits(other, parent) >= _suits(other, others)
        if is_open and gains:
            posts[place] = post._replace(parent_id=other.parent_id)
            posts[other_place] = other._replace(parent_id=post.parent_id)
            return


def _suits(post: Post, parent: Post) -> bool:
    lot = int(ids.number(f"camp of {post.post_id}", 9)) % 100
    if post.said.kind == "hate":
        return crosses(post, parent) or not (lot < ACROSS_SHARE or post.said.topic == DISPUTED)
    return lot >= OWN_SHARE or not crosses(post, parent)
