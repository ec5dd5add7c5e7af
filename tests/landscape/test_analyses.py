"""What every analysis must hold to."""

from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest

from headwater.landscape import codebook
from headwater.landscape.analyses import ANALYSES
from headwater.landscape.gazetteer import Gazetteer
from headwater.landscape.pipeline import COLUMNS, LATE
from headwater.landscape.shapes import POST, SCOPES, Evidence, Group, Judge
from headwater.landscape.steps import steps

THEMES = ("housing", "migration", "none")
LEARNT = {"scope": set(SCOPES), "theme": set(THEMES)}
BARE = ("targets", "trends")  # tell nothing where no post is hateful, or no theme was learnt
each_analysis = pytest.mark.parametrize("analysis", ANALYSES, ids=lambda one: one.name)
each_town = pytest.mark.parametrize("seed", range(12))


def posts(seed: int) -> list[dict[str, object]]:
    """Make up to 200 posts of few authors, with what the steps would have learnt of them."""
    rng = Random(seed)  # noqa: S311 a town, not a key
    made = [_post(rng) for _ in range(rng.choice((1, 2, 20, 200)))]
    late = [{"scope": rng.choice(SCOPES), "theme": rng.choice(THEMES)} for _ in made]
    return [post | more for post, more in zip(made, late, strict=True)] if seed % 2 == 0 else made


def _post(rng: Random) -> dict[str, object]:
    language = rng.choice(("de", "en", "pl"))
    is_judged = language != "pl"
    is_hostile = is_judged and rng.random() < 0.3
    named = [group for group in codebook.GROUPS if is_hostile and rng.random() < 0.3]
    month, day = rng.randint(3, 5), rng.randint(1, 28)
    return {
        "author": rng.randrange(30),
        "language": language,
        "platform": rng.choice(("mastodon", "x")),
        "month": f"2024-{month:02}",
        "posted_on": date(2024, month, day),
        "weekday": rng.randrange(7),
        "hour": rng.randrange(24),
        "is_authored": rng.random() < 0.8,
        "left_for": None if is_judged else "language",
        "is_hate": is_hostile and named != ["political"] if is_judged else None,
        "targets": named,
    }


def counted(grouping, rows):
    """Count in plain Python, as the engine promises to."""
    rows = [row for row in rows if grouping.among is None or row[grouping.among] is not None]
    authors = defaultdict(Counter)
    for row in rows:
        whole = tuple(row[column] for column in grouping.within)
        for part in _parts([row[column] for column in grouping.by]):
            authors[whole, part][row["author"]] += 1
    wholes = defaultdict(Counter)
    for row in rows:
        wholes[tuple(row[column] for column in grouping.within)][row["author"]] += 1
    return [
        Group((*whole, *part), *_sizes(own), *_sizes(wholes[whole]), _squares(own))
        for (whole, part), own in sorted(authors.items(), key=_in_order)
    ]


def _parts(values):
    """Give one key, or one for each member of the list among the values."""
    for at, value in enumerate(values):
        if isinstance(value, list):
            return [(*values[:at], member, *values[at + 1 :]) for member in value]
    return [tuple(values)]


def _sizes(authors: Counter) -> tuple[int, int, int]:
    return authors.total(), len(authors), max(authors.values())


def _squares(authors: Counter) -> int:
    return sum(n * n for n in authors.values())


def _in_order(item):
    whole, part = item[0]
    return [(value is not None, value or 0) for value in (*whole, *part)]


def measured(analysis, seed):
    rows = posts(seed)
    told = [
        counted(one, rows) if one.columns <= rows[0].keys() else [] for one in analysis.groupings
    ]
    return analysis.run(told, Evidence(Judge(), 10))


@each_analysis
def test_it_counts_columns_that_posts_have(analysis):
    some = steps(Judge("fast"), counts=True, gazetteer=Gazetteer((), (), 0, ""))
    known = {*POST.names, *(name for step in some for name in step.adds.names)}
    asked = {name for one in analysis.groupings for name in one.columns}
    assert asked <= known | LATE
    assert asked <= set(COLUMNS) | LATE


@each_analysis
def test_no_column_it_counts_by_is_a_key_or_a_text(analysis):
    barred = {name for name in POST.names if name.endswith(("_key", "_keys"))} | {"text"}
    assert not barred & {name for one in analysis.groupings for name in (*one.within, *one.by)}


@each_analysis
@each_town
def test_each_number_stands_inside_its_interval_and_its_whole(analysis, seed):
    for one in measured(analysis, seed):
        assert 0 <= one.low <= one.share <= one.high <= 1
        assert 0 <= one.n_top <= one.n_posts <= one.n_within
        assert one.low <= one.high <= 1
        assert 0 < one.high_of_few <= 1


@each_analysis
@each_town
def test_each_number_has_a_key_of_its_own_in_words(analysis, seed):
    made = measured(analysis, seed)
    assert made or analysis.name in BARE
    assert len({one.key for one in made}) == len(made)
    assert all(isinstance(word, str) for one in made for word in one.key)


@each_analysis
def test_the_same_counts_give_the_same_numbers(analysis):
    assert measured(analysis, 7) == measured(analysis, 7)


@each_analysis
@pytest.mark.parametrize("learnt", LEARNT)
def test_nothing_is_told_of_what_was_not_learnt(analysis, learnt):
    assert not [one for one in measured(analysis, 7) if LEARNT[learnt] & {*one.key}]
    told = [one for one in measured(analysis, 8) if LEARNT[learnt] & {*one.key}]
    by = {column for one in analysis.groupings for column in one.columns}
    assert bool(told) == (learnt in by)


@each_analysis
def test_of_no_posts_it_tells_nothing(analysis):
    assert analysis.run([[] for _ in analysis.groupings], Evidence(Judge(), 10)) == ()
