"""Behind ``make test``: every test, the rooms and journeys on both databases, then a table."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import PostgresUnavailable, exit_on_termination, throwaway
from tools import browser

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "tests"
WITHOUT_DATABASE = ("tests/pure", "tests/conventions")
WITH_DATABASE = ("tests/rooms", "tests/journeys")
WITH_EITHER = (*WITH_DATABASE, "tests/looks")
ONCE = "browser or once"
"""Tests of what does not depend on the database behind it: a page in a browser, a process watched over."""
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass
class Outcome:
    """What one run of pytest did, counted from its own report."""

    label: str
    code: int
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def ran(self) -> int:
        return self.passed + self.failed


def run(
    label: str, paths: Sequence[str], marked: str = "", database_url: str | None = None
) -> Outcome:
    """Run pytest over what is *marked* so in *paths*, its output shown as it comes."""
    print(f"\n── {label}：{' '.join(paths)}", flush=True)
    report = REPORTS / f"{label}.xml"
    report.unlink(missing_ok=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    options = ["-m", marked] if marked else []
    if database_url:
        environment["DATABASE_URL"] = database_url
        # The whole server is thrown away: dropping a database could only fail on its last session.
        options.append("--reuse-db")
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", f"--junitxml={report}",
         *options, *paths],
        cwd=ROOT,
        env=environment,
        check=False,
    )  # fmt: skip
    outcome = Outcome(label, done.returncode, time.monotonic() - start)
    if report.is_file():
        count(outcome, report)
    return outcome


def count(outcome: Outcome, report: Path) -> None:
    """Add the cases of a junit *report* to *outcome*; an error in a fixture is a failure."""
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  # our own file
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif skip is not None:
            outcome.skipped[skip.get("message") or "（没有写明原因）"] += 1
        else:
            outcome.passed += 1


def problems(outcomes: Sequence[Outcome]) -> list[str]:
    """Return why the run as a whole is not good, in sentences."""
    found = [
        f"{one.label}：pytest 以 {one.code} 结束" + ("，没有任何测试。" if one.code == 5 else "。")
        for one in outcomes
        if one.code != 0
    ]
    found += [f"{one.label}：没有任何测试运行。" for one in outcomes if one.ran == 0 == one.code]
    ran = {one.label: one.ran for one in outcomes}
    if ran.get(POSTGRESQL, 0) < ran.get(SQLITE, 0):
        found.append(
            f"PostgreSQL 上只运行了 {ran.get(POSTGRESQL, 0)} 个测试，少于 SQLite 的 {ran[SQLITE]} 个。"
        )
    return found


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the closing table: one row per run, then the reasons for what was skipped."""
    rows = [("", "通过", "失败", "跳过", "用时")]
    rows += [
        (
            one.label,
            str(one.passed),
            str(one.failed),
            str(one.skipped.total()),
            f"{one.seconds:.0f}s",
        )
        for one in outcomes
    ]
    lines = ["  ".join(_padded(cell, 12) for cell in row).rstrip() for row in rows]
    for one in outcomes:
        lines += [f"跳过 {n} 个（{one.label}）：{why}" for why, n in one.skipped.most_common()]
    return "\n".join(lines)


def _padded(text: str, width: int) -> str:
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - columns)


def run_all() -> list[Outcome]:
    outcomes = [
        run("无数据库", WITHOUT_DATABASE),
        run(SQLITE, WITH_DATABASE, f"not ({ONCE})"),
        run("浏览器等", WITH_EITHER, ONCE),
    ]
    try:
        with throwaway() as url:
            outcomes.append(run(POSTGRESQL, WITH_DATABASE, f"not ({ONCE})", url))
    except PostgresUnavailable as error:
        print(f"错误：{error}", flush=True)
        outcomes.append(Outcome(POSTGRESQL, code=1))
    return outcomes


def main() -> int:
    exit_on_termination()
    REPORTS.mkdir(parents=True, exist_ok=True)
    browser.ensure()
    try:
        outcomes = run_all()
    except KeyboardInterrupt:
        print("\n已中断。")
        return 130
    wrong = problems(outcomes)
    print(f"\n{table(outcomes)}\n")
    for sentence in wrong:
        print(f"不合格：{sentence}")
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    skipped = sum(one.skipped.total() for one in outcomes)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main())
