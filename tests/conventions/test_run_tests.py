"""What ``make test`` calls a good run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tools.run_tests import POSTGRESQL, SQLITE, Outcome, count, problems, table

JUNIT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure message="x"/></testcase>
<testcase name="c"><error message="x"/></testcase>
<testcase name="d"><skipped message="没有 chromium"/></testcase>
</testsuite></testsuites>"""


def test_report_is_counted(tmp_path: Path) -> None:
    """An error in a fixture is a failure; a skip keeps its reason."""
    report = tmp_path / "report.xml"
    report.write_text(JUNIT, encoding="utf-8")
    outcome = Outcome(SQLITE, code=1)
    count(outcome, report)
    assert (outcome.passed, outcome.failed, dict(outcome.skipped)) == (1, 2, {"没有 chromium": 1})


def test_a_good_run_has_no_problems() -> None:
    """Both databases ran the same tests."""
    assert problems([Outcome(SQLITE, 0, passed=3), Outcome(POSTGRESQL, 0, passed=3)]) == []


def test_postgresql_running_fewer_tests_is_a_problem() -> None:
    """A test skipped on PostgreSQL alone proves nothing there."""
    outcomes = [Outcome(SQLITE, 0, passed=3), Outcome(POSTGRESQL, 0, passed=2)]
    assert problems(outcomes) == ["PostgreSQL 上只运行了 2 个测试，少于 SQLite 的 3 个。"]


def test_no_tests_at_all_is_a_problem() -> None:
    """Silence is not success, whether pytest says so (code 5) or everything was skipped."""
    silent = Outcome(SQLITE, 5)
    skipped = Outcome(POSTGRESQL, 0, skipped=Counter({"why": 2}))
    assert problems([silent, skipped]) == [
        "SQLite：pytest 以 5 结束，没有任何测试。",
        "PostgreSQL：没有任何测试运行。",
    ]


def test_table_says_why_tests_were_skipped() -> None:
    """Grouped reasons below the counts."""
    outcome = Outcome(SQLITE, 0, seconds=2, passed=3, skipped=Counter({"没有 chromium": 2}))
    assert table([outcome]).splitlines() == [
        "              通过          失败          跳过          用时",
        "SQLite        3             0             2             2s",
        "跳过 2 个（SQLite）：没有 chromium",
    ]
