"""What the shipped model must hold to."""

import csv
import json

import numpy as np
import pyarrow as pa
import pytest

from headwater.landscape import models
from headwater.landscape.codebook import GROUPS
from headwater.landscape.errors import ModelError
from headwater.landscape.models import Gate, shipped

MOST_BYTES = 12_000_000
FLOOR = 0.95  # of the AUC on the sample beside the model
LOOKALIKES = str.maketrans("aceop", "\u0430\u0441\u0435\u043e\u0440")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


@pytest.fixture(scope="module")
def model():
    return models.load()


@pytest.fixture
def posts(samples):
    with (samples / "labelled.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def facts():
    return json.loads((shipped.FOLDER / f"{shipped.NAME}.json").read_text(encoding="utf-8"))


def auc(hate, scores):
    """Give how often a post of hate scores higher than one without."""
    higher = scores[hate][:, None] > scores[~hate][None, :]
    return higher.mean()


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_ranks_the_sample_above_the_floor(model, posts, language):
    own = [post for post in posts if post["language"] == language]
    scores = model.scores(pa.array([post["text"] for post in own]))
    assert auc(np.array([post["hate"] == "1" for post in own]), scores) >= FLOOR


def test_it_names_whom_most_of_the_english_sample_targets(model, posts):
    hostile = [post for post in posts if post["target"] and post["language"] == "en"]
    named = model.targets(pa.array([post["text"] for post in hostile]))
    places = [GROUPS.index(post["target"]) for post in hostile]
    assert named[np.arange(len(hostile)), places].mean() >= 0.75


@pytest.mark.parametrize(
    "disguise",
    [
        pytest.param(str.upper, id="capitals"),
        pytest.param(lambda text: text.translate(FULL_WIDTH), id="full width"),
        pytest.param(lambda text: "\u200b".join(text), id="invisible signs"),
        pytest.param(lambda text: f"\u202e{text}\u202c", id="turned direction"),
        pytest.param(lambda text: text.translate(LOOKALIKES), id="look-alikes"),
        pytest.param(lambda text: text.replace(" ", " \n\u3000"), id="white space"),
    ],
)
def test_a_disguise_changes_no_score(model, posts, disguise):
    plain = pa.array([post["text"] for post in posts if post["language"] == "en"])
    disguised = pa.array([disguise(text) for text in plain.to_pylist()])
    changed = np.abs(model.scores(disguised) - model.scores(plain))
    # a word of look-alikes alone stays in its own script
    assert np.median(changed) == 0
    assert np.mean(changed) < 0.1


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("women are stupid liars", "w0men are s t u p i d l1ars"),
        ("immigrants are filthy vermin", "immigr4nts are f.i.l.t.h.y v3rmin"),
        ("they are useless parasites", "they are usele$$ par@s1tes"),
    ],
)
def test_leet_and_spaced_letters_change_no_score(model, plain, written):
    scores = model.scores(pa.array([plain, written]))
    assert scores[0] == scores[1]


def test_probabilities_rise_with_scores_and_stay_between_0_and_1(model, posts):
    texts = pa.array([post["text"] for post in posts] + ["", "hate " * 50_000])
    scores = model.scores(texts)
    for language in model.languages:
        probability = model.probability(texts, pa.repeat(language, len(texts)))
        assert ((probability >= 0) & (probability <= 1)).all()
        assert (np.diff(probability[np.argsort(scores)]) >= 0).all()


def test_every_supported_language_finds_more_hate_than_it_invents(model):
    assert set(model.error_rates) == {"de", "en"}
    for language, rate in model.error_rates.items():
        assert rate.language == language
        assert rate.threshold == pytest.approx(model.languages[language].threshold, abs=1e-6)
        assert rate.sensitivity > rate.false_positive_rate > 0


def test_it_is_read_once_and_small_enough(model):
    assert models.load() is model
    sizes = [(shipped.FOLDER / f"{shipped.NAME}.{end}").stat().st_size for end in ("npz", "json")]
    assert sum(sizes) <= MOST_BYTES


def test_altered_weights_are_refused(facts):
    weights = (shipped.FOLDER / f"{shipped.NAME}.npz").read_bytes()
    altered = bytearray(weights)
    altered[len(altered) // 2] ^= 1
    with pytest.raises(ModelError, match=r"CARD\.md"):
        shipped.model(bytes(altered), facts)


def test_a_model_of_another_codebook_is_refused(facts):
    weights = (shipped.FOLDER / f"{shipped.NAME}.npz").read_bytes()
    gate = {**facts["gate"], "groups": facts["gate"]["groups"][::-1]}
    with pytest.raises(ModelError, match="another codebook"):
        shipped.model(weights, {**facts, "gate": gate})


def test_a_missing_file_is_told_with_the_card(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    with pytest.raises(ModelError, match=r"CARD\.md"):
        shipped.load.__wrapped__()


def test_the_card_names_data_without_a_licence_and_what_is_forbidden(facts):
    card = models.card()
    unlicensed = [one["name"] for one in facts["data"] if one["licence"] is None]
    for name in unlicensed:
        assert f"| {name} | **none stated** |" in card
    assert "Forbidden" in card
    assert facts["version"] in card


@pytest.mark.parametrize(("prevalence", "passes"), [(0.02, False), (0.04, True), (0.2, True)])
def test_groups_are_compared_only_where_false_alarms_are_even_enough(prevalence, passes):
    assert Gate(groups=(), gap=0.005, gap_high=0.01).passes(prevalence) is passes


def test_the_shipped_gate_tells_of_every_group(model):
    assert [one.group for one in model.gate.groups] == list(GROUPS)
    assert model.gate.gap <= model.gate.gap_high
