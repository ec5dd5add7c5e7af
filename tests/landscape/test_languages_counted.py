"""Posts in a language whose errors nobody measured are counted where people labelled a sample."""

from datetime import date
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from audits import People, answered, gold_test

from headwater.landscape import (
    Judge,
    Settings,
    SettingsError,
    audit,
    find,
    pipeline,
    run,
    sample,
    scrub,
)
from headwater.landscape.analyses.correction import Corrected, Flagged, corrected, high_of_few
from headwater.landscape.report.model import ErrorRate, Why
from headwater.landscape.sample import faults, talk
from headwater.landscape.sample import town as towns

SEED, N_POSTS = 4, 8_000
GERMAN = ErrorRate(
    language="de",
    threshold=0.5,
    sensitivity=0.5,
    sensitivity_sd=0.1,
    false_positive_rate=0.01,
    false_positive_rate_sd=0.005,
    n_hate=300,
    n_other=3000,
)
SURE = People(sensitivity=0.9, false_alarms=0.005, n_hate=60, n_other=100)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder, seed=SEED, n_posts=N_POSTS)
    return folder


def settings(folder, *languages, audit=None):
    return Settings(
        "Fjordby",
        folder / "work",
        timezone="Europe/Copenhagen",
        languages=languages,
        audit=audit,
    )


def planted():
    """Return whether each text of the town is hate, as the scrub leaves it."""
    rng = Random(SEED)  # noqa: S311 the town's own
    records = faults.planted(rng, talk.posts(rng, towns.found(rng, N_POSTS)))
    texts = scrub.bare(pa.array([record.text for record in records])).rows["text"].to_pylist()
    return {text: one.said.kind == "hate" for text, one in zip(texts, records, strict=True)}


@pytest.fixture(scope="module")
def danish(town, tmp_path_factory):
    """A report of a town's Danish posts, and the share of hate that is planted in them."""
    folder = tmp_path_factory.mktemp("danish")
    is_hate = planted()
    exports, own = find([str(town)]), settings(folder, "da")
    every = pipeline.draw(exports, own, 10**9, date(2026, 3, 1))
    with pytest.MonkeyPatch.context() as patch:
        # of twenty samples one misses the share, as it may: here the same is drawn each time
        patch.setattr(pipeline.secrets, "randbits", lambda _: SEED)
        drawn = pipeline.draw(exports, own, 400, date(2026, 3, 1))
    rng = np.random.default_rng(SEED)
    answers = answered(rng, np.array([is_hate[text] for text in drawn.texts]), SURE)
    found = audit.audited(answers, drawn.drawn, gold_test(rng, SURE))
    path = audit.write(found, folder / "audit.json")
    made = run(exports, settings(folder, "da", audit=path))
    return made, np.mean([is_hate[text] for text in every.texts]), set(every.languages)


def test_a_language_without_known_errors_may_be_all_hate_or_none():
    assert corrected([Flagged("da", 900, 50, 50)], {"de": GERMAN}) == Corrected(0, 0, 1)
    alone = corrected([Flagged("de", 1000, 40, 40)], {"de": GERMAN})
    both = corrected([Flagged("de", 1000, 40, 40), Flagged("da", 1000, 0, 0)], {"de": GERMAN})
    assert both.share == pytest.approx(alone.share / 2)
    assert (both.low, both.high) == (
        pytest.approx(alone.low / 2),
        pytest.approx(alone.high / 2 + 0.5),
    )
    assert high_of_few([Flagged("da", 900, 0, 0)], {"de": GERMAN}, few=10) == 1


def test_it_is_refused_without_an_audit_and_a_language_that_no_one_knows_with_any(town, tmp_path):
    with pytest.raises(SettingsError, match=r"errs in da is not known.*audit sample --languages"):
        run(find([str(town)]), settings(tmp_path, "da", "de"))
    with pytest.raises(SettingsError, match="does not know tlh; it knows da, de"):
        pipeline.draw(find([str(town)]), settings(tmp_path, "tlh"), 50, date(2026, 3, 1))
    with pytest.raises(SettingsError, match="does not know da; it knows de, en"):
        fast = settings(tmp_path, "da")._replace(judge=Judge("fast"))
        pipeline.draw(find([str(town)]), fast, 50, date(2026, 3, 1))


def test_only_the_languages_that_are_named_are_counted(danish):
    made, _, drawn_in = danish
    assert drawn_in == {"da"}
    assert [(one.name, one.tier) for one in made.languages if one.counted] == [
        ("da", "transferred")
    ]


def test_the_share_is_what_people_found(danish):
    made, share, _ = danish
    (whole,) = [one for one in made.prevalence if one.by == "all"]
    assert whole.audited
    assert whole.low <= share <= whole.high <= 3 * share


def test_no_number_rests_on_errors_that_nobody_knows(danish):
    made, _, _ = danish
    assert {one.why for one in made.targets} == {Why.ABSTAINS}
    assert not [one for one in made.prevalence if one.by == "language"]
    parts = [one for one in made.prevalence if one.by in {"platform", "month", "weekday"}]
    assert parts
    assert all(one.audited or one.share is None for one in parts)


def test_measured_languages_can_be_counted_by_themselves(town, tmp_path):
    made = run(find([str(town)]), settings(tmp_path, "de")._replace(judge=Judge("fast")))
    assert [one.name for one in made.languages if one.counted] == ["de"]
    told = {one.value for one in made.prevalence if one.by == "language"}
    assert "en" not in told
