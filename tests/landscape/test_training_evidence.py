"""What the stages say of posts and their parts is put together as the shipped model does it."""

import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("sklearn", reason="scikit-learn comes with the training environment")

from headwater.landscape import models
from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import passages
from training.encoder.scores import equated, same
from training.evidence import NEVER, Evidence, pool

LONG = (
    "The bus was late again this morning and nobody told us. They are vermin, all of them, and should "
    "be thrown out. Bring a coat, it is going to rain until the evening, says the forecast for town."
)
TEXTS = ["A short post about tea.", LONG, "Another short one on the library.", LONG + " " + LONG]


def test_parts_are_found_again_among_those_of_other_posts():
    own, other = passages.cut(pa.array(TEXTS)), passages.cut(pa.array(["x y z", *TEXTS[::-1]]))
    places = np.array([4, 3, -1, 1])
    rows = same(own, other, places)
    assert len(own.texts) > len(TEXTS)
    for text, row, post in zip(own.texts.to_pylist(), rows, own.posts, strict=True):
        if places[post] < 0:
            assert row == -1
        else:
            assert other.texts[int(row)].as_py() == text
            assert other.posts[row] == places[post]


@pytest.mark.parametrize("language", ["en", "de"])
def test_pooled_scores_are_the_models_own_probabilities(language):
    model = models.load("fast")
    cut = passages.cut(pa.array(TEXTS))
    scores = np.column_stack(
        [model.linear.hate_scores(cut.texts), model.linear.group_scores(cut.texts)]
    ).astype(float)
    reading = model.readings[language]
    scales = {language: (reading.slope, reading.intercept)}
    pooled = pool(scores, cut, np.full(len(TEXTS), language), scales)
    said = model.judge(pa.array(TEXTS), pa.repeat(language, len(TEXTS)), counts=False)
    odds = reading.slope * pooled[:, 0] + reading.intercept
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(said.probability, abs=1e-5)
    named = (pooled[:, 1:] >= model.group_thresholds)[
        said.probability >= model.languages[language].threshold
    ]
    assert (named == said.targets[said.probability >= model.languages[language].threshold]).all()
    assert pooled.shape == (len(TEXTS), 12)


def test_answers_of_one_encoder_are_put_on_the_scale_of_another():
    rng = np.random.default_rng(0)
    surer = rng.normal(-1, 2, (500, 12))
    shy = 0.4 * surer + 0.3
    unseen = rng.normal(0, 1, (50, 12))
    assert equated(0.4 * unseen + 0.3, shy, surer) == pytest.approx(unseen)
    assert equated(unseen, surer, surer) == pytest.approx(unseen)


def test_hostility_at_political_opponents_alone_is_no_hate_as_in_the_shipped_model():
    political, muslims = GROUPS.index("political"), GROUPS.index("muslims")
    scores = np.full((4, 12), -1.0)
    scores[:, 0] = 2.0
    scores[[0, 1], 1 + political] = 1.0
    scores[[1, 2], 1 + muslims] = 1.0
    own = Evidence(None, None, scores, scores, scores, scores)
    found = own.but_political([0.0] * 11).found[:, 0]
    assert found.tolist() == [-NEVER, 2, 2, 2]
    against = own.only_naming(muslims, 0.0).known[:, 0]
    assert against.tolist() == [-NEVER, 2, 2, -NEVER]
