"""How error rates are made of sources left out."""

import numpy as np
import pytest

from training import rates

PART = {"hate": 2.0, "civil": -1.5, "rude": -1.0, "mention": -0.5}  # mean score of each kind


def normal(middle, n=2_000):
    """Give scores around a middle, without chance."""
    return middle + rates.stats.norm.ppf((np.arange(n) + 0.5) / n)


def sources(shift=0.0):
    """Give three collected sources and three parts of our own; `shift` moves hate apart."""
    kinds = {"hate": normal(1.5), "civil": normal(-1.5), "heated": normal(-1.0)}
    collected = [
        rates.Tested(
            name, **{**kinds, "hate": kinds["hate"] + move, "civil": kinds["civil"] + move}
        )
        for name, move in (("one", -shift), ("two", 0.0), ("three", shift))
    ]
    ours = [rates.Tested(name, **{kind: normal(at) for kind, at in PART.items()}) for name in "abc"]
    return collected + ours


@pytest.fixture(scope="module")
def alike():
    return rates.best(sources(shift=0.2), sources()[3:])


def test_where_sources_are_much_alike_little_but_the_mixture_is_left_to_err(alike):
    assert all(one.coverage >= 0.85 for one in alike.figures)
    assert all(one.error < 0.01 for one in alike.figures)
    assert alike.sensitivity.mean > 10 * alike.false_positive.mean


def test_the_more_sources_differ_the_wider_the_interval(alike):
    unlike = rates.best(sources(shift=1.0), sources()[3:])
    assert unlike.sensitivity.sd > alike.sensitivity.sd
    assert unlike.figures[-1].half_width > alike.figures[-1].half_width


def test_a_town_takes_each_collected_kind_of_one_source_and_the_rest_of_ours():
    towns = rates.made(sources(), sources()[3:])
    assert len(towns.parts) == 3 * 3 * 3 * 3
    assert set(towns.parts[:, 3]) == {"a", "b", "c"}
    assert set(towns.parts[:, :3].ravel()) == {"one", "two", "three"}
    assert (np.diff(towns.hate) <= 0).all()
    assert (np.diff(towns.other) <= 0).all()


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.0049), (1.0, 0.49)])
def test_half_the_interval_comes_of_the_spread_of_the_rates(share, expected):
    found = rates.half_width(share, rates.Rate(0.41, 0.1), rates.Rate(0.01, 0.001))
    assert found == pytest.approx(expected, rel=0.01)


def test_towns_that_correct_each_other_share_no_source():
    towns = rates.made(sources(), sources()[3:])
    for own, others in zip(towns.parts, rates._apart(towns.parts), strict=True):
        assert others.any() == (len(set(own[:3])) < 3)
        assert all(set(own).isdisjoint(other) for other in towns.parts[others])


def test_with_two_sources_of_a_kind_a_town_still_has_no_say_in_its_own_threshold():
    few = [one for one in sources(shift=0.2) if one.source != "two"]
    assert all(one.coverage is not None for one in rates.best(few, sources()[3:]).figures)
    fewer = [one for one in few if one.source not in {"b", "c"}]
    assert all(one.coverage is None for one in rates.best(fewer, sources()[3:4]).figures)
