"""An installation of its own, in processes of its own, on the database that is under test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

PEOPLE = """
import django; django.setup()
from gongkai.people.actions import register_person
for n in range({first}, {last}):
    register_person(name=f"某员{{n}}", staff_no=f"K-{{n}}", by=None)
"""


@dataclass(frozen=True)
class Installation:
    """One county's settings, as a shell would hand them to the command."""

    data: Path
    url: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GONGKAI_MODE": "demo",
            "GONGKAI_DATA": str(self.data),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
            **self.more,
        }

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def with_settings(self, folder: Path, module: str) -> Installation:
        path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        return replace(self, more={"DJANGO_SETTINGS_MODULE": module, "PYTHONPATH": path})

    def gongkai(self, *words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        return self._started(["-m", "gongkai", *map(str, words)], **options)

    def python(self, script: str, *words: str) -> subprocess.CompletedProcess[str]:
        return self._started(["-c", script, *words])

    def _started(self, words: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    def started(self, script: str) -> subprocess.Popen[str]:
        """Run *script* beside others; the caller waits for it and closes what it says."""
        return subprocess.Popen(
            [sys.executable, "-c", script],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def add_people(self, first: int, last: int) -> None:
        done = self.python(PEOPLE.format(first=first, last=last))
        assert (done.returncode, done.stderr) == (0, "")

    def restore(self, archive: Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Restore into this, an empty installation."""
        if self.is_sqlite:
            return self.gongkai("restore", archive, "--into", self.data, **options)
        return self.gongkai("restore", archive, "--into", self.url, "--data", self.data, **options)

    def content(self, folder: Path) -> dict[str, Any]:
        """What a backup taken now says is in the database."""
        done = self.gongkai("backup", "--out", folder)
        assert done.returncode == 0, done.stderr
        content: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())["content"]
        return content


@contextmanager
def empty_installation(folder: Path) -> Iterator[Installation]:
    """An empty place for a county: a folder, and on PostgreSQL a database that ends with the block."""
    with _database(folder, "template1") as url:
        yield Installation(folder, url)


@contextmanager
def copied_installation(folder: Path, like: Installation) -> Iterator[Installation]:
    """A place with the data of another, which nobody may be using now."""
    shutil.copytree(like.data, folder)
    with _database(folder, urlsplit(like.url).path.removeprefix("/")) as url:
        yield Installation(folder, url)


@contextmanager
def _database(folder: Path, template: str) -> Iterator[str]:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        yield f"sqlite:///{folder / 'gongkai.sqlite3'}"
        return
    name = f"keeping_{os.getpid()}_{time.monotonic_ns()}"
    where = {"host": database["HOST"], "user": database["USER"] or "postgres", "dbname": "postgres"}
    with psycopg.connect(**where, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield f"postgresql:///{name}?host={database['HOST']}&user={where['user']}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
