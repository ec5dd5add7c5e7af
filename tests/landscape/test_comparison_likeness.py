"""Two reports are compared only where they are alike; what differs is said, with the way out."""

from datetime import date

import pairs
import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape import ComparisonError, ExportError, compare
from headwater.landscape.comparison import mix
from headwater.landscape.report.model import LanguageCount, Limit, Target

MADE = {
    "model": {"model": "hate-linear 1 fast"},
    "codebook": {"codebook": "2.0"},
    "rules": {"publication_rules": "2"},
}
METHOD = {
    "floor": {"floor": 5},
    "rounding": {"round_to": 10},
    "base": {"base_posts": 1000},
    "definitions": {"definitions": "Something else"},
    "correction": {"correction": "none"},
    "error_rates": {"error_rates": ()},
}
UNLIKE = {
    **{code: pairs.with_made(pairs.spring(), **changes) for code, changes in MADE.items()},
    **{code: pairs.with_method(pairs.spring(), **changes) for code, changes in METHOD.items()},
    "schema": pairs.spring(schema_version="2.0"),
    "audit": reports.audited(period=pairs.SPRING),
    "working_report": pairs.spring(period=pairs.SPRING.model_copy(update={"name": None})),
    "overlap": pairs.spring(period=pairs.SPRING.model_copy(update={"starts_on": date(2026, 3, 1)})),
    "places": pairs.spring(place=pairs.ELSEWHERE),
    "platform_alone": pairs.with_platforms(pairs.spring(), youtube=50, tiktok=50),
    "platform_mix": pairs.with_platforms(
        pairs.spring(), youtube=50, mastodon=25, reddit=10, telegram=10, news=5
    ),
    "languages": pairs.spring(
        languages=(
            LanguageCount(name="en", n_posts=900, percent=90, tier="measured", counted=True),
            LanguageCount(name="de", n_posts=100, percent=10, tier="measured", counted=False),
        )
    ),
}


def refused(*given, **more):
    with pytest.raises(ComparisonError) as refusal:
        compare(*given, **more)
    return refusal.value


@pytest.mark.parametrize("code", UNLIKE)
def test_each_unlikeness_is_refused_by_its_code_alone_with_a_sentence(code):
    for both in ((pairs.winter(), UNLIKE[code]), (UNLIKE[code], pairs.winter())):
        ((found, text),) = refused(*both).unlike
        assert found == code
        assert text.endswith(".")
        assert text in str(refused(*both))


def test_all_that_differs_is_told_at_once():
    other = pairs.with_made(pairs.spring(place=pairs.ELSEWHERE), model="another", codebook="9")
    assert [code for code, _ in refused(pairs.winter(), other).unlike] == [
        "places",
        "model",
        "codebook",
    ]


def test_what_differs_is_named_with_both_values():
    told = str(refused(pairs.winter(), UNLIKE["model"]))
    assert "(January to March 2026, hate-linear 1; April to June 2026, hate-linear 1 fast)" in told
    assert "--effort" in told


def test_a_report_is_not_compared_with_itself():
    assert [code for code, _ in refused(pairs.winter(), pairs.winter()).unlike] == ["overlap"]


@pytest.mark.parametrize("place", ["fjordby  (Fictional)", "Fjordby (fictional) "])
def test_a_place_is_the_same_however_it_is_typed(place):
    assert compare(pairs.winter(), pairs.spring(place=place)).of == "periods"


def test_towns_that_agree_are_compared_and_the_statement_is_kept():
    made = compare(pairs.winter(), pairs.spring(place=pairs.ELSEWHERE), towns_agree=True)
    codes = {one.code for one in made.cautions}
    assert made.of == "towns"
    assert {"agreed", "no_ranking", "no_groups", "periods"} <= codes
    assert "falling" not in codes


def test_towns_may_be_of_the_same_days():
    made = compare(pairs.winter(), pairs.winter(place=pairs.ELSEWHERE), towns_agree=True)
    assert "periods" not in {one.code for one in made.cautions}


def test_that_towns_agree_opens_nothing_else():
    other = pairs.with_made(pairs.spring(place=pairs.ELSEWHERE), model="another")
    assert [code for code, _ in refused(pairs.winter(), other, towns_agree=True).unlike] == [
        "model"
    ]


def cautions(first, second, **more):
    return {one.code for one in compare(first, second, **more).cautions}


