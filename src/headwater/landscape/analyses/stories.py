"""What people suddenly talked of: bursts of terms put together where they stand in the same posts.

A burst joins a story of the same days if a quarter of its posts are of the story, or the other way
round; leaders decide, so that nothing chains. How strong a story is, is told in people: how many
wrote of it, each counting once a day, beyond what the weeks before let expect. A story that goes on is
told once, by its strongest days; and what begins with a stronger one is told with it, since one thing makes
several stories where a town talks in several languages, or of several sides of it.

Source: after J. Allan et al., Topic detection and tracking pilot study (1998): single-pass clustering
by time and content.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.bursts import FAR, Bursts, significance
from headwater.landscape.talk import Held, Story, Usage

TOGETHER = 0.25  # of the posts of one, that are of the other
NEAR = 3  # days between the beginnings of bursts of one story
BEFORE, BEHIND = 1, 5  # days around a burst's first whose posts tell what it is of
N_HEADS = 8  # terms by which a story's posts are known
LENGTHS = (1, 2, 3, 5, 7)  # days a story is looked for
GOES_ON = 28  # days
WITH = 1  # days between the beginnings of stories that are told together
N_WITH = 3  # terms of each of those, told behind the heads of the strongest
SURE = 3.0  # standard deviations
Ids = NDArray[np.int64]


class _Draft(NamedTuple):
    """A story that bursts still join."""

    first: int  # day, from 0
    terms: tuple[int, ...]
    posts: Ids  # rising, of its heads around its days
    lead: Ids  # rising, of its first burst


class _Course(NamedTuple):
    """How a story went: the days on which it stands out most."""

    surprise: float
    n_days: int
    people: int
    expected: float
    peak: int  # day

    @property
    def excess(self) -> float:
        return self.people - self.expected


class _Talk(NamedTuple):
    """What is known of the posts that hold bursting terms."""

    held: Held
    pairs: list[Ids]  # of each term, by post
    usage: Usage

    def of(self, draft: _Draft) -> Ids:
        """Give the pairs of a story's heads."""
        return np.concatenate([self.pairs[at] for at in draft.terms[:N_HEADS]])

    def within(self, pairs: Ids, first: int, end: int) -> Ids:
        """Keep the pairs of some days."""
        days = self.held.days[pairs]
        return pairs[(days >= first) & (days < end)]

    def on(self, day: int) -> date:
        return self.usage.first_on + timedelta(days=day)


def stories(bursts: Bursts, held: Held, usage: Usage) -> tuple[Story, ...]:
    """Put bursts together; the story with the greatest excess of people comes first.

    Args:
        bursts: k bursts, the most surprising first.
        held: Posts that hold the bursts' terms, these numbered as `np.unique` has them.
        usage: Of which the terms are.
    """
    known, places = np.unique(bursts.terms, return_inverse=True)
    talk = _Talk(held, _by_term(held, len(known)), usage)
    found = [(one, _course(one, talk)) for one in _gathered(places, bursts.days, talk)]
    found.sort(key=lambda both: (-both[1].excess, both[0].first))
    return tuple(
        _told(draft, course, later, talk)._replace(terms=tuple(known[list(draft.terms)].tolist()))
        for draft, course, later in _once(found, talk)
    )


def _by_term(held: Held, n_terms: int) -> list[Ids]:
    order = np.argsort(held.terms, kind="stable")
    return np.split(order, np.searchsorted(held.terms[order], np.arange(1, n_terms)))


def _gathered(terms: Ids, days: Ids, talk: _Talk) -> list[_Draft]:
    """Let each burst join the story of its days that it shares most posts with, or begin one."""
    drafts: list[_Draft] = []
    for term, day in zip(terms.tolist(), days.tolist(), strict=True):
        own = np.unique(talk.held.posts[talk.within(talk.pairs[term], day - BEFORE, day + BEHIND)])
        near = [at for at, one in enumerate(drafts) if abs(one.first - day) <= NEAR]
        shared = [max(_share(own, drafts[at].posts), _share(drafts[at].lead, own)) for at in near]
        if max(shared, default=0) >= TOGETHER:
            at = near[int(np.argmax(shared))]
            drafts[at] = _joined(drafts[at], term, own)
        else:
            drafts.append(_Draft(day, (term,), own, own))
    return drafts


def _joined(draft: _Draft, term: int, posts: Ids) -> _Draft:
    if len(draft.terms) < N_HEADS:
        draft = draft._replace(posts=np.union1d(draft.posts, posts))
    return draft._replace(terms=(*draft.terms, term))


