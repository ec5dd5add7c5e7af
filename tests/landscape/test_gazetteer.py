"""The town's gazetteer, as people's sheets and maps write it."""

import hashlib
import json

import pytest

from headwater.landscape.errors import SettingsError
from headwater.landscape.gazetteer import read_gazetteer

ROWS = [
    "name,kind,also,sure",
    "Fjordby,town,,",
    "Nordhavn,district,North Harbour|Nordhafen,",
    "Park,street,,",
    "Marsch,Stadtteil,,",
    "Am Park,street,,",
    "Park Street,street,,",
    "Torvet,square,,yes",
    "Egevang,,,no",
    "Sø 7,street,,",
    "Ulm,street,,",
    "Ny Fjordby,elsewhere,,",
    "Åkirke Skole,school,,",
    ",,,",
    "Lystrup,district,,",
    "Fjordby,town,,",
]


def places(*features):
    some = [{"name": f"Egevang {at}vej"} for at in range(10)]
    listed = [{"type": "Feature", "properties": one} for one in (*some, *features)]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def read(folder, content):
    path = folder / "gazetteer.csv"
    path.write_bytes(content)
    return read_gazetteer(path)


def given(found):
    return {one.name: one for one in found.names[: found.n_given]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_whatever_parts_its_columns_each_name_is_read_once(tmp_path, delimiter, mark):
    content = (mark + "\r\n".join(ROWS).replace(",", delimiter)).encode()
    found = read(tmp_path, content)
    assert len(given(found)) == found.n_given == 15
    assert given(found)["Nordhafen"].kind == "district"
    assert not given(found)["Ny Fjordby"].is_local
    assert found.digest == hashlib.sha256(content).hexdigest()


def test_names_that_are_everyday_words_or_short_do_not_count_alone(tmp_path):
    found = read(tmp_path, "\n".join(ROWS).encode())
    assert set(found.doubtful) == {
        "Am Park",
        "Egevang",
        "Marsch",
        "North Harbour",
        "Park",
        "Sø 7",
        "Ulm",
    }


def test_kinds_of_the_town_are_signs_of_place(tmp_path):
    signs = set(read(tmp_path, "\n".join(ROWS).encode()).signs)
    assert {"stadtteil", "district", "gade"} <= signs
    assert not signs & {"elsewhere", "place"}


def test_a_list_of_a_part_of_the_town_is_refused(tmp_path):
    content = "name,kind\n" + "".join(f"Egevang {at}vej,street\n" for at in range(9))
    with pytest.raises(SettingsError, match="9 names of places in the town"):
        read(tmp_path, (content + "Ny Fjordby,elsewhere\n").encode())
    assert read(tmp_path, (content + "Fjordby,town\n").encode()).n_given == 10


def test_a_map_says_the_same_as_a_table(tmp_path):
    also = [{"name": "Marsch", "kind": "Stadtteil"}, {"name": "Torvet", "sure": "yes"}]
    named = {"name": "Nordhavn", "kind": "district", "also": ["Nordhafen"], "alt_name": "Hafen;NH"}
    found = given(read(tmp_path, places(named, *also)))
    assert {"Nordhavn", "Nordhafen", "Hafen", "NH"} <= set(found)
    assert (found["Torvet"].is_sure, found["Marsch"].is_sure) == (True, False)


def test_countries_count_in_the_languages_that_call_them_so(tmp_path):
    found = read(tmp_path, "\n".join(ROWS).encode())
    called = {one.name: one for one in found.names[found.n_given :]}
    assert called["Island"].languages == ("da", "de", "no", "sv")
    assert called["Europa"].kind == "continent"
    assert not any(one.is_local for one in called.values())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"place,kind\nFjordby,town\n", "begin it with name,kind"),
        (b"name,kind\nFjordby,town\n,street\n", "line 3: give the place's name"),
        (b"name,kind\nFjordby,town\n!?,street\n", "line 3: give the place's name"),
        (b"name,sure\nFjordby,perhaps\n", "line 2: write yes, no or nothing as sure"),
        ("name,kind\nK\xf8ge,town\n".encode("cp1252"), "CSV UTF-8"),
        (b"name,kind\nFjordby,town\n", "1 names of places in the town; give 10 or more"),
        (b"", "begin it with name,kind"),
        (b'{"type": "FeatureCollection",\n "features": [}', "line 2: not JSON"),
        (b'{"type": "Feature"}', "save it as a GeoJSON FeatureCollection"),
        (places({"kind": "street"}), "feature 11: give the place's name"),
        (b'{"features": [7]}', "feature 1: give the place's name"),
    ],
)
def test_what_is_wrong_with_it_is_told_with_the_way_out(tmp_path, content, told):
    with pytest.raises(SettingsError, match=told):
        read(tmp_path, content)


def test_a_missing_gazetteer_is_told(tmp_path):
    with pytest.raises(SettingsError, match="no such gazetteer"):
        read_gazetteer(tmp_path / "gazetteer.csv")
