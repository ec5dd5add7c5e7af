"""Whether a diary's entry may name a person: made-up names found, harmless entries left alone."""

import csv
from pathlib import Path

import pytest

from headwater.landscape.people import named

ENTRIES = Path(__file__).parents[1] / "assets" / "diary.csv"  # made up
LEAST_FOUND, MOST_WARNED = 0.9, 0.05


def entries(names_a_person):
    with ENTRIES.open(encoding="utf-8") as file:
        return [r["entry"] for r in csv.DictReader(file) if r["names_a_person"] == names_a_person]


def test_names_are_found_and_harmless_entries_left_alone():
    missed = [one for one in entries("yes") if not named(one)]
    warned = [(one, named(one)) for one in entries("no") if named(one)]
    assert len(entries("yes")) >= 40
    assert len(entries("no")) >= 80
    assert len(missed) <= (1 - LEAST_FOUND) * len(entries("yes")), missed
    assert len(warned) <= MOST_WARNED * len(entries("no")), warned


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trial of Jens Petersen", "Jens Petersen"),
        ("Frau Özdemir angegriffen", "Frau Özdemir"),
        ("Attack on Anna K.", "Anna K."),
        ("J. Petersen convicted", "J. Petersen"),
        ("Case against Priya Nandakumar opens", "Priya Nandakumar"),
        ("", None),
        ("Anna", None),
        ("Mr", None),
        ("ANNA FRANK", None),
    ],
)
def test_the_words_that_name_are_given(text, words):
    assert named(text) == words
