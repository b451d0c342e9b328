"""Scripts of the pages against the policy they run under."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conventions.source import ROOT

SINK = re.compile(
    r"innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write|parseFromString|createContextualFragment"
    r"|\beval\(|new Function\("
)
"""What ``require-trusted-types-for 'script'`` refuses: text that would become elements or code."""


def test_no_script_turns_text_into_elements() -> None:
    """浏览器会拒绝的写法不出现在任何脚本里：否则那一处功能在页面上悄悄失灵。"""
    scripts = sorted(ROOT.glob("src/**/static/**/*.js"))
    assert [_place(path, text) for path in scripts for text in SINK.findall(path.read_text())] == []
    assert SINK.search("part.innerHTML = other")
    assert len(scripts) > 3


def _place(path: Path, text: str) -> str:
    return f"{path.relative_to(ROOT)}: {text}"
