"""``gongkai demo run``: what starts the website has never typeset, and every account is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai_demo import command
from gongkai_demo.accounts import ACCOUNTS


class Done:
    """A process that has ended."""

    def __init__(self, returncode: int) -> None:
        self.returncode = returncode


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was done, in order; loading in this process is a failure."""
    calls: list[object] = []

    def refused(said: object) -> bool:
        pytest.fail("载入会印文书：印过文书的进程不能再 fork 出网站")

    def served(bind: str, *, workers: int) -> int:
        calls.append((bind, workers))
        return 0

    def started(words: list[str], *, check: bool) -> Done:
        calls.append(words)
        return Done(0)

    monkeypatch.setattr(command, "load", refused)
    monkeypatch.setattr(command, "differences", lambda: (200, []))
    monkeypatch.setattr(command, "serve", served)
    monkeypatch.setattr(subprocess, "run", started)
    return calls


LOADING = [sys.executable, "-m", "gongkai", "demo", "load"]


def test_the_demo_is_loaded_in_another_process_than_serves_it(
    called: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    """排过版的进程不起网站：否则第一次窗口登记就一直等在印登记回执上。"""
    assert command._VERBS["run"]("127.0.0.1:8000") == 0
    assert called == [LOADING, ("127.0.0.1:8000", 2)]
    said = capsys.readouterr().out
    assert [one.login for one in ACCOUNTS if f"  {one.login} " not in said] == []


def test_a_demo_that_cannot_be_loaded_is_not_served(
    called: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda words, check: Done(3))
    assert command._VERBS["run"]("127.0.0.1:8000") == 3
    assert called == []
