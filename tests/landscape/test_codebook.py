"""The codebook: complete, and the one source of what labels mean."""

import pytest

from headwater.landscape import codebook


def test_its_introduction_names_its_version():
    assert codebook.introduction().startswith(f"# Codebook {codebook.VERSION}\n")


@pytest.mark.parametrize("name", codebook.TABLES)
def test_no_cell_of_it_is_empty_and_no_code_stands_twice(name):
    rows = codebook.table(name)
    assert all(cell and cell == cell.strip() for row in rows for cell in row.values())
    codes = [next(iter(row.values())) for row in rows]
    assert len(set(codes)) == len(codes) > 0


def test_only_hostility_at_political_opponents_is_counted_apart():
    apart = [one.code for one in codebook.TARGETS.values() if one.kind == "apart"]
    assert apart == ["political"]
    assert len(codebook.GROUPS) == 11


def test_the_ladder_rises_step_by_step_from_nothing_hostile():
    assert [row["level"] for row in codebook.table("severity")] == [
        "L0",
        "L1",
        "L2",
        "L3",
        "L4",
        "L5",
    ]
