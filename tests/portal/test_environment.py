"""What the operator may set, and what does not start."""

import os
import stat
import subprocess
import sys

import pytest

from headwater.portal.config.environment import Environment, owned
from headwater.portal.errors import MisconfiguredError

SAFE = {"HEADWATER_MODE": "production", "HEADWATER_HOSTS": "portal.fjordby.example"}


@pytest.fixture
def set_to(monkeypatch, tmp_path):
    def change(**values):
        for name in [name for name in os.environ if name.startswith("HEADWATER_")]:
            monkeypatch.delenv(name)
        for name in ("DATABASE_URL", "DEBUG", "DJANGO_DEBUG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"HEADWATER_HOME": str(tmp_path), **values}.items():
            monkeypatch.setenv(name, value)
        return Environment.read()

    return change


def test_nothing_needs_to_be_set_on_ones_own_machine(set_to):
    assert set_to().mode == "local"


def test_a_production_that_names_its_hosts_starts(set_to):
    assert set_to(**SAFE).hosts == ("portal.fjordby.example",)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"HEADWATER_HOSTS": ""}, "HEADWATER_HOSTS names no host"),
        ({"HEADWATER_HOSTS": "*"}, "HEADWATER_HOSTS may not be *"),
        ({"HEADWATER_SECRET": "short"}, "HEADWATER_SECRET is shorter"),
        ({"DEBUG": "1"}, "DEBUG is set"),
        ({"HEADWATER_MODE": "prod"}, "HEADWATER_MODE"),
        ({"HEADWATER_TIME_ZONE": "Fjordby"}, "HEADWATER_TIME_ZONE"),
        ({"HEADWATER_PROXIES": "many"}, "HEADWATER_PROXIES"),
    ],
)
def test_an_unsafe_production_says_which_setting_and_does_not_start(set_to, changed, named):
    with pytest.raises(MisconfiguredError, match=r"HEADWATER|DEBUG") as refusal:
        set_to(**{**SAFE, **changed})
    assert named in str(refusal.value)


def test_every_flaw_is_named_at_once(set_to):
    with pytest.raises(MisconfiguredError) as refusal:
        set_to(**SAFE | {"HEADWATER_HOSTS": "*", "HEADWATER_SECRET": "short", "DEBUG": "1"})
    assert str(refusal.value).count(";") == 2


def test_a_demo_town_never_becomes_a_production(set_to, tmp_path):
    (tmp_path / "demo").touch()
    with pytest.raises(MisconfiguredError, match="demo town"):
        set_to(**SAFE)


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "secret.key"
    assert owned(path, "first") == owned(path, "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_command_says_in_one_line_what_is_unsafe(tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", "from headwater.cli import main; main()", "serve"],
        env={
            **os.environ,
            "HEADWATER_HOME": str(tmp_path),
            **SAFE,
            "HEADWATER_HOSTS": "*",
            "DJANGO_SETTINGS_MODULE": "headwater.portal.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "MisconfiguredError" in answer.stderr
    assert "HEADWATER_HOSTS may not be *" in answer.stderr
    assert "Traceback" not in answer.stderr
