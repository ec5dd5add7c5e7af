"""What no linter sees of the house rules."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

import headwater.landscape

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
HOSTS = re.compile(r"[\w.-]*(?:py" + r"pi\.org|python" + r"hosted\.|np" + r"mjs\.|debi" + r"an\.org)")
PATHS = re.compile(r"(?:^|[^.\w])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+)/")
DRAWERS = {"utils", "common", "base", "manager", "handler", "process", "helpers", "misc"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_module_passes_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


def test_no_module_is_a_drawer():
    assert not [path for path in SOURCES if path.stem in DRAWERS]


def test_no_file_names_a_registry_or_a_machine():
    named = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "ignore") if path.is_file() else ""
        named += [path for pattern in (HOSTS, PATHS) if pattern.search(text)]
    assert not named


def test_every_public_name_of_the_front_door_is_listed_and_there():
    tree = ast.parse((ROOT / "src/headwater/landscape/__init__.py").read_text())
    imported = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert sorted(imported) == headwater.landscape.__all__


def test_no_swallowed_error_and_no_assert_in_the_product():
    found = [
        (path, node.lineno)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assert)
        or (
            isinstance(node, ast.ExceptHandler)
            and getattr(node.type, "id", None) in {None, "Exception", "BaseException"}
            and not isinstance(node.type, ast.Tuple | ast.Attribute)
        )
    ]
    assert not found
