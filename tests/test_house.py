"""What no linter sees of the house rules."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

import headwater.landscape

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
HOSTS = re.compile(
    r"[\w.-]*(?:py" + r"pi\.org|python" + r"hosted\.|np" + r"mjs\.|debi" + r"an\.org)"
)
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


def swallows(node: ast.AST) -> bool:
    """Catches everything and does not raise again."""
    if not isinstance(node, ast.ExceptHandler) or isinstance(node.body[-1], ast.Raise):
        return False
    return node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_error_is_swallowed_and_nothing_asserted_in_the_product(path):
    nodes = list(ast.walk(ast.parse(path.read_text())))
    assert not [node.lineno for node in nodes if isinstance(node, ast.Assert) or swallows(node)]
