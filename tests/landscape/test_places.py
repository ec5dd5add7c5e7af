"""Which names a post holds, and what it concerns by them."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape import Settings, find, run
from headwater.landscape.gazetteer import Gazetteer, PlaceName
from headwater.landscape.shapes import Judge, PostBatch
from headwater.landscape.steps import phrases, places, steps

GAZETTEER = Gazetteer(
    names=(
        PlaceName("Fjordby", "town", True, True),
        PlaceName("Hafenstraße", "street", True, True),
        PlaceName("Nørre Ørby", "district", True, True),
        PlaceName("St. Pauli", "district", True, True),
        PlaceName("Marsch", "Stadtteil", True, False),
        PlaceName("Ny Fjordby", "elsewhere", False, True),
        PlaceName("Island", "country", False, True, ("da", "de")),
        PlaceName("USA", "country", False, True, ("en",)),
    ),
    signs=("stadtteil", "street"),
    n_given=6,
    digest="0" * 64,
)
KNOWN = places.known(GAZETTEER)


def scope(text, language="de"):
    found = places.mentions(pa.array([text]), pa.array([language]), KNOWN)
    return places.scopes(found, 1, KNOWN).to_pylist()[0]


@pytest.mark.parametrize(
    "text",
    [
        "Fjordby",
        "in FJORDBY!",
        "Fjordbys Hafen",
        "Fjordby's harbour",
        "Fjordby/Island",
        "Fjordby😀",
        "F j o r d b y ist weit",
        "fj0rdby",
        "HAFENSTRASSE",
        "nørre-ørby",
        "norre orby",
        "Noerre Oerby",
        "in St.Pauli",
        "Stadtteil Marsch",
        "Marsch, ein Stadtteil",
        "Marsch Street",
        "Ny Fjordby und Fjordby",
    ],
)
def test_a_post_that_names_a_place_of_the_town_is_local(text):
    assert scope(text) == "local"


@pytest.mark.parametrize(
    "text", ["Ny Fjordby", "Island ist schön", "Islands Küste", "Ny Fjordbys Hafen"]
)
def test_a_post_that_names_only_places_elsewhere_is_elsewhere(text):
    assert scope(text) == "elsewhere"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Fjordbyer",
        "Altfjordby",
        "Nørre",
        "Nørre og Ørby",
        "Marsch",
        "Marsch Marsch",
        "Marsch ist ein Stadtteil",
        "USA",
    ],
)
def test_other_posts_are_not_placed(text):
    assert scope(text) == "unplaced"


def test_a_countrys_name_counts_in_its_own_language_alone():
    assert [scope("Island", one) for one in ("de", "en", "und")] == [
        "elsewhere",
        "unplaced",
        "unplaced",
    ]
    assert scope("the U.S.A. today", "en") == "elsewhere"


def test_a_sign_of_place_is_none_for_the_next_post():
    texts = pa.array(["Stadtteil", "Marsch", "Stadtteil"])
    found = places.mentions(texts, pa.array(["de"] * 3), KNOWN)
    assert not found.counts.any()


def test_the_explanation_is_what_decides():
    (step,) = (
        one for one in steps(Judge(), counts=True, gazetteer=GAZETTEER) if one.name == "places"
    )
    texts = ["Fjordby und Fjordby, Island", "Marsch", "Ny Fjordby"]
    rows = pa.RecordBatch.from_pydict({"text": texts, "language": ["de"] * 3})
    batch = step_batch(rows)
    told = list(places.placed(batch, KNOWN))
    assert [one.scope for one in told] == step.run(batch)["scope"].to_pylist()
    assert [[name.name for name in one.named] for one in told] == [
        ["Fjordby", "Island"],
        [],
        ["Ny Fjordby"],
    ]
    assert [name.name for name in told[1].not_counted] == ["Marsch"]


def step_batch(rows):
    return PostBatch(rows, pa.record_batch([], schema=pa.schema([])))


WORDS = st.sampled_from(["alm", "bro", "dal", "eng"])
SAID = st.lists(st.lists(WORDS, max_size=12), max_size=6)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(tuple), min_size=1, max_size=6)


def by_hand(said, names):
    """Find names in words, the longest first and from left to right, as one would by hand."""
    found = set()
    for text, words in enumerate(said):
        free = [True] * len(words)
        for length in sorted({len(name) for name in names}, reverse=True):
            spans = [range(at, at + length) for at in range(len(words) - length + 1)]
            hits = [
                span
                for span in spans
                if all(free[at] for at in span) and tuple(words[at] for at in span) in names
            ]
            for span in hits:
                found.add((text, names.index(tuple(words[at] for at in span)), span[0]))
            for span in hits:
                for at in span:
                    free[at] = False
    return found


@given(SAID, NAMES)
def test_phrases_are_found_as_by_hand(said, names):
    within = phrases.words(pa.array([" ".join(words) for words in said], pa.string()))
    found = phrases.find(within, phrases.phrases([(" ".join(name),) for name in names]))
    texts = within.posts[found.begins]
    columns = (texts, found.phrases, found.begins - within.first[texts])
    told = set(zip(*(column.tolist() for column in columns), strict=True))
    assert told == by_hand(said, names)


PIECES = st.sampled_from(["Fjordby", "Ny", "Marsch", "Stadtteil", "Island", "St.", "Pauli", "😀"])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=9)), max_size=6).map(" ".join)


@given(st.lists(TEXTS, max_size=8))
def test_no_text_breaks_it_and_neighbours_do_not_matter(texts):
    languages = pa.array(["de"] * len(texts), pa.string())
    found = places.mentions(pa.array(texts, pa.string()), languages, KNOWN)
    together = places.scopes(found, len(texts), KNOWN).to_pylist()
    assert together == [scope(text) for text in texts]


def test_a_broken_run_does_not_go_on_with_another_gazetteer(tmp_path):
    posts = [f"p{n},a{n},2024-03-01T10:00:00Z,Hafenfest in Fjordby mit Musik" for n in range(40)]
    table = tmp_path / "posts.csv"
    table.write_text("\n".join(["id,author,created_at,text", *posts]))
    settings = Settings("Fjordby", tmp_path / "work", judge=Judge("fast"))

    def told(kind, until=None):
        names = [f"Egevang {n}vej,street" for n in range(10)]
        path = tmp_path / f"{kind}.csv"
        path.write_text("\n".join(["name,kind", f"Fjordby,{kind}", *names]))
        made = run(find([str(table)]), settings._replace(gazetteer=path), until)
        return [one.name for one in made.places.posts]

    def stop(done, of):
        if done == of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        told("town", stop)
    assert told("elsewhere") == ["elsewhere"]
