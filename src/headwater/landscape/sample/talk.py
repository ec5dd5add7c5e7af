"""Who writes when, and who answers whom: the town's posts in the order of time."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from headwater.landscape.sample import camps, days, habits, ids, subjects, voices
from headwater.landscape.sample.days import Moment
from headwater.landscape.sample.posts import Account, Post, Said
from headwater.landscape.sample.town import Town

ANSWERS_SHARE, ANSWERS_WITHIN = 0.5, timedelta(hours=36)
BOOSTS_SHARE = 0.06  # of Mastodon's posts
HOSTILE_ZEAL = 8.0  # how much likelier a hostile account is to write a hateful post
CAMPAIGN, CAMPAIGN_ACCOUNTS, CAMPAIGN_SECONDS = "copied campaign", 40, 5 * 3600
CAMPAIGN_PLATFORMS = ("bluesky", "mastodon", "telegram")

Recent = deque[Post]  # the last posts of one platform in one language


class Turn(NamedTuple):
    """Somebody's turn to write."""

    number: int  # of the post in the town
    account: Account
    at: datetime
    parent: Post | None


class Cast(NamedTuple):
    """The town's accounts, and how likely each writes the next post."""

    accounts: tuple[Account, ...]
    any_post: list[float]  # cumulative
    hateful_post: list[float]  # cumulative


def posts(rng: Random, town: Town) -> list[Post]:
    """Let the town talk for its ninety days."""
    copies = list(_copies(rng, town))
    moments = days.moments(rng, town, n_other=len(copies))
    targets = subjects.deck(rng, sum(one.is_hate and not one.trigger for one in moments))
    cast = _cast(town)
    recent: defaultdict[tuple[str, str], Recent] = defaultdict(lambda: deque(maxlen=40))
    written: list[Post] = []
    for number, moment in enumerate(moments, len(copies)):
        account = _writer(rng, cast, moment)
        around = recent[account.platform, account.language]
        turn = Turn(number, account, moment.at, _answered(rng, around, moment))
        said = subjects.said(rng, town, moment, turn.parent, targets)
        post = _boost(rng, _post(rng, turn, said, _words(rng, town, turn, said)), around)
        around.append(post)
        written.append(post)
    return _with_replies(sorted(camps.exchanged(written) + copies, key=lambda post: post.at))


def _cast(town: Town) -> Cast:
    zeal = [one.activity * (HOSTILE_ZEAL if one.is_hostile else 1.0) for one in town.accounts]
    activity = [one.activity for one in town.accounts]
    return Cast(town.accounts, list(accumulate(activity)), list(accumulate(zeal)))


def _writer(rng: Random, cast: Cast, moment: Moment) -> Account:
    weights = cast.hateful_post if moment.is_hate else cast.any_post
    return rng.choices(cast.accounts, cum_weights=weights)[0]


def _answered(rng: Random, around: Recent, moment: Moment) -> Post | None:
    """Pick the post that is answered, if any; a thing that happens is news, not an answer."""
    if moment.trigger or rng.random() >= ANSWERS_SHARE:
        return None
    open_posts = [post for post in around if moment.at - post.at < ANSWERS_WITHIN]
    return rng.choice(open_posts) if open_posts else None


def _words(rng: Random, town: Town, turn: Turn, said: Said) -> str:
    language = turn.account.language
    text = voices.text(rng, language, said, bool(turn.parent))
    typed = habits.typed(rng, language, said.kind, text)
    return habits.marked(rng, language, typed, town.accounts)


def _post(rng: Random, turn: Turn, said: Said, text: str) -> Post:
    number, account, at, parent = turn
    thread = parent.thread_id if parent else ""
    post_id = ids.post_id(account.platform, ids.Maker(account.handle, at, number, thread))
    return Post(
        post_id=post_id,
        account=account,
        page=parent.page if parent else f"{said.topic} {at:%G-W%V} {rng.randrange(3)}",
        at=at,
        said=said,
        text=text,
        thread_id=thread or post_id,
        parent_id=parent.post_id if parent else "",
        n_likes=_liked(rng, 4.0),
        n_shares=_liked(rng, 1.0),
    )


def _liked(rng: Random, mean: float) -> int:
    return int(rng.paretovariate(1.6) * mean - mean)


def _boost(rng: Random, post: Post, around: Recent) -> Post:
    """Let some of Mastodon's posts be another's, passed on; never hate, nor what is planted."""
    if post.account.platform != "mastodon" or _is_telling(post) or rng.random() >= BOOSTS_SHARE:
        return post
    originals = [one for one in around if not one.shared and not _is_telling(one)]
    if not originals:
        return post
    shared = rng.choice(originals)
    return post._replace(
        said=shared.said, text=shared.text, shared=shared, parent_id="", thread_id=post.post_id
    )


def _is_telling(post: Post) -> bool:
    return post.said.kind == "hate" or bool(post.said.planted)


def _copies(rng: Random, town: Town) -> Iterator[Post]:
    """Let forty accounts post one text, hardly changed, within hours."""
    willing = [
        one for one in town.accounts if one.platform in CAMPAIGN_PLATFORMS and one.language == "en"
    ]
    said = Said("talk", "housing", planted=CAMPAIGN)
    for number, account in enumerate(rng.sample(willing, min(CAMPAIGN_ACCOUNTS, len(willing)))):
        at = town.campaign_at.astimezone(UTC) + timedelta(seconds=rng.randrange(CAMPAIGN_SECONDS))
        yield _post(rng, Turn(number, account, at, None), said, voices.campaign(rng))


def _with_replies(written: list[Post]) -> list[Post]:
    replies = Counter(post.parent_id for post in written)
    return [post._replace(n_replies=replies[post.post_id]) for post in written]
