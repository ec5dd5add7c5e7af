"""The report in a minute: what stands first says what the sections say, and no more."""

from datetime import date

import pytest

from headwater.landscape.report import glance, page, parts
from headwater.landscape.report.model import Limit
from tests.landscape import reports


def said(report):
    return {one.asked: " ".join(one.said) for one in glance.lines(report)}


def test_a_full_report_answers_who_what_when_how_sure_and_what_next():
    found = said(reports.with_all_lists())
    assert list(found) == [
        "Whom is it aimed at?",
        "What is it about?",
        "What divides?",
        "When?",
        "Which words?",
        "How does it travel?",
        "How sure is this?",
        "What next?",
    ]
    assert "Housing and building (12%)" in found["What is it about?"]
    assert "3 to 6 February 2026 (hateful): what happened?" in found["When?"]
    assert "Used more than in earlier weeks: new word." in found["Which words?"]
    assert "In disguise: quaycash." in found["Which words?"]
    assert "nobody has checked" in found["How sure is this?"]


def test_of_what_was_not_found_nothing_is_said():
    assert list(said(reports.small())) == ["How sure is this?", "What next?"]


def test_groups_stand_in_a_fixed_order_and_those_that_may_be_none_apart():
    made = reports.full()
    first, second, *_ = (one for one in made.targets if one.share)
    turned = made.model_copy(update={"targets": (second.model_copy(update={"low": 0.0}), first)})
    found = said(turned)["Whom is it aimed at?"]
    assert found.index("Hateful posts name") < found.index("Perhaps")
    assert "no ranking" in found
    assert "no ranking" not in said(reports.comparing())["Whom is it aimed at?"]


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"events": ()}, "Ask what happened then"),
        ({"kind": "hate"}, "Look back with your partners"),
        ({"terms": (), "talked_of_from": date(2026, 2, 3)}, "Name with a colleague"),
    ],
)
def test_a_step_follows_from_its_finding_alone(change, step):
    first = reports.with_all_lists().triggers[0]
    quiet = first.model_copy(update={"kind": "talk", "link": "coincided"})
    link = {"link": "none"} if "events" in change else {}
    stirred = quiet.model_copy(update=change | link)
    for trigger, is_said in ((quiet, False), (stirred, True)):
        steps = glance.steps(reports.full(triggers=(trigger,)))
        assert any(one.startswith(step) for one in steps) == is_said


def test_words_that_wait_are_a_step():
    waits = Limit(code="words_wait", text="Words wait.")
    assert any("candidates.csv" in one for one in glance.steps(reports.full(limits=(waits,))))
    assert not any("candidates.csv" in one for one in glance.steps(reports.full()))


def test_what_was_found_stands_before_how_it_was_made():
    html = page.render(reports.with_all_lists())
    assert html.index('id="glance"') < html.index('id="whom"') < html.index('id="next"')
    assert html.index('id="next"') < html.index('id="read"')


def test_a_day_that_is_told_as_a_trigger_is_not_asked_for_again():
    made = reports.with_all_lists()
    asked = parts.diary(made.model_copy(update={"triggers": ()}))
    on = asked[0][0]
    told = made.triggers[0].model_copy(update={"starts_on": on, "ends_on": on, "shape": "burst"})
    left = parts.diary(made.model_copy(update={"triggers": (told,)}))
    assert [row for row in asked if row[0] != on] == list(left)
