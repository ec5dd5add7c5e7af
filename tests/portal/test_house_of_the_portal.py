"""House rules that no linter sees."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

import headwater.portal
from headwater.portal.accounts.models import User

FOLDER = Path(headwater.portal.__file__).parent
APPS = sorted(path.parent.name for path in FOLDER.glob("*/apps.py"))
WITHOUT_ACTOR = {"town"}  # what every page shows, signed in or not


def functions(app, module):
    path = FOLDER / app / f"{module}.py"
    if not path.exists():
        return []
    loaded = import_module(f"headwater.portal.{app}.{module}")
    return [
        one
        for name, one in vars(loaded).items()
        if inspect.isfunction(one) and one.__module__ == loaded.__name__ and name[0] != "_"
    ]


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("module", ["services", "selectors", "rules"])
def test_everything_read_or_changed_is_for_somebody(app, module):
    for one in functions(app, module):
        first = next(iter(inspect.signature(one).parameters), None)
        told = {"may_hold"} | WITHOUT_ACTOR
        assert first == "actor" or one.__name__ in told, one.__name__


@pytest.mark.parametrize("app", APPS)
def test_every_change_is_one_transaction_with_its_audit_line(app):
    for one in functions(app, "services"):
        source = inspect.getsource(one)
        assert "@transaction.atomic" in source, one.__name__
        assert "audit.record(" in source, one.__name__


def test_no_signal_is_listened_to():
    listening = [
        path
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals")
    ]
    assert not listening


def test_nobody_stands_above_the_rules():
    assert not {"is_superuser", "is_staff", "user_permissions"} & set(dir(User))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda one: one.name)
def test_no_page_holds_code_or_style_of_its_own(path):
    text = path.read_text()
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "|safe" not in text or path.name == "field.html"
    for piece in text.split("<script")[1:]:
        assert piece.lstrip().startswith("src="), "a script stands in a file of its own"
