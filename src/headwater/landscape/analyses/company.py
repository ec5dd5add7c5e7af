"""Words whose company changes: they stand in posts of other themes than before.

The people who use a word are counted by theme in two halves of the time. If the word only went along
with the debate, its themes would grow and shrink as all talk does; how far it did otherwise is told by
chi-square, and what most words do is taken as chance.

Sources: W. Deming and F. Stephan, On a least squares adjustment of a sampled frequency table (Annals of
Mathematical Statistics 11, 1940); B. Devlin and K. Roeder, Genomic control for association studies
(Biometrics 55, 1999); E. Wilson and M. Hilferty, The distribution of chi-square (Proceedings of the
National Academy of Sciences 17, 1931).
"""

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.chance import false_shares
from headwater.landscape.analyses.telling import Held, distinct, numbered
from headwater.landscape.talk import LEAST_PLACES

LEAST_PEOPLE = 30  # who use a word, in each half
LEAST_MOVED = 0.25  # of them, who use it in another theme than would be expected
FALSE_SHARE = 0.05  # of the words found, that may be chance
MOST = 20
ROUNDS = 20  # of fitting
Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Move(NamedTuple):
    """A word, the theme that it left, and the one that it came to."""

    word: int
    post: int  # one that holds it
    n_authors: int  # in these posts
    n_places: int
    left: int
    came: int
    n_there: tuple[int, int]  # who use it in the theme that it came to: early, late
    n_people: tuple[int, int]  # in any theme; who uses it in two counts twice


class Used(NamedTuple):
    """Words that enough people use, by the first and second half of the time."""

    words: NDArray[np.uint32]  # k
    posts: Ids  # k, one that holds it
    authors: Ids  # k
    places: Ids  # k
    people: Floats  # k x 2 x themes

    def some(self, places: Ids) -> "Used":
        """Keep some of them."""
        return Used._make(column[places] for column in self)


def moves(held: Held, labels: Ids, late: Bools) -> list[Move]:
    """Find the words that stand in other company than before, the surest first.

    Args:
        held: The words of n posts.
        labels: n, the theme of each from 0; below 0 for none.
        late: n, whether it is of the second half of the time.
    """
    inside = labels >= 0
    halves = np.stack([inside & ~late, inside & late])
    if not halves.any(axis=1).all():
        return []
    talk = np.stack([np.bincount(labels[half], minlength=labels.max() + 1) for half in halves])
    odds = (talk[1] + 0.5) / (talk[0] + 0.5)
    used = _used(held, labels, late)
    sure = used.some(_surest(used.people, odds))
    return [_move(sure, at, odds) for at in range(min(len(sure.words), MOST))]


def chance(people: Floats, odds: Floats) -> Floats:
    """Give how improbable it is that each word only went along with the debate.

    Args:
        people: k x 2 x t, who used it early and late in each theme.
        odds: t, how much more all talk there was late.
    """
    expected = _expected(people, odds)
    squares = np.divide((people - expected) ** 2, expected, where=expected > 0, out=0 * people)
    freedom = np.maximum((people.sum(axis=1) > 0).sum(axis=1) - 1, 1)
    spread = 2 / (9 * freedom)
    ratio = squares.sum(axis=(1, 2)) / freedom
    usual = max(float(np.median(ratio / (1 - spread) ** 3)), 1) if len(ratio) else 1
    normal = (np.cbrt(ratio / usual) - (1 - spread)) / np.sqrt(spread)
    return np.array([erfc(one / sqrt(2)) / 2 for one in normal])


def _expected(people: Floats, odds: Floats) -> Floats:
    """Fit each word's themes, the odds of late talk given: k x 2 x t."""
    of_theme = people.sum(axis=1)
    early, late = (people[:, half].sum(axis=1, keepdims=True) for half in (0, 1))
    shares = of_theme / of_theme.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        grown = (shares * odds).sum(axis=1, keepdims=True)
        shares = of_theme / (early + late * odds / grown)
        shares /= shares.sum(axis=1, keepdims=True)
    then = shares * odds
    return np.stack([early * shares, late * then / then.sum(axis=1, keepdims=True)], axis=1)


def _change(people: Floats, odds: Floats) -> Floats:
    """Give how much larger each theme's part of the late use is than the early use lets expect: k x t."""
    before = people[:, 0] * odds
    parts = [one / one.sum(axis=1, keepdims=True) for one in (people[:, 1], before)]
    found: Floats = parts[0] - parts[1]
    return found


def _surest(people: Floats, odds: Floats) -> Ids:
    """Give the words that moved, few of them by chance, and far enough to be told."""
    if not len(people):
        return np.zeros(0, np.int64)
    by_chance = chance(people, odds)
    far = np.abs(_change(people, odds)).sum(axis=1) / 2
    kept = np.flatnonzero((false_shares(by_chance) <= FALSE_SHARE) & (far >= LEAST_MOVED))
    return kept[np.lexsort((-far[kept], by_chance[kept]))]


def _move(used: Used, at: int, odds: Floats) -> Move:
    changed = _change(used.people[[at]], odds)[0]
    left, came = int(changed.argmin()), int(changed.argmax())
    early, late = used.people[at].astype(int).tolist()
    return Move(
        word=int(used.words[at]),
        post=int(used.posts[at]),
        n_authors=int(used.authors[at]),
        n_places=int(used.places[at]),
        left=left,
        came=came,
        n_there=(early[came], late[came]),
        n_people=(sum(early), sum(late)),
    )


def _used(held: Held, labels: Ids, late: Bools) -> Used:
    """Count who used each word in each half of the time and each theme."""
    words, first, at = numbered(held.words)
    n_words, n_themes = len(words), labels.max() + 1
    inside = labels[held.posts] >= 0
    posts, at, authors = held.posts[inside], at[inside], held.authors[held.posts[inside]]
    cells = (at * 2 + late[posts]) * n_themes + labels[posts]
    people = distinct(cells, authors, n_words * 2 * n_themes).reshape(-1, 2, n_themes)
    places = distinct(at, held.places[posts], n_words)
    used = Used(
        words, held.posts[first], distinct(at, authors, n_words), places, people.astype(float)
    )
    often = (people.sum(axis=2) >= LEAST_PEOPLE).all(axis=1)
    return used.some(np.flatnonzero(often & (places >= LEAST_PLACES)))
