"""The clerk's manual and the screen say the same of every concern."""

from __future__ import annotations

from pathlib import Path

from gongkai.files.outgoing.concern import ConcernKind

MANUAL = Path(__file__).parents[4] / "docs" / "manual" / "outgoing.zh.md"


def test_the_manual_names_every_concern_and_what_to_do() -> None:
    """手册里每一项的名称、意思、办法和屏幕上的一字不差。"""
    rows = MANUAL.read_text(encoding="utf-8").splitlines()
    said = [
        f"| {one.label} | {one.meaning.rstrip('。')} | {one.todo.rstrip('。')} |"
        for one in ConcernKind
    ]
    assert [row for row in said if row not in rows] == []
