"""What several tests need."""

import os
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]

# `make test` tries the same examples each time; `make test-long` looks for new ones
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("new", derandomize=False, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HEADWATER_EXAMPLES", "same"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Made-up exports, one or more a reader."""
    return ROOT / "tests" / "samples"


@pytest.fixture(scope="session")
def research_data() -> Path:
    """Research data that a stranger's clone does not have."""
    folder = Path(os.environ.get("HEADWATER_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no research data here; set HEADWATER_DATA to their folder")
    return folder


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own, so that no ledger of the user is touched."""
    folder = tmp_path / "state"
    monkeypatch.setenv("HEADWATER_STATE", str(folder))
    return folder
