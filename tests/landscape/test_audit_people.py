"""Whose answers count for an audit: at least two people, each with the whole test."""

from datetime import date

import numpy as np
import pytest

from headwater.landscape.audit import Drawn, Interval, Sheet, draw, gold
from headwater.landscape.audit.asking import Answer
from headwater.landscape.audit.papers import Given
from headwater.landscape.cli.labelling import found
from headwater.landscape.errors import SettingsError
from headwater.landscape.labelled import Base

N_POSTS = 60
KNOWN = gold.test(["en"])


def sheet():
    sample = draw(np.linspace(0.01, 0.9, 600), N_POSTS, 1)
    of = Base("Fjordby", "m", 600, 600, 600, 60)
    drawn = Drawn(sample, sample.scores > 0.8, sample.places, date(2026, 3, 1), ANY, of)
    return Sheet(["a post"] * N_POSTS, ["en"] * N_POSTS, drawn)


ANY = Interval(0.1, 0.0, 0.9)


def taken(who, n=40, wrong=0):
    """Let one person take so much of the test, and answer so much of it wrongly."""
    return [(who, one.code, one.is_hate != (at < wrong)) for at, one in enumerate(KNOWN[:n])]


def split(n_first):
    """Let one person answer so many posts, and another the rest; they call none hate."""
    return [Answer(at, "a" if at < n_first else "b", False) for at in range(N_POSTS)]


def test_two_who_took_the_test_and_labelled_are_enough():
    told = found(sheet(), Given(split(30), [*taken("a"), *taken("b")]))
    assert (told.n_posts, told.n_labels, told.hits.n_posts) == (N_POSTS, N_POSTS, 0)


@pytest.mark.parametrize("n_first", [60, 41, 19])
def test_one_person_alone_is_not(n_first):
    given = Given(split(n_first), [*taken("a"), *taken("b")])
    with pytest.raises(SettingsError, match="needs two people who label, 20 posts each"):
        found(sheet(), given)


def test_who_labels_takes_the_whole_test():
    given = Given(split(30), [*taken("a"), *taken("b", n=39)])
    with pytest.raises(SettingsError, match="whole test"):
        found(sheet(), given)


def test_whose_test_went_badly_counts_by_what_they_labelled():
    tests = [*taken("a"), *taken("b", wrong=30)]
    assert found(sheet(), Given(split(40), tests)).share == 0
    with pytest.raises(SettingsError, match="went too badly"):
        found(sheet(), Given(split(20), tests))


def test_the_test_of_who_labelled_nothing_changes_nothing():
    both = [*taken("a"), *taken("b")]
    with_more = [*both, *taken("c", wrong=40)]
    assert found(sheet(), Given(split(30), both)) == found(sheet(), Given(split(30), with_more))
