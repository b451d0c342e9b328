"""Workbooks with one thing hidden in them, and the same workbooks without it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.workbook.defined_name import DefinedName  # type: ignore[import-untyped]

from tests.pure.files.made import changed, saved, zipped
from tests.pure.files.outgoing.planted_word import OFFICE, Pair

_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(fill: Callable[[Any, Any], object] = lambda book, sheet: None) -> bytes:
    """Return a workbook without an author, with what *fill* puts into it."""
    made = openpyxl.Workbook()
    made.properties.creator = None
    sheet = made.active
    sheet.title = "汇总"
    sheet.append(["乡镇", "户数"])
    sheet.append(["东河镇", 12])
    fill(made, sheet)
    return saved(made)


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package with more parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**members, **parts})


def _cell(text: str, **looks: Any) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        sheet["C3"] = text
        for name, value in looks.items():
            setattr(sheet["C3"], name, value)

    return fill


def _hide_sheet(state: str) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        made.create_sheet("底稿").append(["张三"])
        made["底稿"].sheet_state = state

    return fill


def _hide(rows: bool, text: str | None) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        sheet["D4"] = text
        if rows:
            sheet.row_dimensions[4].hidden = True
        else:
            sheet.column_dimensions["D"].hidden = True

    return fill


_FLAT = {"xl/worksheets/sheet1.xml": ('<row r="2">', '<row r="2" ht="0" customHeight="1">')}


def _merged(made: Any, sheet: Any) -> None:
    sheet["A5"], sheet["B5"] = "合计", "张三"
    sheet.merged_cells.add("A5:B5")


def _named(text: str, hidden: bool = False) -> Callable[[Any, Any], None]:
    def fill(made: Any, sheet: Any) -> None:
        made.defined_names["取数"] = DefinedName("取数", attr_text=text, hidden=hidden)

    return fill


def _commented(made: Any, sheet: Any) -> None:
    sheet["A1"].comment = Comment("张三报的", "张三")


def shared(items: str) -> bytes:
    """Return a workbook with shared texts (`si` elements), of which A1 uses the first."""
    rows = {
        "xl/worksheets/sheet1.xml": ('t="inlineStr"><is><t>head</t></is>', 't="s"><v>0</v>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rs" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        ),
    }
    made = book(lambda book, sheet: setattr(sheet["A1"], "value", "head"))
    return with_parts(changed(made, rows), {"xl/sharedStrings.xml": f"<sst {_S}>{items}</sst>"})


_LIGHT, _DARK = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F3864")

EXCEL: Mapping[str, Pair] = {
    "隐藏的工作表": ("hidden_sheet", book(_hide_sheet("hidden")), book(_hide_sheet("visible"))),
    "深度隐藏": ("hidden_sheet", book(_hide_sheet("veryHidden")), book()),
    "隐藏的行": ("hidden_cells", book(_hide(True, "张三")), book(_hide(True, None))),
    "隐藏的列": ("hidden_cells", book(_hide(False, "张三")), book(_hide(False, None))),
    "没有高度的行": ("hidden_cells", changed(book(), _FLAT), book()),
    "合并格下面": ("hidden_cells", book(_merged), book()),
    "透视表": (
        "pivot_cache",
        with_parts(book(), {"xl/pivotCache/pivotCacheRecords1.xml": f"<r {_S}><s v='张三'/></r>"}),
        book(),
    ),
    "外部链接": ("external_link", with_parts(book(), {"xl/externalLinks/externalLink1.xml": f"<e {_S}/>"}), book()),
    "名称指向外面": ("external_link", book(_named("'[2]Sheet1'!$A$1")), book(_named("汇总!$A$1"))),
    "隐藏的名称": ("stored_data", book(_named("汇总!$A$1", True)), book(_named("汇总!$A$1"))),
    "剩下的文字": (
        "stored_data",
        shared("<si><t>乡镇</t></si><si><t>张三</t></si>"),
        shared("<si><t>乡镇</t></si>"),
    ),
    "批注": ("comment", book(_commented), book()),
    "数据连接": ("connection", with_parts(book(), {"xl/connections.xml": f"<c {_S}/>"}), book()),
    "白字": ("unseen_text", book(_cell("张三", font=_LIGHT)), book(_cell("表头", font=_LIGHT, fill=_DARK))),
    "底色同字色": ("unseen_text", book(_cell("张三", font=Font(color="FF1F3864"), fill=_DARK)), book(_cell("张三", font=Font(color="FF1F3864")))),
    "不显示的格式": ("unseen_text", book(_cell("张三", number_format=";;;")), book(_cell("张三", number_format="0;-0;;@"))),
    "嵌入的文件": ("embedded", with_parts(book(), {"xl/embeddings/oleObject1.bin": b"x"}), book()),
    "宏表": ("macro", with_parts(book(), {"xl/macrosheets/sheet1.xml": f"<x {_S}/>"}), book()),
    "共享修订": ("tracked", with_parts(book(), {"xl/revisions/revisionLog1.xml": f"<r {_S}/>"}), book()),
    "作者": ("metadata", book(lambda made, sheet: setattr(made.properties, "creator", "张三")), book()),
}  # fmt: skip
