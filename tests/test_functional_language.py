"""The functional suite: complete, clean, disjoint from what the model saw, and frozen."""

import re
from collections import Counter
from itertools import chain
from random import Random

import pytest

from headwater.landscape import codebook
from headwater.landscape.sample import tables
from tests import functional_language as suite
from tests.landscape.test_leaks import runs
from training.own import grammar

FROZEN = ("1.0", "307d2a3a5d99524c89364ea3a6ef02b25eb805bff8bb99937a4dbccfe2bb53f8")
GROUP, N_FILLED = "group", 4
AGREEING = ("o", "i", "they", "them")  # slots that say nothing but gender or number
EACH = pytest.mark.parametrize("language", suite.LANGUAGES)


def test_it_is_frozen_and_only_a_new_version_may_differ():
    assert (suite.VERSION, suite.fingerprint()) == FROZEN
    assert f"| {FROZEN[0]} | `{FROZEN[1]}` |" in (suite.HERE / "README.md").read_text()


@EACH
def test_a_language_has_every_family_under_its_one_label(language):
    found = {(case.family, case.hate) for case in suite.cases(language)}
    assert found == set(suite.families().items())


@EACH
def test_a_language_is_as_large_and_as_balanced_as_the_others(language):
    cases = suite.cases(language)
    assert 120 <= len(suite.rows(language)) <= 160
    assert 800 <= len(cases) <= 1500
    assert 0.4 <= sum(case.hate for case in cases) / len(cases) <= 0.6
    assert min(Counter(case.family for case in cases).values()) >= 9


@EACH
def test_a_language_names_every_group_of_the_codebook(language):
    assert {case.group for case in suite.cases(language)} == {*codebook.GROUPS, ""}


@EACH
def test_every_form_of_a_group_is_used_by_a_template(language):
    used = {slot.lower() for row in suite.rows(language) for slot in slots(row["template"])}
    assert used == set(suite.rows(f"groups/{language}")[0]) - {"group"}


@EACH
def test_a_template_has_a_slot_exactly_where_it_takes_groups(language):
    for row in suite.rows(language):
        assert bool(slots(row["template"])) == (row["group"] in {"any", "origin"}), row


@EACH
def test_a_text_is_filled_clean_and_stands_once(language):
    texts = [case.text for case in suite.cases(language)]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text == " ".join(text.split())
        assert not re.search(r"[{}|]", text)


@EACH
def test_a_sentence_begins_as_its_writer_would_begin_it(language):
    """Only a comment written small throughout starts with a small letter."""
    for row in suite.rows(language):
        small = row["template"].lstrip("{\"'„“«¿¡ ")[0].islower()
        assert not small or row["template"] == row["template"].lower(), row


def test_hostility_apart_is_never_hate():
    assert not any(case.hate for case in suite.all_cases() if case.group == "political")


def test_no_case_shares_five_words_with_what_the_model_learnt_or_is_shown():
    told = runs(re.sub(r"\s+", " ", line) for line in _told())
    assert not told & runs(row["template"] for one in suite.LANGUAGES for row in suite.rows(one))
    assert not told & runs(_templates())


def slots(template: str) -> list[str]:
    return suite.SLOT.findall(template)


def _templates():
    """Yield the suite's templates as they are said; whatever a group is called is one word."""
    for one in suite.LANGUAGES:
        for forms in suite.rows(f"groups/{one}"):
            said = {name: form if name in AGREEING else GROUP for name, form in forms.items()}
            for row in suite.rows(one):
                yield suite.SLOT.sub(lambda slot, said=said: said[slot[1].lower()], row["template"])


def _told():
    """Yield what was taught and is shown: every template said a few times, of a group."""
    rng = Random(1)  # noqa: S311  no secret
    for language in grammar.LANGUAGES:
        for template in chain(*grammar.templates(language).values()):
            name = grammar.Name(language, "", GROUP, GROUP, GROUP, GROUP, GROUP)
            yield from (grammar.filled(template, name, language, rng) for _ in range(N_FILLED))
        yield from (line for _, line in grammar.sections(f"around.{language}.txt"))
    for name in ("hate", "mentions", "topics", "lines"):
        yield from (value for row in tables.rows(name) for value in row.values() if value)
