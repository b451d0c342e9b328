"""An Excel file: sheets, rows and cells that do not show, what stands behind a pivot table, personal data."""

from __future__ import annotations

import re
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.excel_cells import Strings, examine_cells
from gongkai.files.outgoing.excel_looks import CellLooks, S
from gongkai.files.outgoing.packages import examine_package, examine_rest
from gongkai.files.outgoing.reported import report_personal
from gongkai.files.outgoing.word_shapes import report_cut
from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import sheets_of

_MOST_ROWS = 200_000
_KEY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OUTSIDE = re.compile(
    r"\[\d+\]|\[[^\]]+\.xl\w+\]|\\\\|[A-Za-z]:\\|https?://|file:|\.xl\w+'?!", re.I
)
_BEHIND: tuple[tuple[re.Pattern[str], ConcernKind, str], ...] = (
    (re.compile(r"xl/pivotcache/pivotcache\w+\.xml"), ConcernKind.PIVOT_CACHE, "透视表缓存"),
    (re.compile(r"xl/slicercaches/\w+\.xml"), ConcernKind.PIVOT_CACHE, "切片器缓存"),
    (re.compile(r"xl/model/.*"), ConcernKind.PIVOT_CACHE, "数据模型"),
    (re.compile(r"xl/externallinks/[^/]+\.xml"), ConcernKind.EXTERNAL_LINK, "外部链接"),
    (re.compile(r"xl/connections\.xml"), ConcernKind.CONNECTION, "数据连接"),
    (re.compile(r"xl/querytables/\w+\.xml"), ConcernKind.CONNECTION, "查询表"),
    (re.compile(r"xl/revisions/.*\.xml"), ConcernKind.TRACKED, "共享工作簿的修订"),
)  # fmt: skip
_COMMENTS = re.compile(r"xl/(?:comments|threadedcomments)[^/]*(?:/[^/]*)?\.xml")
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")


def examine_excel(package: Package, found: Found) -> None:
    """Note what an Excel file holds. Raises `UnreadableError` when it is broken or beyond reason."""
    too_long = f"工作表超过 {_MOST_ROWS} 行，没有检查完；请拆成几个文件后再检查。"
    sheets = {one.name: one for one in sheets_of(package, most_rows=_MOST_ROWS, too_long=too_long)}
    main = package.main
    book = package.xml(main)
    if main is None or book is None:
        raise UnreadableError("Excel 文件里没有工作簿，可能已损坏；请打开后另存一份再检查。")
    examine_package(package, found)
    read = {main.lower()}
    if book.find(f"{S}sheets/{S}sheet") is None:
        raise UnreadableError(
            "Excel 文件里没有读得出的工作表；请用 Excel 或 WPS 另存为普通的 .xlsx 再检查。"
        )
    looks = CellLooks(package, main)
    shared = package.related(main, "sharedStrings")
    strings = Strings(package.part(shared) if shared else None, looks)
    targets = {one.id: one.target for one in package.relations(main)}
    for tab in book.iter(S + "sheet"):
        name, part = tab.get("name", ""), targets.get(tab.get(_KEY), "")
        _report_tab(tab, name, found)
        if name in sheets:
            read.add(part.lower())
            examine_cells(package.part(part) or b"", sheets[name], strings, looks, found)
        elif "chartsheets/" not in part:
            found.add(ConcernKind.UNREADABLE, f"工作表“{name}”", "这张工作表读不出来")
    strings.report_unused(found)
    _names(book, found)
    _behind(package, found)
    examine_rest(package, frozenset({*read, (shared or "").lower()}), found)


def _report_tab(tab: Any, name: str, found: Found) -> None:
    state = tab.get("state", "visible")
    if state != "visible":
        deep = "（深度隐藏）" if state == "veryHidden" else ""
        found.add(ConcernKind.HIDDEN_SHEET, f"工作表“{name}”{deep}")
    report_personal(name, f"工作表“{name}”", found)


def _names(book: Any, found: Found) -> None:
    for one in book.iter(S + "definedName"):
        name, text = one.get("name", ""), one.text or ""
        where = f"名称“{name}”"
        if _OUTSIDE.search(text):
            found.add(ConcernKind.EXTERNAL_LINK, where, text)
        elif one.get("hidden") in {"1", "true"} and not name.startswith("_xlnm."):
            found.add(ConcernKind.STORED_DATA, where, text)
        report_personal(text, where, found)


def _behind(package: Package, found: Found) -> None:
    for name in sorted(package.names):
        for shape, kind, title in _BEHIND:
            if shape.fullmatch(name):
                found.add(kind, title, name.rpartition("/")[2])
        if _COMMENTS.fullmatch(name):
            _comments(package.xml(name), found)
        elif _DRAWING.fullmatch(name):
            report_cut(package.xml(name), lambda cut: "插图", found)


def _comments(root: Any, found: Found) -> None:
    for one in root.iter():
        if isinstance(one.tag, str) and one.get("ref"):
            found.add(ConcernKind.COMMENT, one.get("ref"), "".join(one.itertext()))
