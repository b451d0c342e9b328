"""The site's own settings under test: the database is the one named by DATABASE_URL, else SQLite."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

STRAY = (
    "DEBUG",
    "GONGKAI_HTTPS",
    "GONGKAI_HOSTS",
    "GONGKAI_SECRET_KEY",
    "GONGKAI_SECRET_KEY_FILE",
    "GONGKAI_IDENTITY_KEY",
    "GONGKAI_IDENTITY_KEY_FILE",
    "GONGKAI_IDENTITY_KEYS_OLD_FILE",
)
for name in STRAY:
    os.environ.pop(name, None)
os.environ["GONGKAI_MODE"] = "demo"
# Nothing a test writes may reach the data folder of the checkout.
FOLDER = Path(tempfile.mkdtemp(prefix="gongkai-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["GONGKAI_DATA"] = str(FOLDER)
(FOLDER / "static").mkdir()  # as `gongkai serve` does before it starts

from gongkai.project.settings import *  # noqa: E402, F403  # the environment above comes first
from gongkai.project.settings import DATABASES  # noqa: E402  # named, because it is changed below

# A connection kept by a live server's thread would forbid dropping the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in a county: a database in memory has other locks and no second process.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    # Nobody pulls the plug of a test database: the disk need not be waited for.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # sign-ins by the hundred
