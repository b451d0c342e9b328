"""The site's own settings under test: the database is the one named by DATABASE_URL, else SQLite."""

from __future__ import annotations

import os
import tempfile

os.environ["GONGKAI_MODE"] = "demo"
for stray in ("DEBUG", "GONGKAI_HTTPS", "GONGKAI_HOSTS", "GONGKAI_SECRET_KEY_FILE", "GONGKAI_IDENTITY_KEY_FILE"):
    os.environ.pop(stray, None)
# Nothing a test writes may reach the data folder of the checkout.
os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="gongkai-tests-")

from gongkai.project.settings import *  # noqa: E402, F403  # the environment above comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # sign-ins by the hundred