def _share(own: Ids, other: Ids) -> float:
    """Give which part of some posts are among others."""
    return float(np.isin(own, other, assume_unique=True).mean()) if len(own) else 0.0


def _course(draft: _Draft, talk: _Talk) -> _Course:
    """Count the people of a story on the days, from its first, on which it stands out most."""
    said = _people(talk.of(draft), talk)
    first = draft.first
    past = slice(max(first - FAR, 0), max(first - 1, 0))
    found = []
    for n_days in LENGTHS:
        days = slice(first, first + n_days)
        ratio = talk.usage.talk[days].sum() / max(talk.usage.talk[past].sum(), 1)
        on, off = said[days].sum(), said[past].sum()
        surprise = significance(*(np.array([float(one)]) for one in (on, off, ratio)))[0]
        peak = first + int(said[days].argmax())
        found.append(_Course(float(surprise), n_days, int(on), float(off * ratio), peak))
    return max(found)


def _people(pairs: Ids, talk: _Talk) -> Ids:
    """Count who wrote of some terms on each day."""
    n_days = len(talk.usage.talk)
    once = np.unique(talk.held.authors[pairs] * n_days + talk.held.days[pairs])
    return np.bincount(once % n_days, minlength=n_days)


def _once(
    found: Sequence[tuple[_Draft, _Course]], talk: _Talk
) -> list[tuple[_Draft, _Course, list[int]]]:
    """Give each story once, with the further days on which it peaked."""
    kept: list[tuple[_Draft, _Course, list[int]]] = []
    about: list[Ids] = []
    for draft, course in found:
        stronger = [one for one, _, _ in kept]
        if (at := _goes_on(draft, stronger, about)) is not None:
            kept[at][2].append(course.peak)
        elif (at := _begins_with(draft, stronger)) is not None:
            kept[at] = (_with(kept[at][0], draft), *kept[at][1:])
        else:
            kept.append((draft, course, []))
            about.append(np.unique(talk.held.posts[talk.of(draft)]))
    return kept


def _begins_with(draft: _Draft, kept: Sequence[_Draft]) -> int | None:
    """Say which stronger story begins on the same days."""
    near = (at for at, one in enumerate(kept) if abs(one.first - draft.first) <= WITH)
    return next(near, None)


def _with(one: _Draft, other: _Draft) -> _Draft:
    """Put another story's terms behind the heads of one."""
    heads, rest = one.terms[:N_HEADS], one.terms[N_HEADS:]
    more = tuple(at for at in other.terms[:N_WITH] if at not in one.terms)
    return one._replace(terms=(*heads, *more, *rest))


def _goes_on(draft: _Draft, kept: Sequence[_Draft], about: Sequence[Ids]) -> int | None:
    """Say which stronger story of the same weeks a story's posts are of."""
    for at, (other, posts) in enumerate(zip(kept, about, strict=True)):
        if abs(other.first - draft.first) <= GOES_ON and _share(draft.posts, posts) >= TOGETHER:
            return at
    return None


def _told(draft: _Draft, course: _Course, later: Sequence[int], talk: _Talk) -> Story:
    """Tell a story, its terms numbered as the bursts' are."""
    last = draft.first + course.n_days - 1
    pairs = talk.within(talk.of(draft), draft.first, last + 1)
    posts, places = np.unique(talk.held.posts[pairs], return_index=True)
    authors, hateful = talk.held.authors[pairs][places], talk.held.hateful[pairs][places]
    n_each = np.unique(authors, return_counts=True)[1]
    return Story(
        terms=draft.terms,
        first_on=talk.on(draft.first),
        peak_on=talk.on(course.peak),
        last_on=talk.on(last),
        later_on=tuple(map(talk.on, sorted(set(later) - {course.peak}))),
        n_people=course.people,
        expected=course.expected,
        surprise=course.surprise,
        n_posts=len(posts),
        n_authors=len(n_each),
        n_top=int(n_each.max()),
        is_hateful=_is_hateful(int(hateful.sum()), len(posts), talk.usage),
        n_hateful_authors=len(np.unique(authors[hateful])),
    )


def _is_hateful(n_flagged: int, n_posts: int, usage: Usage) -> bool:
    """Say whether far more of some posts are flagged than of all others."""
    others, flagged = usage.n_posts - n_posts, usage.n_flagged - n_flagged
    if not others:
        return False
    counts = (np.array([float(n)]) for n in (n_flagged, flagged, n_posts / others))
    return bool(significance(*counts)[0] >= SURE)
