"""Installations of their own for tests that kill processes: on the kind of database that is under test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings

Environment = Mapping[str, str]
_SQLITE = "county.sqlite3"


@dataclass(frozen=True)
class Place:
    """One installation: its folder, and its database in that folder or on the server."""

    folder: Path
    name: str

    @property
    def environment(self) -> Environment:
        """What a process of this installation is started with."""
        return {
            **os.environ,
            "GONGKAI_MODE": "demo",
            "GONGKAI_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
            "DATABASE_URL": self._url,
        }

    @property
    def _url(self) -> str:
        if not _on_a_server():
            return f"sqlite:///{self.folder / _SQLITE}"
        server = _server()
        return f"postgresql:///{self.name}?host={server['host']}&user={server['user']}"

    def remove(self) -> None:
        """Drop the database from the server; a folder goes with the test that made it."""
        if _on_a_server():
            _administer(f"DROP DATABASE {self.name} WITH (FORCE)")


def found_place(folder: Path, like: Place | None = None) -> Place:
    """Make an installation in *folder*: empty, or with the data of another that nobody uses now."""
    place = Place(folder, f"place_{uuid4().hex}")
    if _on_a_server():
        _administer(f"CREATE DATABASE {place.name} TEMPLATE {like.name if like else 'template1'}")
    if like:
        shutil.copytree(like.folder, folder, dirs_exist_ok=True)
    return place


def gongkai(place: Environment, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the program there."""
    return _run(place, "-m", "gongkai", *words)


def python(script: str, place: Environment) -> subprocess.CompletedProcess[str]:
    """Run a script of a test there."""
    return _run(place, "-c", script)


def _run(place: Environment, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=place, capture_output=True, text=True, check=False
    )


def _on_a_server() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


def _server() -> dict[str, str]:
    database = settings.DATABASES["default"]
    return {"host": database["HOST"], "user": database["USER"] or "postgres"}


def _administer(command: str) -> None:
    server = _server()
    with psycopg.connect(
        host=server["host"], user=server["user"], dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(command.encode())
