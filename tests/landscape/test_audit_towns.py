"""Audits of fictional towns: two people label, and what they find is held against what is planted."""

import os
from datetime import date
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from audits import People, answered, gold_test

from headwater.landscape import Settings, audit, find, pipeline, sample, scrub
from headwater.landscape.sample import faults, talk
from headwater.landscape.sample import town as towns

N_SEEDS = int(os.environ.get("HEADWATER_SEEDS", "50"))
N_LABELS = 500
N_POSTS = 20_000
TWO = People(sensitivity=0.85, false_alarms=0.01, n_hate=60, n_other=100)  # 80 posts of test each


def planted(seed):
    """Return whether each text of the town is hate, as the scrub leaves it."""
    rng = Random(seed)  # noqa: S311 the town's own
    records = faults.planted(rng, talk.posts(rng, towns.found(rng, N_POSTS)))
    texts = scrub.bare(pa.array([record.text for record in records])).rows["text"].to_pylist()
    return {text: one.said.kind == "hate" for text, one in zip(texts, records, strict=True)}


def held(folder, seed):
    """Hold an audit of one town; return what was found, and the share of hate among all judged."""
    sample.write(folder, seed=seed, n_posts=N_POSTS)
    is_hate = planted(seed)
    settings = Settings("Fjordby", folder / "work", timezone="Europe/Copenhagen")
    exports = find([str(folder)])
    every = pipeline.draw(exports, settings, 10**9, date(2026, 3, 1))
    share = np.mean([is_hate[text] for text in every.texts])
    drawn = pipeline.draw(exports, settings, N_LABELS, date(2026, 3, 1))
    rng = np.random.default_rng(seed)
    answers = answered(rng, np.array([is_hate[text] for text in drawn.texts]), TWO)
    return audit.audited(answers, drawn.drawn, gold_test(rng, TWO)), share


@pytest.fixture(scope="module")
def audits(tmp_path_factory):
    return [held(tmp_path_factory.mktemp("town"), seed) for seed in range(1, N_SEEDS + 1)]


@pytest.mark.long
def test_the_audits_interval_holds_what_is_planted_in_nine_of_ten_towns(audits):
    covered = [found.low <= share <= found.high for found, share in audits]
    assert sum(covered) >= 0.9 * len(audits)


@pytest.mark.long
def test_half_of_it_is_at_most_two_points_in_every_town(audits):
    assert max((found.high - found.low) / 2 for found, _ in audits) <= 0.02


@pytest.mark.long
def test_the_models_own_estimate_contradicts_it_in_few_towns(audits):
    assert sum(found.disagrees for found, _ in audits) <= 0.1 * len(audits)
