"""The planted truths, counted from the very records that were written."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import fmean
from typing import Any

from headwater.landscape.sample import camps, days, exports
from headwater.landscape.sample.posts import Account, Fate, Post
from headwater.landscape.sample.talk import CAMPAIGN
from headwater.landscape.sample.town import FIRST_ON, NAME, TIMEZONE, Term, Town, Trigger

NAMED_ON = ("bluesky", "mastodon", "telegram", "youtube")  # whose exports hold the display name
HANDLED_ON = ("bluesky", "mastodon", "reddit", "news")  # and the handle
NOT_WHOLE = (Fate.REMOVED, Fate.SERVICE, Fate.BROKEN, Fate.NOT_UTF8)  # they may hold it or not

EMAIL = re.compile(r"[\w.]+@post\.example\.org")
PHONE = re.compile(r"\+44 7700 900\d{3}|020 7946 0\d{3}|\+49 30 23125 \d{3}")
HANDLE = re.compile(r"(?<!\S)@(\w+)")

Truth = dict[str, Any]  # what JSON can hold


def of(town: Town, seed: int, records: list[Post]) -> Truth:
    """Count what is there for a report to find."""
    posts = [record for record in records if record.fate == Fate.ACCEPTED]
    return {
        "place": NAME,
        "seed": seed,
        "timezone": str(TIMEZONE),
        "first_on": str(FIRST_ON),
        "last_on": str(days.DAYS[-1]),
        "reading": _reading(records),
        "files": {path: _reading(held) for path, held in exports.by_path(records).items()},
        "prevalence": _prevalence(town, posts),
        "targets": _ranked(post.said.group for post in posts if _is_hate(post)),
        "kinds": _ranked(post.said.kind for post in posts),
        "themes": _ranked(post.said.topic for post in posts),
        "authors": len({post.account for post in posts}),
        "triggers": [_trigger(trigger, posts) for trigger in town.triggers],
        "terms": [_term(term, posts) for term in town.terms],
        "campaigns": [_campaign(posts)],
        "answers": _answers(posts),
        "personal": _personal(records),
    }


def _reading(records: Iterable[Post]) -> Truth:
    fates = Counter(record.fate for record in records)
    accepted, duplicate = fates.pop(Fate.ACCEPTED, 0), fates.pop(Fate.DUPLICATE, 0)
    return {
        "records": accepted + duplicate + fates.total(),
        "accepted": accepted,
        "rejected": fates.total(),
        "duplicate": duplicate,
        "reasons": {str(fate): n for fate, n in sorted(fates.items())},
    }


def _prevalence(town: Town, posts: list[Post]) -> Truth:
    """Give the share of hate among all posts, by language, and on days without a trigger."""
    groups: defaultdict[str, list[Post]] = defaultdict(list)
    triggered = {day for trigger in town.triggers for day in trigger.days}
    for post in posts:
        groups["all"].append(post)
        groups[post.account.language].append(post)
        if days.day(post.at) not in triggered:
            groups["ordinary days"].append(post)
    return {name: _share(group) for name, group in sorted(groups.items())}


def _share(posts: list[Post]) -> Truth:
    n_hate = sum(_is_hate(post) for post in posts)
    share = round(n_hate / len(posts), 6) if posts else 0
    return {"posts": len(posts), "hate": n_hate, "share": share}


def _trigger(trigger: Trigger, posts: list[Post]) -> Truth:
    own = [post for post in posts if post.said.planted == trigger.name]
    return {
        "name": trigger.name,
        "kind": trigger.kind,
        "topic": trigger.topic,
        "starts_on": str(trigger.starts_on),
        "peaks_on": str(trigger.days[1]),
        "ends_on": str(trigger.days[-1]),
        "excess_posts": len(own),
        "excess_hate": sum(map(_is_hate, own)),
    }


def _term(term: Term, posts: list[Post]) -> Truth:
    own = [post for post in posts if post.said.planted == term.word]
    weeks = Counter(f"{days.day(post.at):%G-W%V}" for post in own)
    return {
        "term": term.word,
        "first_week": min(weeks, default=""),
        "peak_week": max(sorted(weeks), key=weeks.__getitem__, default=""),
        "posts": len(own),
        "authors": len({post.account for post in own}),
        "in_disguise": len({post.account for post in own if post.said.spelling != term.word}),
        "by_week": dict(sorted(weeks.items())),
    }


def _campaign(posts: list[Post]) -> Truth:
    own = sorted(
        (post for post in posts if post.said.planted == CAMPAIGN), key=lambda post: post.at
    )
    return {
        "posts": len(own),
        "authors": len({post.account for post in own}),
        "platforms": sorted({post.account.platform for post in own}),
        "starts_at": own[0].at.isoformat(),
        "ends_at": own[-1].at.isoformat(),
    }


def _answers(posts: list[Post]) -> Truth:
    """Count who answers whom where answers leave their community, and how hatefully, by topic."""
    by_id = {post.post_id: post for post in posts}
    pairs = [
        (post, by_id[post.parent_id])
        for post in posts
        if post.account.platform == camps.PLATFORM and post.parent_id in by_id
    ]
    pairs = [(post, parent) for post, parent in pairs if post.account != parent.account]
    topics: defaultdict[str, list[tuple[Post, Post]]] = defaultdict(list, all=pairs)
    for pair in pairs:
        topics[pair[0].said.topic].append(pair)
    return {
        "platform": camps.PLATFORM,
        "disputed": camps.DISPUTED,
        "of": {topic: _contact(own) for topic, own in sorted(topics.items())},
    }


def _contact(pairs: list[tuple[Post, Post]]) -> Truth:
    """Tell what crosses: in shares of people, each once a language; and how much of it is hate."""
    people: defaultdict[Account, list[bool]] = defaultdict(list)
    sides: dict[bool, list[Post]] = {True: [], False: []}
    for post, parent in pairs:
        side = camps.crosses(post, parent)
        people[post.account].append(side)
        sides[side].append(post)
    return {
        "people": len(people),
        "crossing": round(fmean(map(fmean, people.values())), 6) if people else 0,
        "across": _share(sides[True]),
        "inside": _share(sides[False]),
    }


def _personal(records: list[Post]) -> Truth:
    """List every mark of a person that the exports hold, so that a search can prove it gone."""
    whole = [record for record in records if record.fate not in NOT_WHOLE]
    texts = "\n".join(record.text for record in whole)
    accounts = {record.account for record in whole}
    handles = {one.handle for one in accounts if one.platform in HANDLED_ON}
    return {
        "names": sorted({one.name for one in accounts if one.platform in NAMED_ON}),
        "handles": sorted(handles.union(HANDLE.findall(texts))),
        "emails": sorted(set(EMAIL.findall(texts))),
        "phones": sorted(set(PHONE.findall(texts))),
    }


def _ranked(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda named: (-named[1], named[0])))


def _is_hate(post: Post) -> bool:
    return post.said.kind == "hate"
