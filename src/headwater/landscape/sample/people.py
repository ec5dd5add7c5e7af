"""Who writes: made-up people with names from the sea, and their accounts."""

from random import Random

from headwater.landscape.sample import tables
from headwater.landscape.sample.posts import Account

PLATFORMS = {
    "bluesky": 0.20,
    "mastodon": 0.15,
    "reddit": 0.20,
    "telegram": 0.13,
    "youtube": 0.17,
    "news": 0.15,
}
LANGUAGES = {"en": 0.50, "de": 0.35, "da": 0.15}
HOSTILE_SHARE = 0.15
PHONES = ("+44 7700 900{:03}", "020 7946 0{:03}", "+49 30 23125 {:03}")  # kept free for fiction
PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "-": ""})


def accounts(rng: Random, n: int) -> tuple[Account, ...]:
    """Open `n` accounts, the busiest first."""
    return tuple(_account(rng, rank) for rank in range(n))


def _account(rng: Random, rank: int) -> Account:
    given, family = (rng.choice(tables.texts("names", part=part)) for part in ("given", "family"))
    plain_given, plain_family = (name.lower().translate(PLAIN) for name in (given, family))
    platform = _one(rng, PLATFORMS)
    between = "" if platform == "bluesky" else rng.choice(("_", ""))  # its handles are host names
    return Account(
        platform=platform,
        language=_one(rng, LANGUAGES),
        name=f"{given} {family}",
        handle=f"{plain_given}{between}{plain_family}{rank}",
        email=f"{plain_given}.{plain_family}{rank}@post.example.org",
        phone=rng.choice(PHONES).format(rng.randrange(1000)),
        activity=(rank + 10) ** -0.9,  # a long tail, and nobody above two in a hundred
        is_hostile=rng.random() < HOSTILE_SHARE,
    )


def _one(rng: Random, shares: dict[str, float]) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]
