"""What is let in of text and files: cleaned once is clean, and every field reads back what it wrote."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.canonical import Content, Identity, content_of, edition_bytes
from gongkai.documents.intake import as_typed, clean_body
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Kind
from gongkai.documents.refusal import DocumentRefused

_UID = UUID(int=1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("第一段\n接着\n\n第二段", "<p>第一段<br>接着</p>\n<p>第二段</p>"),
        ("3<5 且 a & b", "<p>3&lt;5 且 a &amp; b</p>"),
        ('<p style="x" onclick="y">字<script>alert(1)</script></p>', "<p>字</p>"),
        ('<a href="javascript:alert(1)">点</a>', "<p>点</p>"),
        ("甲\x00\x08\u202e乙", "<p>甲乙</p>"),
        (" \n\n ", ""),
    ],
)
def test_text_is_cleaned(typed: str, kept: str) -> None:
    """空一行另起一段；脚本、事件、样式、控制字符去掉；比较符号不当成标签。"""
    assert clean_body(typed) == kept


@given(st.text(alphabet="甲乙<>&\"'/ab p=\n\x00", max_size=60))
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    """清洗两次与一次相同：存下的再打开、再保存，字节不变。"""
    once = clean_body(typed)
    assert clean_body(once) == once


@given(st.text(alphabet="甲乙<>&\"'/ab p=\n", max_size=60))
def test_what_is_shown_for_editing_saves_as_it_was(typed: str) -> None:
    """打开编辑、不改、再保存，字节不变；纯段落显示成纯文字。"""
    kept = clean_body(typed)
    assert clean_body(as_typed(kept)) == kept
    assert as_typed("<p>甲<br>乙</p>\n<p>3 &lt; 5</p>") == "甲\n乙\n\n3 < 5"


def test_a_text_no_document_has_is_refused_in_a_sentence() -> None:
    """嵌套得没有道理的正文：一句话说明，不是出错。"""
    with pytest.raises(DocumentRefused, match="请"):
        clean_body("<div>" * 5_000 + "字")


def test_every_kind_has_a_schema() -> None:
    """每个种类都有栏目表；办事指南正好八项要素（国办秘函〔2019〕19号）。"""
    assert [schema_of(kind).code for kind in Kind] == [kind.value for kind in Kind]
    assert len([one for one in schema_of("service_guide").field if one.needed]) == 8


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_fields_read_what_they_wrote(kind: str) -> None:
    """栏目写出再读回，值不变；规范字节也是。"""
    schema = schema_of(kind)
    typed = {field.name: _example(field.type, field.choices) for field in schema.field}
    values, wrong = schema.read(typed)
    content = Content("题", "<p>文</p>", values)
    written = edition_bytes(Identity(_UID, 1, kind, "public"), content)
    assert (wrong, schema.read(schema.write(values))[0], [*schema.missing(values)]) == (
        {},
        values,
        [],
    )
    assert content_of(written) == content


def _example(kind: str, choices: tuple[str, ...]) -> str:
    examples = {
        "day": "2024-03-01",
        "instant": "2024-03-01 09:30",
        "year": "2024",
        "address": "https://www.gov.cn/x",
        "lines": "甲\n乙",
    }
    return choices[0] if choices else examples.get(kind, "示例")


def test_wrong_values_are_named() -> None:
    """写错的栏目各有一句话。"""
    _, wrong = schema_of("relay").read(
        {"source": "甲\x07", "source_url": "javascript:1", "source_published_at": "昨天"}
    )
    assert wrong == {
        "source": "“原发布单位”里有看不见的控制字符，请重新输入这一项。",
        "source_url": "“原文网址”请写以 https:// 或 http:// 开头的完整网址。",
        "source_published_at": "“原文发布时间”请按 2024-03-01 09:30 的样子写，用北京时间。",
    }
