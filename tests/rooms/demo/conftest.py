"""The demo county, loaded once for this folder inside a transaction that is rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from gongkai.agencies.queries import county
from gongkai.audit import clock, guards
from gongkai.figures import registry
from gongkai.figures.registry import Scope
from gongkai.reporting.compile import scope_of
from gongkai_demo.load import load

LOADED = datetime(2025, 6, 2, 2, tzinfo=UTC)


@pytest.fixture(scope="package")
def _county_loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            # What is open today is placed before the day of loading: a day that does not move.
            patch.setattr(clock, "now", lambda: LOADED)
            load(lambda _: None)
        # Once here, or every test would check the whole county's keys again at its end.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_county_loaded: None, db: None) -> None:
    """The demo county; whatever a test changes is undone after it."""


@pytest.fixture
def scope(loaded: None) -> Scope:
    """The county's figures of 2024, with the guards lifted so that records can be taken away."""
    guards.drop_all(connection)
    return scope_of(county(), 2024, date(2024, 12, 31))


def amounts(scope: Scope) -> dict[str, int | None]:
    """Return every figure's amount."""
    return {key: value.amount for key, value in registry.values(scope).items()}


def changed(before: dict[str, int | None], after: dict[str, int | None]) -> dict[str, int | None]:
    """Return how far each figure moved; None where it is not known any more."""
    return {
        key: None if now is None else now - (before[key] or 0)
        for key, now in after.items()
        if now != before[key]
    }
