"""The documentation says what the code does."""

import re
import runpy
from pathlib import Path

import pyarrow as pa
import pytest
from typer.main import get_command

from headwater.cli import app
from headwater.landscape import models
from headwater.landscape.shapes import (
    RAW_POST,
    REJECT,
    TEXT,
    Evidence,
    Group,
    Judge,
    Part,
    PostBatch,
)

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]


@pytest.fixture(scope="module")
def made_of_code():
    """The reference pages that the docs make when they are built."""
    runpy.run_path(ROOT / "docs" / "from_code.py")["write"](ROOT / "docs" / "reference")


def example(page: str) -> dict[str, object]:
    """Run a page's Python example; give what it defines."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL)
    defined: dict[str, object] = {}
    exec(code, defined)  # noqa: S102 our own page
    return defined


def test_the_reader_of_the_how_to_reads(tmp_path):
    path = tmp_path / "comments.ndjson"
    line = '{"comment_id": 1, "user": {"id": "u"}, "created": "2024-03-01T10:00:00Z", %s}\n'
    path.write_text(
        line % '"body": {"plain": "Good morning"}'
        + line % '"body": {"plain": "Psst"}, "visibility": "private"'
    )
    batches = list(example("how-to/add-a-reader.md")["READER"].read(Part(path)))
    rows = pa.Table.from_batches([batch.rows for batch in batches], RAW_POST).to_pylist()
    rejects = pa.Table.from_batches([batch.rejects for batch in batches], REJECT).to_pylist()
    assert [(row["platform"], row["post_id"], row["text"]) for row in rows] == [
        ("example", "1", "Good morning")
    ]
    assert [reject["record"] for reject in rejects] == [2]


def test_the_step_of_the_how_to_keeps_its_promise():
    step = example("how-to/add-a-step.md")["STEP"]
    rows = pa.RecordBatch.from_pydict({"text": pa.array(["one", "fjörd"], TEXT)})
    rejects = pa.RecordBatch.from_pylist([], schema=REJECT)
    columns = step.run(PostBatch(rows, rejects))
    assert columns["length"].to_pylist() == [3, 5]
    assert {name: values.type for name, values in columns.items()} == {
        field.name: field.type for field in step.adds
    }


def test_the_analysis_of_the_how_to_computes():
    analysis = example("how-to/add-an-analysis.md")["ANALYSIS"]
    (measure,) = analysis.run(
        [[Group((True,), 20, 12, 3, 100, 60, 5, 50)]], Evidence(Judge("fast"), 10)
    )
    assert (measure.key, measure.n_posts, measure.share) == (("shares", "True"), 20, 0.2)
    assert measure.low < 0.2 < measure.high


def test_the_model_of_the_how_to_keeps_the_contract():
    model = example("how-to/use-another-model.md")["load"]("fast")
    assert models.flaws(model) == ()
    said = model.judge(pa.array(["Throw them all OUT", "tea"]), pa.array(["en"] * 2), counts=True)
    assert said.is_hate.tolist() == [True, False]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_a_page_names_exists(page):
    for name, rest in re.findall(r"headwater ([a-z][a-z-]+)((?: [^`|\n]*)?)", page.read_text()):
        command = get_command(app).commands.get(name)
        if command is None:
            pytest.fail(f"{page.name}: no command {name!r}")
        below = re.match(r" ([a-z]+)", rest)
        if below and hasattr(command, "commands"):
            command = command.commands[below[1]]
        named = set(re.findall(r"--[a-z-]+", rest))
        known = {option for parameter in command.params for option in parameter.opts}
        assert named <= known | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_exists(page, made_of_code):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_make_target_of_the_readme_exists():
    lines = re.findall(r"^([a-z -]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    targets = {target for line in lines for target in line.split()}
    named = re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text().replace("\n", " "))
    assert set(named) <= targets
