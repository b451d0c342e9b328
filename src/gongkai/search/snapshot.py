"""The public index of a night in a file of its own: what is asked when the database is stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from gongkai.search.engines.sql import Search
from gongkai.search.entry import Audience
from gongkai.search.places import TABLES
from gongkai.search.queries import ask_for
from gongkai.search.query import parse
from gongkai.search.results import Filters, Results
from gongkai.text import bigrams

NAME = "search.sqlite"


class NoSnapshot(Exception):
    """There is no snapshot to ask, in the visitor's words."""


def path() -> Path:
    """Return where the snapshot is."""
    folder: Path = settings.DATA
    return folder / NAME


def find_in_snapshot(
    typed: str,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    page: int = 1,
    *,
    facets: bool = True,
) -> Results:
    """Return what ``queries.find`` returned when the snapshot was taken, with its day.

    Asks no database. Raises :class:`NoSnapshot` and ``QueryRefused``.
    """
    query = parse(typed)
    search = Search(TABLES[Audience.PUBLIC], query, filters)
    try:
        with closing(_opened(path())) as file:

            def ask(statement: str, values: Sequence[Any]) -> list[Any]:
                return file.execute(statement.replace("%s", "?"), values).fetchall()

            (taken, version) = ask("SELECT taken_on, analyzer_version FROM search_snapshot", [])[0]
            if version != bigrams.VERSION:
                raise _none()
            found = ask_for(ask, search, page, facets=facets, vendor="sqlite")
            return replace(found, as_of=date.fromisoformat(taken))
    except sqlite3.Error as wrong:
        raise _none() from wrong


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)


def _none() -> NoSnapshot:
    return NoSnapshot(
        "检索暂时不可用，因为数据库没有应答，也没有可用的检索副本。请稍后再试，或者从栏目里查找。"
    )
