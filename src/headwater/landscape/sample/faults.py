"""What real exports hold besides posts: repeats, edits, broken lines, what is not public."""

from datetime import timedelta
from random import Random

from headwater.landscape.sample.posts import Fate, Post

REPEATS_SHARE = 0.01
EDITS_ON = ("mastodon", "reddit", "telegram", "youtube")  # whose exports tell of an edit
EDITED = {"en": "Edit: spelling.", "de": "Edit: Tippfehler.", "da": "Rettelse: stavefejl."}
FAULTS = (  # platform, what is wrong, share of its posts
    ("bluesky", Fate.BROKEN, 0.001),
    ("bluesky", Fate.NOT_UTF8, 0.001),
    ("mastodon", Fate.NOT_PUBLIC, 0.02),
    ("reddit", Fate.BROKEN, 0.001),
    ("reddit", Fate.NOT_UTF8, 0.001),
    ("reddit", Fate.REMOVED, 0.01),
    ("telegram", Fate.NOT_PUBLIC, 0.03),
    ("telegram", Fate.SERVICE, 0.01),
    ("youtube", Fate.BROKEN, 0.001),
    ("news", Fate.BROKEN, 0.001),
    ("news", Fate.NO_TIME, 0.001),
)


def planted(rng: Random, posts: list[Post]) -> list[Post]:
    """Spoil some posts and repeat others; the list stays in the order of time."""
    fates = _fates(rng, posts)
    spoilt = [post._replace(fate=fates.get(post.post_id, post.fate)) for post in posts]
    repeated = set(rng.sample(_loose(spoilt), round(REPEATS_SHARE * len(posts))))
    records = []
    for post in spoilt:
        records += _twice(rng, post) if post in repeated else [post]
    return sorted(records, key=lambda post: post.edited_at or post.at)


def _fates(rng: Random, posts: list[Post]) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    for platform, fate, share in FAULTS:
        here = [post for post in posts if post.account.platform == platform]
        loose = [post.post_id for post in _loose(here) if post.post_id not in fates]
        n = min(max(2, round(share * len(here))), len(loose))
        fates |= dict.fromkeys(rng.sample(loose, n), fate)
    return fates


def _loose(posts: list[Post]) -> list[Post]:
    """Give the sound posts on which nothing hangs: no answer, no share, nothing planted."""
    held = {post.shared.post_id for post in posts if post.shared}
    return [
        post
        for post in posts
        if post.fate == Fate.ACCEPTED
        and not (post.n_replies or post.said.planted or post.shared)
        and post.post_id not in held
    ]


def _twice(rng: Random, post: Post) -> list[Post]:
    """Give the post as first seen and as seen last, edited where the platform tells."""
    first = post._replace(fate=Fate.DUPLICATE)
    if post.account.platform not in EDITS_ON or rng.random() < 0.5:
        return [first, post]
    edited_at = post.at + timedelta(minutes=rng.randrange(2, 90))
    text = f"{post.text} {EDITED[post.account.language]}"
    return [first, post._replace(text=text, edited_at=edited_at)]
