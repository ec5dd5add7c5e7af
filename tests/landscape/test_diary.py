"""The town's diary, as people's sheets write it."""

from datetime import date

import pytest

from headwater.landscape import diary
from headwater.landscape.errors import SettingsError

ROWS = ["date,what,where", "2024-03-21,A storm,harbour", "2024-03-02,A vote,"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_whatever_parts_its_columns_its_days_come_in_order(tmp_path, delimiter, mark):
    path = tmp_path / "diary.csv"
    path.write_text(mark + "\r\n".join(ROWS).replace(",", delimiter), encoding="utf-8")
    assert [tuple(event.model_dump().values()) for event in diary.read(path)] == [
        (date(2024, 3, 2), "A vote", ""),
        (date(2024, 3, 21), "A storm", "harbour"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"date,what\n2024-03-21,A storm\n", "where"),
        (b"date,what,where\n21.3.2024,A storm,harbour\n", "line 2: give the date as 2024-03-21"),
        ("date,what,where\n2024-03-21,K\xf8ge,havn\n".encode("cp1252"), "CSV UTF-8"),
    ],
)
def test_what_is_wrong_with_it_is_told_with_the_way_out(tmp_path, content, told):
    (tmp_path / "diary.csv").write_bytes(content)
    with pytest.raises(SettingsError, match=told):
        diary.read(tmp_path / "diary.csv")


def test_a_missing_diary_is_told(tmp_path):
    with pytest.raises(SettingsError, match="no such diary"):
        diary.read(tmp_path / "diary.csv")


def test_lines_that_may_name_a_person_are_told_by_their_number(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(
        "\n".join([*ROWS, "2024-03-04,Trial of Jens Petersen,court", "2024-03-05,A fair"])
    )
    assert diary.naming(path) == [(4, "Jens Petersen")]
