"""Kinds of work for tests, registered for one test only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django_tasks_db.management.commands import db_worker

from gongkai.agencies.standing import Standing
from gongkai.jobs import kinds, recurring
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.work.progress import Progress


@dataclass
class Planted:
    """Register work under a name; *seen* holds the arguments of every run."""

    seen: list[dict[str, object]] = field(default_factory=list)

    def kind(
        self,
        name: str,
        work: Callable[[Progress], Outcome] = lambda progress: Outcome("办好了。"),
        *,
        most_tries: int = 1,
        alone: bool = False,
        may_start: Callable[[Standing], bool] = kinds.nobody,
    ) -> None:
        def noted(arguments: Arguments, progress: Progress) -> Outcome:
            self.seen.append(dict(arguments))
            return work(progress)

        register(
            name,
            "试办的工作",
            noted,
            most_tries=most_tries,
            alone=alone,
            about="只为测试。",
            may_start=may_start,
        )


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Planted:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(recurring, "_repeats", {})
    return Planted()


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library's worker run inside a test's transaction: its connection is not closed in between."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
