"""Which sources an encoder leaves out, and how much posts count in teaching."""

import numpy as np
import pytest

from training import weighting
from training.encoder.folds import FOLDS, MOST_ASKED, UNSEEN, asked, left_out
from training.posts import Posts, evenly
from training.sources import OWN, SOURCES

OTHER_LANGUAGES = {"ro_offense"}  # of no language that the encoder learns


def posts(*kinds):
    """Make posts of kinds: source, language, how many, how many of them hate."""
    parts = [
        np.repeat(np.array(column), [kind[2] for kind in kinds])
        for column in list(zip(*kinds, strict=True))[:2]
    ]
    hate = np.concatenate([np.arange(n) < n_hate for *_, n, n_hate in kinds])
    blank = np.zeros((len(hate), 11), np.bool_)
    return Posts(None, *parts, np.full(len(hate), "civil"), hate, blank, blank[:, 0], blank[:, 0])


def test_every_source_is_left_out_once():
    named = [name for fold in UNSEEN for name in FOLDS[fold]]
    assert sorted(named) == sorted({one.name for one in (*SOURCES, *OWN)} - OTHER_LANGUAGES)


def test_an_encoder_is_asked_of_what_it_leaves_out_and_of_no_more_than_tells():
    own = posts(
        ("cad", "en", 9000, 900),
        ("gahd", "de", 50, 20),
        ("edos", "en", 0, 0),
        ("mlma", "en", 70, 7),
    )
    rows = asked(own, "b")
    assert left_out(own, "b")[rows].all()
    assert np.bincount(own.source[rows] == "cad").tolist() == [50, MOST_ASKED]
    assert own.hate[rows][own.source[rows] == "cad"].mean() == pytest.approx(0.1, abs=0.001)
    assert not len(asked(own, "whole"))
    assert not len(asked(own, "licensed"))


def test_what_is_chosen_evenly_spans_all():
    assert evenly(np.arange(10), 20).tolist() == list(range(10))
    assert evenly(np.arange(10), 5).tolist() == [0, 2, 4, 6, 8]
    assert not len(evenly(np.arange(0), 5))


def test_rare_hate_and_our_own_posts_have_their_share_of_the_weight():
    own = posts(("cad", "en", 2000, 100), ("gahd", "de", 500, 250), ("own_1", "en", 300, 150))
    found = weighting.weights(own, np.ones(2800, np.bool_), lambda n: 1 / n)
    cad, ours = own.source == "cad", own.source == "own_1"
    assert found[cad & own.hate].sum() / found[cad].sum() == pytest.approx(weighting.LEAST_HATE)
    assert found[ours].sum() / found.sum() == pytest.approx(weighting.OWN_SHARE)
    assert len(set(found[ours])) == 1