LATER = pairs.SPRING.model_copy(update={"starts_on": date(2026, 5, 1), "name": "2026-05"})
LONG = pairs.SPRING.model_copy(update={"ends_on": date(2027, 3, 31)})
ZONE = pairs.SPRING.model_copy(update={"timezone": "Atlantic/Faroe"})


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("gap", pairs.spring(period=LATER)),
        ("length", pairs.spring(period=LONG)),
        ("timezone", pairs.spring(period=ZONE)),
        ("headwater", pairs.with_made(pairs.spring(), headwater="0.2.0")),
        (
            "volume",
            pairs.spring(reading=reports.full().reading.model_copy(update={"accepted": 9000})),
        ),
        (
            "judged",
            pairs.spring(
                coverage=reports.full().coverage.model_copy(update={"judged_percent": 70})
            ),
        ),
        (
            "platform_mix",
            pairs.with_platforms(
                pairs.spring(), youtube=38, mastodon=25, reddit=16, telegram=16, news=5
            ),
        ),
        (
            "platform_alone",
            pairs.with_platforms(
                pairs.spring(), youtube=31, mastodon=25, reddit=23, telegram=16, news=6, x=0
            ),
        ),
        (
            "language_mix",
            pairs.spring(
                languages=tuple(
                    one.model_copy(update={"percent": {"en": 20, "de": 60}.get(one.name, 5)})
                    for one in reports.full().languages
                )
            ),
        ),
        ("ends_early", pairs.spring(limits=(Limit(code="ends_early", text="It ends early."),))),
    ],
)
def test_what_deserves_a_caution_gets_it_and_like_reports_do_not(code, changed):
    assert code in cautions(pairs.winter(), changed)
    assert code not in cautions(pairs.winter(), pairs.spring())


def test_a_limit_of_one_report_is_told_of_that_one():
    ends = (Limit(code="ends_early", text="It ends early."),)
    (told,) = [
        one.text
        for one in compare(pairs.winter(limits=ends), pairs.spring(limits=ends)).cautions
        if one.code == "ends_early"
    ]
    assert told == "In both reports: It ends early."


def test_how_many_parts_may_differ_by_chance_is_said():
    text = {one.code: one.text for one in compare(pairs.winter(), pairs.spring()).cautions}
    assert text["by_chance"].startswith("11 parts are compared")
    alone = compare(
        pairs.of_whole(0.02, 0.01, 0.03), pairs.of_whole(0.03, 0.02, 0.04, period=pairs.SPRING)
    )
    assert "by_chance" not in {one.code for one in alone.cautions}


@pytest.mark.parametrize(
    ("first", "second", "least", "most"),
    [
        ({"a": 60, "b": 40}, {"a": 60, "b": 40}, 0, 0),
        ({"a": 60, "b": 40}, {"a": 40, "b": 60}, 20, 20),
        ({"a": 60, "b": 40}, {"a": 60, "b": 33, "c": 7}, 7, 7),
        ({"a": 90, "b": None}, {"a": 90, "b": None}, 0, 10),
        ({"a": 90, "b": None, "c": None}, {"a": 80, "b": 10, "c": None}, 10, 20),
        ({}, {}, 0, 100),
    ],
)
def test_the_shift_of_a_mix_is_known_as_far_as_it_is_published(first, second, least, most):
    assert mix.shift(first, second) == (least, most)


parts = st.lists(st.integers(0, 30), min_size=4, max_size=4)


@given(parts, parts, st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_the_true_shift_lies_between_its_ends_whatever_is_hidden(one, other, hides, hides_too):
    full = [[*side, 120 - sum(side)] for side in (one, other)]
    shares = [[100 * n / 120 for n in side] for side in full]
    true = sum(abs(here - there) for here, there in zip(*shares, strict=True)) / 2
    told = [
        {str(at): None if at in hidden else share for at, share in enumerate(side)}
        for side, hidden in zip(shares, (hides, hides_too), strict=True)
    ]
    found = mix.shift(*told)
    assert found.least - 1e-9 <= true <= found.most + 1e-9


WHOLE = pairs.winter().prevalence[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"share": 0.5},
        {"low": 0.03},
        {"low": -0.1},
        {"high": 1.5},
        {"high": None},
        {"share": None},
        {"share": float("nan")},
        {"low": None, "share": None, "high": float("nan")},
    ],
)
def test_numbers_that_no_report_holds_are_refused_by_their_place(changes):
    edited = pairs.spring(prevalence=(WHOLE.model_copy(update=changes),))
    for both in ((pairs.winter(), edited), (edited, pairs.winter())):
        with pytest.raises(ExportError, match="prevalence all all"):
            compare(*both)


@pytest.mark.parametrize(
    ("place", "edited"),
    [
        ("prevalence all all", pairs.spring(prevalence=(WHOLE, WHOLE))),
        (
            "targets women",
            pairs.spring(targets=(Target(target="women", n_posts=1, share=2, low=0, high=1),)),
        ),
        (
            "period",
            pairs.spring(period=pairs.SPRING.model_copy(update={"ends_on": date(2020, 1, 1)})),
        ),
        ("percent", pairs.with_platforms(pairs.spring(), youtube=140)),
    ],
)
def test_an_edited_report_is_refused(place, edited):
    with pytest.raises(ExportError, match=place):
        compare(pairs.winter(), edited)
