"""The machine's clock is read in one place; everything else is handed a date or an instant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conventions.source import DEMO, ROOMS, Module, modules, parsed

THE_CLOCK = "gongkai/audit/clock.py"
READS = {
    *("datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow"),
    "datetime.date.today",
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime"),
    *("django.utils.timezone.now", "django.utils.timezone.localdate"),
    *("django.utils.timezone.localtime", "django.db.models.functions.Now"),
}
FIELD_OPTIONS = {"auto_now", "auto_now_add"}  # the model field would read the clock by itself
# time.monotonic and time.perf_counter measure a duration and tell no date.


def clock_reads(module: Module) -> Iterator[str]:
    names = _imported(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            dotted = _dotted(node, names)
            if dotted in READS:
                yield module.at(node, dotted)
        elif isinstance(node, ast.keyword) and node.arg in FIELD_OPTIONS:
            yield module.at(node.value, node.arg)


def _imported(tree: ast.Module) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                bound = name.asname or name.name.split(".")[0]
                found[bound] = name.name if name.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    return found


def _dotted(node: ast.AST, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def test_the_clock_is_read_in_one_place() -> None:
    """今天是哪天，只有 audit/clock.py 说了算。"""
    elsewhere = [module for module in modules(ROOMS, DEMO) if module.path != THE_CLOCK]
    assert [found for module in elsewhere for found in clock_reads(module)] == []


def test_the_one_place_reads_it() -> None:
    """The rule itself sees the clock where it is."""
    (clock,) = [module for module in modules(ROOMS) if module.path == THE_CLOCK]
    assert list(clock_reads(clock)) != []


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.date.today()",
        "import datetime as dt\ndt.datetime.utcnow()",
        "from datetime import date as day\nday.today()",
        "from django.utils import timezone\nfield(default=timezone.now)",
        "from django.utils.timezone import localdate\nlocaldate()",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "from django.db.models import DateTimeField\nDateTimeField(auto_now_add=True)",
    ],
)
def test_planted_clock_read_is_found(planted: str) -> None:
    """The rule itself: under whatever name it is imported."""
    assert len(list(clock_reads(parsed(planted)))) == 1


@pytest.mark.parametrize(
    "innocent",
    [
        "from gongkai.audit import clock\nclock.now()\nclock.today()",
        "import time\ntime.monotonic()",
        "from datetime import date\ndate.fromisoformat('2024-02-08')",
        "case.now()",
    ],
)
def test_innocent_call_is_not_found(innocent: str) -> None:
    """The rule itself: our clock, a stopwatch and a parsed date are left alone."""
    assert list(clock_reads(parsed(innocent))) == []
