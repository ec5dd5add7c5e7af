"""What a post is about, and in which spirit it is written."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from headwater.landscape.sample import tables
from headwater.landscape.sample.days import Moment
from headwater.landscape.sample.posts import Post, Said
from headwater.landscape.sample.town import MENTIONED, TARGETS, Term, Town

# In collections of ordinary talk 3 to 7 of 100 posts name a group.
KINDS = {"talk": 0.88, "uncivil": 0.07, "neutral": 0.02, "positive": 0.015, "counter": 0.015}
KEEPS_TOPIC = 0.8  # of answers
TERM_SHARE = 0.03  # of posts, once everybody knows the word
DISGUISED_SHARE = 0.4  # of posts with a word that filters look for
TERM_GROWS = timedelta(days=28)  # from nobody to everybody


def said(
    rng: Random, town: Town, moment: Moment, parent: Post | None, targets: Iterator[str]
) -> Said:
    """Choose a post's topic and kind, and what is planted in it."""
    topic, trigger = _topic(rng, town, moment, parent), moment.trigger
    planted = trigger.name if trigger else ""
    if moment.is_hate:
        target = rng.choice(trigger.targets) if trigger else next(targets)
        return Said("hate", topic, target, planted)
    for term in () if trigger else town.terms:
        if rng.random() < _use(term, moment):
            return Said("coined", term.topic, planted=term.word, spelling=_spelling(rng, term))
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    group = rng.choice(MENTIONED) if kind in ("neutral", "positive", "counter") else ""
    return Said(kind, topic, group, planted)


def deck(rng: Random, n: int) -> Iterator[str]:
    """Deal out `n` targets in their planted shares, as nearly as whole posts allow."""
    bounds, cards = [0.0], []
    for target, share in TARGETS.items():
        bounds.append(bounds[-1] + share * n)
        cards += [target] * (round(bounds[-1]) - round(bounds[-2]))
    rng.shuffle(cards)
    return iter(cards)


def _topic(rng: Random, town: Town, moment: Moment, parent: Post | None) -> str:
    if moment.trigger:
        return moment.trigger.topic
    events = {trigger.topic for trigger in town.triggers}
    if parent and parent.said.topic not in events and rng.random() < KEEPS_TOPIC:
        return parent.said.topic
    topics = [row["topic"] for row in tables.where("topics", language="en")]
    ordinary = [topic for topic in topics if topic not in events]
    # the first of the table are what people talk about most
    return rng.choices(ordinary, [1 / (rank + 4) for rank in range(len(ordinary))])[0]


def _spelling(rng: Random, term: Term) -> str:
    """Write the word so that filters miss it, now and then."""
    if term.disguises and rng.random() < DISGUISED_SHARE:
        return rng.choice(term.disguises)
    return term.word


def _use(term: Term, moment: Moment) -> float:
    """Give the share of posts that use the word by now: it grows, then stays."""
    known_for = moment.at.date() - term.starts_on
    return TERM_SHARE * min(max(known_for / TERM_GROWS, 0.0), 1.0)
