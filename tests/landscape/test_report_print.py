"""The PDF can be read by a screen reader and is the same each time."""

import re
from io import BytesIO

import pypdf
import pytest
import reports

from headwater.landscape.report import page, print


@pytest.fixture(scope="module")
def full():
    content = print.pdf(page.render(reports.full()))
    if content is None:
        pytest.skip("this system has no Pango, so no PDF can be made")
    return pypdf.PdfReader(BytesIO(content))


def elements(node):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict) and "/K" in node:
        yield node
        yield from elements(node["/K"])


def tagged(reader, tag):
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return [one for one in elements(root) if one.get("/S") == tag]


def test_it_is_tagged_with_language_and_title(full):
    root = full.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert full.metadata.title.startswith("Hate in public debate: Fjordby")
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_headings_and_tables_are_in_its_structure(full):
    assert len(tagged(full, "/H1")) == 1
    assert len(tagged(full, "/H2")) >= 8
    assert tagged(full, "/Table")
    assert tagged(full, "/TH")


def test_every_picture_has_its_finding_as_alternative_text(full):
    pictures = [one for one in tagged(full, "/Figure") if "/A" in one]
    assert len(pictures) >= 5
    assert all(re.match("Highest: |The busiest day ", one["/Alt"]) for one in pictures)


def test_it_holds_no_clock(full):
    assert "/CreationDate" not in full.metadata
    assert "/ModDate" not in full.metadata


def test_printing_twice_gives_the_same_bytes():
    html = page.render(reports.small())
    assert print.pdf(html) == print.pdf(html)


@pytest.mark.parametrize(
    "made",
    [reports.comparing, reports.with_all_lists, reports.hostile],
    ids=lambda made: made.__name__,
)
def test_every_kind_of_report_prints(full, made):
    assert print.pdf(page.render(made())).startswith(b"%PDF")


@pytest.mark.long
@pytest.mark.parametrize("n_reasons", range(0, 60, 3))
def test_it_prints_wherever_the_pages_break(full, n_reasons):
    reasons = {f"reason_{number}": 5 for number in range(n_reasons)}
    reading = reports.full().reading.model_copy(update={"reasons": reasons})
    assert print.pdf(page.render(reports.full(reading=reading))).startswith(b"%PDF")


def test_pages_have_numbers_and_a_running_title(full):
    second = full.pages[1].extract_text()
    assert f"2 / {len(full.pages)}" in second
    assert "Hate in public debate: Fjordby" in second
