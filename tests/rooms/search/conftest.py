"""Entries to be found."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction

from gongkai.search.actions import index
from gongkai.search.engines import postgresql
from gongkai.search.entry import Audience, Entry
from gongkai.search.queries import find
from gongkai.search.results import Filters, Results


def entry(
    n: int, title: str = "无题", text: str = "", *, on: date = date(2024, 5, 6), **more: object
) -> Entry:
    """Return an entry with key *n*."""
    values: dict[str, object] = {
        "audience": Audience.PUBLIC,
        "agency_id": 1,
        "kind": "notice",
        "year": on.year,
        "url": f"/i/{n}",
    }
    return Entry(
        key=UUID(int=n), title=title, text=text, published_on=on, **(values | more)  # type: ignore[arg-type]  # of a test's own making
    )  # fmt: skip


@pytest.fixture
def few_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PostgreSQL count a handful of texts as it counts many: by what forks, and not by reading each."""
    monkeypatch.setattr(postgresql, "_READ", 0)


def put(*entries: Entry) -> None:
    """Index *entries*, as a publication would."""
    with transaction.atomic():
        for one in entries:
            index(one)


def keys(results: Results) -> list[int]:
    return [hit.key.int for hit in results.hits]


def found(typed: str, filters: Filters = Filters(), page: int = 1) -> list[int]:  # noqa: B008  # frozen
    """Return the keys of the public entries found, in order; totals must agree."""
    results = find(typed, filters, page)
    if page == 1 and results.total <= 20:
        assert results.total == len(results.hits)
    assert find(typed, filters, page, facets=False).total == results.total
    return keys(results)


pytestmark = pytest.mark.django_db
