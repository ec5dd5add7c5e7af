"""The copied campaign that is planted in each fictional town, and what else is said there."""

import json

import numpy as np
import pytest

from headwater.landscape import sample
from headwater.landscape.analyses import copies
from headwater.landscape.analyses.rushes import rushes
from headwater.landscape.analyses.spread import spread
from tests.landscape import travels

FLOOR = 10
PLANTED = "sold the seaside gardens behind closed doors"
SEEDS = [pytest.param(seed, marks=[pytest.mark.long] * (seed > 3)) for seed in range(1, 21)]


def a_town(folder, seed):
    """Write a town; give its planted campaign, its rows, its posts and their groups."""
    truth = json.loads(sample.write(folder, seed=seed).read_text())
    rows = travels.town(folder, truth["timezone"])
    groups = copies.alike(*travels.sketches(rows["sketch"]))
    return truth["campaigns"][0], rows, travels.posts(rows), groups


@pytest.mark.parametrize("seed", SEEDS)
def test_the_planted_campaign_is_found_and_nothing_else_is_flagged(seed, tmp_path):
    truth, rows, posts, groups = a_town(tmp_path, seed)
    (one,) = rushes(posts, groups, FLOOR)
    planted = [place for place, text in enumerate(rows["text"].to_pylist()) if PLANTED in text]
    flagged = groups.post[groups.group == one.group].tolist()
    assert set(flagged) <= set(planted)
    assert len(flagged) >= 0.95 * truth["posts"]
    assert one.n_authors_ever >= 0.95 * truth["authors"]
    assert one.n_authors >= 0.9 * truth["authors"]
    assert one.n_platforms == len(truth["platforms"])
    first = np.datetime64(truth["starts_at"][:13], "h").astype(int)
    assert one.starts_at - 2 in (first, first + 1)  # summer time; few may write in the first hour
    assert one.hours <= 5


def test_the_planted_campaign_is_told_as_a_cascade(tmp_path):
    truth, _, posts, groups = a_town(tmp_path, seed=1)
    (rush,) = rushes(posts, groups, FLOOR)
    told = spread(posts, groups, FLOOR)
    (own,) = [one for one in told.cascades if one.group == rush.group]
    assert 0.95 * truth["posts"] <= own.n_posts <= truth["posts"]
    assert (own.n_authors, own.n_shares) == (own.n_posts, 0)
    assert sorted(one.platform for one in own.arrivals) == truth["platforms"]
    assert own.half_hours <= own.hours <= 5
    assert all(one.hours > 24 for one in told.cascades if one.group != rush.group)
    assert told.copied[1].n_posts < told.copied[0].n_posts
