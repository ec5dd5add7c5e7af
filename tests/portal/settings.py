"""The portal's own settings, with a folder of the tests' own."""

import os
import tempfile
from pathlib import Path

os.environ["HEADWATER_HOME"] = tempfile.mkdtemp(prefix="headwater-tests-")
(Path(os.environ["HEADWATER_HOME"]) / "static").mkdir()
os.environ.setdefault("HEADWATER_MODE", "local")

from headwater.portal.config.settings import *  # noqa: E402, F403

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # quick; the real one has a test
SOURCES = Path(__file__).parents[2] / "src"
