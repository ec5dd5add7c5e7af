"""The portal's commands, as an operator types them."""

import os
import subprocess
import sys

import pytest

HEADWATER = [sys.executable, "-c", "from headwater.cli import main; main()"]
READY = "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
ACTS = (
    "import django; django.setup(); from django.db import transaction;"
    "from headwater.portal.accounts import audit\n"
    "for _ in range(5):\n with transaction.atomic(): audit.record(None, 'accounts.signed_in')"
)
CUT = (
    "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]);"
    "d.execute('DROP TRIGGER audit_DELETE');"
    "d.execute('DELETE FROM accounts_auditentry WHERE number > 3');"
    "d.execute('UPDATE accounts_audithead SET number = 3, digest = (SELECT digest FROM accounts_auditentry"
    " WHERE number = 3)'); d.commit()"
)


@pytest.fixture
def portal(tmp_path):
    """A portal on SQLite, with five acts in its trail; gives a way to run commands beside it."""
    its_own = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "HEADWATER_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "headwater.portal.config.settings",
    }

    def run(*command):
        return subprocess.run(command, env=its_own, capture_output=True, text=True, check=False)

    run(sys.executable, "-c", READY)
    run(sys.executable, "-c", ACTS)
    return run


def test_a_trail_is_anchored_and_verified(portal, tmp_path):
    anchored = portal(*HEADWATER, "audit-trail", "anchor")
    (tmp_path / "anchors.txt").write_text(anchored.stdout)
    anchors = ["--anchors", str(tmp_path / "anchors.txt")]
    found = portal(*HEADWATER, "audit-trail", "verify", *anchors)
    assert found.stdout == "5 entries, 1 anchors, 0 flaws\n"
    assert found.returncode == 0


def test_a_trail_cut_off_is_seen_against_its_anchor_and_not_without(portal, tmp_path):
    anchored = portal(*HEADWATER, "audit-trail", "anchor")
    (tmp_path / "anchors.txt").write_text(anchored.stdout)
    portal(sys.executable, "-c", CUT, str(tmp_path / "headwater.sqlite3"))
    anchors = ["--anchors", str(tmp_path / "anchors.txt")]
    found = portal(*HEADWATER, "audit-trail", "verify", *anchors)
    assert "Entry 5: cut off" in found.stderr
    assert found.returncode == 7
    alone = portal(*HEADWATER, "audit-trail", "verify")
    assert alone.returncode == 0
    assert "give --anchors" in alone.stdout


def test_a_file_of_something_else_is_no_anchor(portal, tmp_path):
    (tmp_path / "anchors.txt").write_text("minutes of the meeting\n")
    anchors = ["--anchors", str(tmp_path / "anchors.txt")]
    found = portal(*HEADWATER, "audit-trail", "verify", *anchors)
    assert found.returncode == 2
    assert "not an anchor" in found.stderr
    assert "Traceback" not in found.stderr


def test_it_is_served_to_others_in_production_alone(portal):
    found = portal(*HEADWATER, "serve", "--host", "0.0.0.0")  # noqa: S104 - refused
    assert found.returncode == 2
    assert "HEADWATER_MODE=production" in found.stderr


def test_the_database_keeps_what_was_answered_and_overwrites_what_was_deleted(portal):
    asked = (
        "import django; django.setup(); from django.db import connection as c;"
        "k = c.cursor();"
        "print([k.execute(f'PRAGMA {p}').fetchone()[0] for p in ('journal_mode', 'synchronous', 'secure_delete')])"
    )
    assert portal(sys.executable, "-c", asked).stdout == "['wal', 2, 1]\n"
