"""The list of what uses and what proves a rule: how it is collected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.rule_evidence import Article, articles, collect

REGULATION = "政府信息公开条例"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("条例第三十三条：延长", {Article(REGULATION, "三十三")}),
        ("《政府信息公开条例》第三十三条第二款", {Article(REGULATION, "三十三")}),
        ("第三十条：七个工作日", {Article(REGULATION, "三十")}),
        ("民法典第二百零三条顺延", {Article("民法典", "二百零三")}),
        ("《行政复议法》（2023年修订）第二十条", {Article("行政复议法", "二十")}),
        ("没有条款", set()),
    ],
)
def test_articles_are_read_with_their_law(text: str, found: set[Article]) -> None:
    """没有写明法律的条款，按《政府信息公开条例》。"""
    assert articles(text) == found


def test_planted_uses_and_tests_are_found(tmp_path: Path) -> None:
    """写了代号的程序、写了代号或者点名条款的测试，都收进来；别的不收。"""
    source = tmp_path / "src" / "gongkai"
    source.mkdir(parents=True)
    (source / "a.py").write_text('LIMIT = rules.limit("comaker.limit")\n', encoding="utf-8")
    (source / "b.py").write_text('"""Nothing of comaker.limit."""\n', encoding="utf-8")
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_a.py").write_text(
        'KEY = "comaker.limit"\n'
        'def test_named() -> None:\n    """甲。"""\n    assert KEY\n'
        'def test_typed() -> None:\n    """乙。"""\n    ask("comaker.limit")\n'
        'def test_article() -> None:\n    """条例第三十四条：丙。"""\n'
        'def test_other() -> None:\n    """条例第三十五条：丁。"""\n',
        encoding="utf-8",
    )
    assert collect(tmp_path)["comaker.limit"] == {
        "uses": ["gongkai/a.py"],
        "tests": [
            {"test": "tests/test_a.py::test_article", "says": "条例第三十四条：丙。"},
            {"test": "tests/test_a.py::test_named", "says": "甲。"},
            {"test": "tests/test_a.py::test_typed", "says": "乙。"},
        ],
    }
