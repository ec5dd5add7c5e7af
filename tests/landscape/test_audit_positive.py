"""How much speaks well, as people found who labelled a sample."""

from pathlib import Path

import numpy as np
import pytest

from headwater.landscape import Settings, audit
from headwater.landscape.audit import draw
from headwater.landscape.audit.asking import Answer
from headwater.landscape.audit.papers import Given
from headwater.landscape.cli.labelling import found
from headwater.landscape.labelled import Hits, Positive
from headwater.landscape.publication.positive import positive as publish
from headwater.landscape.report import page, positive
from tests.landscape import reports
from tests.landscape.test_audit_people import N_POSTS, sheet, taken

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
FOUND = Positive(0.183, 0.112, 0.262, Hits(80, 60, 4), 40, 0.712)


def told_of(rng, share, leniency, n_posts=8_000, budget=400):
    """Draw a town in which so much is positive, less so what scores high, and have two people label."""
    scores = rng.beta(0.3, 6, n_posts)
    is_positive = rng.random(n_posts) < share * (1 - scores) / (1 - scores).mean()
    sample = draw(scores, budget, int(rng.integers(1 << 30)))
    answers = []
    for at, place in enumerate(sample.places.tolist()):
        own = at % 2
        says = is_positive[place] if rng.random() > leniency[own] else not is_positive[place]
        answers.append(Answer(at, "ab"[own], False, bool(says)))
    return is_positive.mean(), audit.positive(answers, sample, sample.places)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.6])
def test_the_interval_holds_what_is_there(share):
    rng = np.random.default_rng(int(100 * share))
    made = [told_of(rng, share, (0, 0)) for _ in range(120)]
    held = [one.low <= truth <= one.high for truth, one in made]
    assert np.mean(held) >= 0.9
    assert abs(np.mean([one.share - truth for truth, one in made])) < 0.01
    width = np.mean([one.high - one.low for _, one in made])
    assert width < 2.5 * 2 * 1.96 * np.sqrt(share * (1 - share) / 400) + 0.01


def test_people_who_differ_make_it_less_sure():
    alike = np.mean([_width(told_of(np.random.default_rng(at), 0.2, (0, 0))) for at in range(20)])
    apart = np.mean([_width(told_of(np.random.default_rng(at), 0.2, (0, 0.3))) for at in range(20)])
    assert apart > 1.8 * alike


def _width(made):
    return made[1].high - made[1].low


def test_parts_count_where_several_were_asked():
    scores = np.full(60, 0.1)
    sample = draw(scores, 60, 1)
    answers = [Answer(at, "a", False, at < 20) for at in range(60)]
    answers += [Answer(at, "b", False, at < 10) for at in range(40)]
    answers += [Answer(0, "b", False, False)]  # what one says twice of a post counts as said first
    one = audit.positive(answers, sample, np.arange(60) // 2)
    assert one.share == pytest.approx((10 + 10 * 0.5) / 60)
    assert one.n_twice == 40
    assert one.hits == Hits(20, 10, 2)
    assert 0.3 < one.alpha < 0.5


def test_who_was_not_asked_for_it_tells_nothing():
    old = [Answer(at, "a" if at < 30 else "b", False) for at in range(N_POSTS)]
    given = Given(old, [*taken("a"), *taken("b")])
    assert found(sheet(), given).positive is None
    asked = [one._replace(is_positive=one.post % 5 == 0) for one in old]
    assert found(sheet(), given.__class__(asked, given.gold)).positive.hits.n_posts == 12


def test_it_is_kept_in_the_file_and_read_back(tmp_path):
    old = [Answer(at, "a" if at < 30 else "b", False, at % 5 == 0) for at in range(N_POSTS)]
    made = found(sheet(), Given(old, [*taken("a"), *taken("b")]))
    assert audit.read(audit.write(made, tmp_path / "audit.json")).positive == made.positive


def told(one, **of):
    made = _audit()._replace(positive=one, **of)
    return publish(made, 18_000, SETTINGS)


def _audit():
    old = [Answer(at, "a" if at < 30 else "b", False) for at in range(N_POSTS)]
    return found(sheet(), Given(old, [*taken("a"), *taken("b")]))


def test_it_is_told_in_few_digits_and_not_of_few_people():
    one = told(FOUND)
    assert (one.n_posts, one.share, one.low, one.high) == (18_000, 0.18, 0.11, 0.27)
    assert one.alpha == 0.71
    for few in (Hits(9, 9, 1), Hits(40, 9, 3), Hits(40, 15, 21)):
        hidden = told(FOUND._replace(hits=few))
        assert hidden.share is hidden.low is hidden.high is hidden.alpha is None
        assert hidden.why is not None
    assert told(None) is None
    assert publish(None, 18_000, SETTINGS) is None
    assert publish(_audit()._replace(positive=FOUND), None, SETTINGS) is None


def test_the_page_says_it_in_a_sentence():
    report = reports.audited()
    assert positive.sentence(report) == (
        "18% of the judged posts (11% to 26%) are constructive, recognise others or speak up against "
        "hate. People who labelled a sample found that; no model tells it. Their agreement is tentative "
        "(alpha 0.71)."
    )
    assert "How much speaks well?" in page.render(report)
    assert "How much speaks well?" not in page.render(reports.full())
