"""What the shipped model must hold to."""

import csv
import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from headwater.landscape import models
from headwater.landscape.codebook import GROUPS
from headwater.landscape.errors import ModelError
from headwater.landscape.models import Gate, passages, shipped
from training import card

MOST_BYTES = 60_000_000
EFFORTS = ("fast", "balanced", "thorough")
WEIGHTS = (shipped.LINEAR, shipped.NETWORK, shipped.TOKENIZER)
FLOOR = 0.95  # of the AUC on the sample beside the model
LOOKALIKES = str.maketrans("aceop", "\u0430\u0441\u0435\u043e\u0440")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


@pytest.fixture(scope="module")
def model():
    return models.load("balanced")


@pytest.fixture
def posts(samples):
    with (samples / "labelled.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def facts():
    return json.loads((shipped.FOLDER / shipped.FACTS).read_text(encoding="utf-8"))


def auc(hate, scores):
    """Give how often a post of hate scores higher than one without."""
    higher = scores[hate][:, None] > scores[~hate][None, :]
    return higher.mean()


@pytest.mark.parametrize("effort", EFFORTS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_it_ranks_the_sample_above_the_floor(posts, language, effort):
    own = [post for post in posts if post["language"] == language]
    texts = pa.array([post["text"] for post in own])
    scores, _ = models.load(effort).scores(texts, pa.repeat(language, len(own)), counts=False)
    assert auc(np.array([post["hate"] == "1" for post in own]), scores) >= FLOOR


@pytest.mark.parametrize("effort", EFFORTS)
def test_it_names_whom_most_of_the_english_sample_targets(posts, effort):
    hostile = [post for post in posts if post["target"] and post["language"] == "en"]
    texts = pa.array([post["text"] for post in hostile])
    found = models.load(effort).judge(texts, pa.repeat("en", len(hostile)), counts=False)
    places = [GROUPS.index(post["target"]) for post in hostile]
    assert found.targets[np.arange(len(hostile)), places][found.is_hate].mean() >= 0.75


def test_fast_reads_no_post_with_the_encoder_and_thorough_reads_all(posts):
    texts = pa.array([post["text"] for post in posts])
    languages = pa.array([post["language"] for post in posts])
    fast, balanced, thorough = (
        models.load(one).scores(texts, languages, counts=False) for one in EFFORTS
    )
    assert np.isnan(fast[1]).all()
    assert not np.isnan(thorough[1]).any()
    n_read = (~np.isnan(balanced[1][:, 0])).sum()
    assert 0 < n_read < len(posts)
    read = ~np.isnan(balanced[1][:, 0])
    assert (balanced[0][read] == thorough[0][read]).all()
    assert (balanced[0][~read] == fast[0][~read]).all()


def test_the_encoder_reads_each_post_by_itself(model, posts):
    texts = pa.array([post["text"] for post in posts][:40])
    answers = model.encoder().answers(texts)
    assert (model.encoder().answers(texts.take(pa.array(range(39, -1, -1))))[::-1] == answers).all()
    assert (model.encoder().answers(texts[7:8])[0] == answers[7]).all()


@pytest.mark.parametrize("text", ["", " ", "</s><pad>", "\x00\x01", "😀" * 500, "word " * 50_000])
def test_the_encoder_answers_any_text(model, text):
    assert np.isfinite(model.encoder().answers(pa.array([text]))).all()


def test_only_languages_whose_errors_are_known_are_counted(model):
    assert {name for name in model.languages if models.tier(model, name) == "measured"} == {
        "de",
        "en",
    }
    assert models.tier(model, "da") == "transferred"
    assert models.tier(model, "ja") == "abstains"
    assert set(models.load("fast").languages) == {"de", "en"}


@pytest.mark.parametrize("effort", EFFORTS)
def test_false_alarms_are_known_for_every_group_in_every_measured_language(effort):
    model = models.load(effort)
    for language in models.error_rates(model):
        own = [one for one in models.target_alarms(model) if one.language == language]
        assert tuple(one.target for one in own) == GROUPS
        assert all(0 < one.false_positive_rate < 0.02 for one in own)


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
    scores = model.linear.hate_scores
    changed = np.abs(scores(disguised) - scores(plain))
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
    texts = pa.array([plain, written])
    scores, answers = model.linear.hate_scores(texts), model.encoder().answers(texts)
    assert scores[0] == scores[1]
    assert (answers[0] == answers[1]).all()


def test_probabilities_rise_with_scores_and_stay_between_0_and_1(model, posts):
    texts = passages.cut(pa.array([post["text"] for post in posts] + ["", "hate " * 50_000])).texts
    texts = texts.filter(pc.less(pc.utf8_length(texts), passages.FROM_SIGNS))  # read whole
    for language in model.languages:
        languages = pa.repeat(language, len(texts))
        scores, _ = model.scores(texts, languages, counts=False)
        probability = model.judge(texts, languages, counts=False).probability
        assert ((probability >= 0) & (probability <= 1)).all()
        assert (np.diff(probability[np.argsort(scores)]) >= 0).all()


BLANKS = {"spaces": " ", "lines": "\n", "zero width": "\u200b", "tags": "\U000e0020"}


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_what_nobody_sees_before_a_text_hides_none_of_it(blank, model):
    text = " ".join(["The ferry leaves at ten.", "They are vermin, throw them all out."] * 3)
    plain, hidden = (
        model.judge(pa.array([one]), pa.array(["en"]), counts=False)
        for one in (text, blank * 10_001 + text)
    )
    assert plain.is_hate.all()
    assert all(map(np.array_equal, plain, hidden))


def test_a_text_without_end_is_judged_too(model):
    found = model.judge(pa.array(["hate " * 50_000]), pa.array(["en"]), counts=True)
    assert 0 <= found.probability[0] <= 1


def test_hate_beside_harmless_sentences_is_found(model):
    harmless = (
        "The ferry was late again this morning. Nobody on the quay knew why. It rained a lot."
    )
    hate = "Muslims are filthy vermin and should all be driven out."
    texts = pa.array([harmless, hate, f"{harmless} {hate}", f"{hate} {harmless}"])
    found = model.judge(texts, pa.array(["en"] * 4), counts=True)
    assert found.is_hate.tolist() == [False, True, True, True]
    assert found.targets[1].tolist() == found.targets[2].tolist()


def test_every_supported_language_finds_more_hate_than_it_invents(model):
    assert set(models.error_rates(model)) == {"de", "en"}
    for language, rate in models.error_rates(model).items():
        assert rate.language == language
        assert rate.threshold == model.languages[language].flags_from(counts=True)
        assert rate.sensitivity > rate.false_positive_rate > 0


def test_it_is_read_once_and_small_enough(model):
    assert models.load("balanced") is model
    assert sum((shipped.FOLDER / name).stat().st_size for name in WEIGHTS) <= MOST_BYTES


@pytest.mark.parametrize("name", WEIGHTS)
def test_altered_weights_are_refused(name, tmp_path, monkeypatch):
    for one in (*WEIGHTS, shipped.FACTS):
        content = bytearray((shipped.FOLDER / one).read_bytes())
        if one == name:
            content[len(content) // 2] ^= 1
        (tmp_path / one).write_bytes(content)
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    with pytest.raises(ModelError, match=r"CARD\.md"):
        shipped.load("balanced")
        shipped.read_encoder.__wrapped__()


def lenient(facts):
    facts["efforts"]["fast"]["languages"]["en"]["error_rate"]["threshold"] = 0.9999
    return json.dumps(facts)


ALTERED = {
    "no JSON": lambda facts: "{",
    "no object": lambda facts: "[]",
    "nothing": lambda facts: "{}",
    "too few scales": lambda facts: json.dumps(facts | {"scales": facts["scales"][:5]}),
    "no efforts": lambda facts: json.dumps({k: facts[k] for k in facts if k != "efforts"}),
    "a threshold moved": lenient,
    "no digest": lambda facts: json.dumps({k: facts[k] for k in facts if k != "digest"}),
}


@pytest.mark.parametrize("altered", ALTERED.values(), ids=ALTERED)
def test_altered_facts_are_refused(altered, facts, tmp_path, monkeypatch):
    (tmp_path / shipped.LINEAR).write_bytes((shipped.FOLDER / shipped.LINEAR).read_bytes())
    (tmp_path / shipped.FACTS).write_text(altered(facts))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    with pytest.raises(ModelError, match="install anew"):
        shipped.load("fast")


def test_facts_may_be_laid_out_otherwise(facts, tmp_path, monkeypatch):
    (tmp_path / shipped.LINEAR).write_bytes((shipped.FOLDER / shipped.LINEAR).read_bytes())
    (tmp_path / shipped.FACTS).write_text(json.dumps(facts, indent=4))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    assert shipped.load("fast").version == models.load("fast").version


def test_the_recipe_writes_the_facts_that_ship(facts, tmp_path, monkeypatch):
    monkeypatch.setattr(card, "FOLDER", tmp_path)
    card.write({name: one for name, one in facts.items() if name != "digest"})
    for name in (shipped.FACTS, shipped.CARD):
        assert (tmp_path / name).read_bytes() == (shipped.FOLDER / name).read_bytes()


def test_a_model_of_another_codebook_is_refused(facts):
    own = facts["efforts"]["fast"]
    own["gate"]["groups"].reverse()
    with pytest.raises(ModelError, match="another codebook"):
        shipped.model(facts, "fast")


def test_a_missing_file_is_told_with_the_card(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    with pytest.raises(ModelError, match=r"CARD\.md"):
        shipped.load("fast")


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
