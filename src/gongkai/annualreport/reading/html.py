"""Saved web pages of every age: the report's lines, without what surrounds it on the page."""

from __future__ import annotations

import importlib
from typing import Any

from gongkai.annualreport.reading.html_noise import attachments, without_tail
from gongkai.annualreport.reading.html_saved import is_mhtml, page_inside
from gongkai.annualreport.reading.html_walk import lines_of
from gongkai.annualreport.reading.page import Line, Page
from gongkai.annualreport.reading.page_rows import tidy
from gongkai.files.decoding import declared_charset, decode
from gongkai.files.refusal import UnreadableError

_LARGEST = 15_000_000
_METAS = {"articletitle": "title", "pubdate": "published_on", "contentsource": "issuer"}
_TOO_LARGE = (
    "网页文件超过 15 MB，不像年度报告的网页；请从发布页面重新保存（只保存网页，不含图片）再检查。"
)
_TOO_DEEP = "网页的标签嵌套过深，无法读取；请从发布页面重新保存，或全选复制后另存为文本再检查。"
_EMPTY = "网页里没有文字（内容可能由脚本装入），请在浏览器里打开后全选复制，另存为文本再检查。"


def page_of_html(data: bytes) -> Page:
    """Return a web page as lines. Raises `UnreadableError` when it cannot be read.

    Navigation, hidden parts and scripts are left out, unless the report itself turns out to be
    in them. `hints` come from the page's title and its metas ArticleTitle, PubDate, ContentSource.
    """
    declared = None
    if is_mhtml(data):
        data, declared = page_inside(data)
    if len(data) > _LARGEST:
        raise UnreadableError(_TOO_LARGE)
    root = _parsed(decode(data, declared=declared or declared_charset(data)))
    lines = lines_of(root, everything=False)
    if not any(line.table for line in lines):
        lines = _fuller(lines, lines_of(root, everything=True))
    if not any(line.text for line in lines):
        raise UnreadableError(_EMPTY)
    return Page(without_tail(lines), hints=_hints(root), notes=_notes(root, lines))


def _parsed(text: str) -> Any:
    html = importlib.import_module("lxml.html")
    etree = importlib.import_module("lxml.etree")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        plain = text.replace("\x00", "").encode("utf-8", errors="replace")
        root = html.document_fromstring(plain, parser=parser)
    except etree.ParserError as error:
        raise UnreadableError(_EMPTY) from error
    except etree.XMLSyntaxError as error:
        raise UnreadableError(_TOO_DEEP) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError(_TOO_DEEP)
    return root


def _fuller(visible: tuple[Line, ...], everything: tuple[Line, ...]) -> tuple[Line, ...]:
    """Hidden parts and side parts count only when the tables are in them."""
    return everything if any(line.table for line in everything) or not visible else visible


def _hints(root: Any) -> dict[str, str]:
    hints: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = _METAS.get(str(meta.get("name", "")).strip().lower())
        text = tidy(meta.get("content") or "")
        if key and text:
            hints.setdefault(key, text)
    title = next(root.iter("title"), None)
    text = "" if title is None else tidy(title.text or "")
    if text:
        hints.setdefault("title", text)
    return hints


def _notes(root: Any, lines: tuple[Line, ...]) -> tuple[str, ...]:
    names = [] if any(line.table for line in lines) else attachments(root)
    if not names:
        return ()
    shown = "、".join(names[:3])
    return (f"网页里没有表格，报告可能在附件里（{shown}）；请下载附件再检查。",)
