"""Scripts of the pages against the policy they run under."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.documents.views.editing import EDITOR_POLICY
from tests.conventions.source import ROOT

SINK = re.compile(
    r"innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write|parseFromString|createContextualFragment"
    r"|\beval\(|new Function\("
)
"""What ``require-trusted-types-for 'script'`` refuses: text that would become elements or code."""


def test_no_script_turns_text_into_elements() -> None:
    """浏览器会拒绝的写法不出现在任何脚本里：否则那一处功能在页面上悄悄失灵。"""
    scripts = [
        one for one in sorted(ROOT.glob("src/**/static/**/*.js")) if "vendor" not in one.parts
    ]
    assert [_place(path, text) for path in scripts for text in SINK.findall(path.read_text())] == []
    assert SINK.search("part.innerHTML = other")
    assert len(scripts) > 3


def test_the_vendored_editor_has_one_sink_and_it_is_named() -> None:
    """编辑器用的第三方包只有一处把文字变成元素，走的是编辑页内容安全策略里点名的那一个策略。"""
    bundle = (ROOT / "src/gongkai/documents/static/documents/vendor/prosemirror.js").read_text()
    assert SINK.findall(bundle) == ["innerHTML="]
    assert bundle.count("createPolicy(") == 1
    assert f'createPolicy("{EDITOR_POLICY}"' in bundle


def _place(path: Path, text: str) -> str:
    return f"{path.relative_to(ROOT)}: {text}"
