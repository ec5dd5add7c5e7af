"""What our own training text must hold to."""

import csv
import re
from collections import Counter
from random import Random

import pytest

from headwater.landscape.codebook import GROUPS
from training.own import FAMILIES, LANGUAGES, draw
from training.own.draw import SHARES
from training.own.grammar import KINDS, SLOT, fillers, name_for, names, templates

SPAN = 5  # words that no post may share with the labelled sample


@pytest.fixture(scope="module")
def rows():
    return draw(6_000, seed=3)


def spans(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + SPAN]) for at in range(len(words) - SPAN + 1)}


def test_the_same_seed_gives_the_same_posts_and_another_gives_others():
    assert draw(200, seed=5) == draw(200, seed=5)
    assert draw(200, seed=5) != draw(200, seed=6)


def test_no_two_posts_are_the_same(rows):
    assert len({row.text for row in rows}) == len(rows)


def test_no_place_for_a_word_is_left_open(rows):
    assert [row.text for row in rows if re.search(r"[\[\]{}|]|==", row.text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_for_a_word_can_be_filled(language):
    known = {*fillers(language), *"NWDKA"}
    for family in templates(language).values():
        for template in family:
            assert set(SLOT.findall(template.text)) <= known, template.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_about_groups_fits_one(language):
    rng = Random(1)  # noqa: S311  no secret
    for family in templates(language).values():
        for template in family:
            says_whom = set(SLOT.findall(template.text)) & set("NWDKA")
            if says_whom:
                assert name_for(template, language, rng), template.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_family_exists_in_every_language_and_is_of_one_kind(language):
    own = templates(language)
    assert own.keys() == FAMILIES.keys()
    for name, family in own.items():
        assert {one.kind for one in family} == {FAMILIES[name]}


def test_all_twelve_languages_have_text():
    assert set(LANGUAGES) == set(
        ["da", "de", "en", "es", "fr", "it", "nl", "no", "pl", "pt", "sv", "tr"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_many_ways_to_say_each_kind(language):
    n = Counter(one.kind for family in templates(language).values() for one in family)
    assert n["hate"] >= 150
    assert n["mention"] + n["rude"] + n["civil"] >= 250
    assert set(n) == set(KINDS) == set(SHARES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_of_the_codebooks_groups_and_of_all_but_the_political(language):
    assert {name.group for name in names(language)} == set(GROUPS) - {"political"}


def test_hate_is_hostile_to_a_group_and_other_talk_to_none_but_the_political(rows):
    for row in rows:
        if row.kind == "hate":
            assert len(row.groups) == 1
            assert row.groups[0] in GROUPS
        else:
            assert set(row.groups) <= {"political"}


def test_the_labelled_sample_is_not_taught(rows, samples):
    with (samples / "labelled.csv").open(encoding="utf-8") as lines:
        judged = set().union(*(spans(row["text"]) for row in csv.DictReader(lines)))
    assert judged.isdisjoint(set().union(*(spans(row.text) for row in rows)))
