"""Small towns drawn at random, and what the engine would count of them, counted here anew."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from headwater.landscape import models
from headwater.landscape.analyses import ANALYSES
from headwater.landscape.codebook import GROUPS
from headwater.landscape.shapes import SCOPES, Evidence, Group, Judge

LANGUAGES, ONLY_JUDGED = ["en", "de", "da", "kl", "und"], ["de", "en"]
PLATFORMS = ["mastodon", "reddit", "x", "telegram", "news", "tiktok"]
THEMES = ["housing", "unnamed-1", "migration", "sport", "none"]
FIRST_ON = date(2024, 3, 1)


class Post(NamedTuple):
    """What the opponent would like to know of, and the truth is counted from."""

    author: int
    is_authored: bool
    platform: str
    language: str
    posted_on: date
    hour: int
    left_for: str | None
    is_hate: bool | None
    targets: tuple[str, ...] | None
    scope: str | None = None
    theme: str | None = None

    @property
    def month(self):
        return f"{self.posted_on:%Y-%m}"

    @property
    def weekday(self):
        return self.posted_on.weekday()


def a_town(random):
    """Draw posts of few or many authors, alike or skewed, in few or many groups."""
    n = int(random.choice([60, 200, 600, 1500, 3000]))
    n_authors = int(random.choice([12, 60, 200, n]))
    weights = (np.arange(n_authors) + 1.0) ** -random.choice([0.0, 0.7, 1.2])
    who = random.choice(n_authors, n, p=weights / weights.sum())
    languages = LANGUAGES if random.random() < 0.7 else ONLY_JUDGED
    hostile = random.random(n_authors) < random.uniform(0.05, 1)
    unsigned = random.random(n_authors) < random.choice([0, 0.02, 0.5, 1])
    rows = zip(
        who.tolist(),
        (~unsigned[who]).tolist(),
        _one_of(random, PLATFORMS, who),
        _one_of(random, languages, who),
        _when(random, int(random.choice([31, 61, 92])), n),
        _when(random, 24, n),
        random.random(n) < random.choice([0, 0.001, 0.01, 0.1]),
        (random.random(n) < random.choice([0, 0.005, 0.03, 0.1])) & hostile[who],
        strict=True,
    )
    posts = [_post(random, *row) for row in rows]
    learnt = zip(posts, _late(SCOPES, who, 0), _late(THEMES, who, 1), strict=True)
    return [post._replace(scope=scope, theme=theme) for post, scope, theme in learnt]


def _late(names, who, seed):
    """Give each post one of the names, or in half of the towns none; else no draw is changed."""
    random = np.random.default_rng(len(who) + int(who.sum()) + seed)
    return _one_of(random, names, who) if random.random() < 0.5 else [None] * len(who)


def _post(random, who, is_authored, platform, language, day, hour, is_short, is_hate):  # noqa: PLR0913
    on = FIRST_ON + timedelta(days=day)
    is_left = (
        "length"
        if is_short
        else None
        if language in models.error_rates(models.load("balanced"))
        else "language"
    )
    named = random.choice(GROUPS[:6], random.integers(0, 3)) if is_hate and not is_left else ()
    judged = (None, None) if is_left else (bool(is_hate), tuple(sorted(set(named))))
    return Post(who, is_authored, platform, language, on, hour, is_left, *judged)


def _one_of(random, names, who):
    """Give each post one of the names, the first oftenest; mostly an author keeps to one."""
    n_names = random.integers(1, len(names) + 1)
    weights = random.uniform(1.3, 12) ** -np.arange(n_names)
    n = who.max() + 1 if random.random() < 0.7 else len(who)
    drawn = random.choice(n_names, n, p=weights / weights.sum())
    return [names[one] for one in (drawn[who] if n != len(who) else drawn)]


def _when(random, n_times, n):
    weights = random.dirichlet(np.full(n_times, random.choice([0.3, 3])))
    return random.choice(n_times, n, p=weights).tolist()


def measures(posts, audit=None, few=10):
    """Give what each analysis measures of these posts."""
    evidence = Evidence(Judge(), few, audit)
    return {
        one.name: one.run([_groups(posts, by) for by in one.groupings], evidence)
        for one in ANALYSES
    }


def _groups(posts, grouping):
    if any(getattr(posts[0], name) is None for name in grouping.columns & {"scope", "theme"}):
        return []
    wholes, cells = defaultdict(Counter), defaultdict(Counter)
    for post in posts:
        if grouping.among is None or getattr(post, grouping.among) is not None:
            whole = tuple(getattr(post, name) for name in grouping.within)
            wholes[whole][post.author] += 1
            for key in _keys(post, whole, grouping.by):
                cells[key][post.author] += 1
    n = len(grouping.within)
    found = [
        Group(key, *_three(one), *_three(wholes[key[:n]]), _squares(one))
        for key, one in cells.items()
    ]
    return sorted(found, key=lambda group: tuple(map(str, group.key)))


def _keys(post, whole, by):
    keys = [whole]
    for name in by:
        value = getattr(post, name)
        values = value if isinstance(value, tuple) else (value,)
        keys = [(*key, one) for key in keys for one in values]
    return keys


def _squares(writers):
    return sum(n * n for n in writers.values())


def _three(writers):
    return sum(writers.values()), len(writers), max(writers.values())
