"""``DATABASE_URL`` → Django's setting, for the two databases that are tested."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from gongkai.project.environment import SettingRefused


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's ``DATABASES["default"]`` for ``sqlite:///path`` or ``postgresql://…``.

    A socket directory is given as ``postgresql:///name?host=/run/postgresql``.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path)[1:])
    if parts.scheme in ("postgres", "postgresql"):
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path)[1:],
            "USER": unquote(parts.username or query.get("user", "")),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or query.get("host", ""),
            "PORT": str(parts.port or query.get("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise SettingRefused("DATABASE_URL 只支持 sqlite:///路径 和 postgresql://用户:密码@主机/库名。")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # One writer at a time, queued instead of failing at the first write of a transaction.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What an officer was told is done survives a power cut: one wait for the disk a commit.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
