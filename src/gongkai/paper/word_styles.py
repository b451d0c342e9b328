"""The styles of an official document in Word: the type that offices have, by its usual names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

from gongkai.paper.blocks import Sheet

TITLE, NOTE, BODY, CELL = "Title", "Note", "Normal", "Table Text"
HEADINGS = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}
PAGE_NUMBER = "Footer"

_TWIPS = 20
"""Twentieths of a point: the unit of lengths in a Word file."""

_FONTS = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "宋体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""Each typeface by the name offices know, and the one to take where it is not installed."""


@dataclass(frozen=True)
class _Style:
    """A paragraph style: typeface, size and line pitch in points, and how the paragraph stands."""

    font: str
    size: float
    pitch: float
    align: Literal["left", "center", "both"]
    indent: int = 0
    bold: bool = False
    keep: bool = False


def set_styles(document: Any, sheet: Sheet) -> None:
    """Give the document the typefaces of GB/T 9704-2012, 5.2.2, and nothing of the template's."""
    _set_defaults(document)
    body, pitch = sheet.body_size, sheet.pitch
    styles = {
        BODY: _Style("仿宋_GB2312", body, pitch, "both", indent=2),
        TITLE: _Style("方正小标宋简体", sheet.title_size, sheet.title_pitch, "center"),
        HEADINGS[1]: _Style("黑体", body, pitch, "left", indent=2, keep=True),
        HEADINGS[2]: _Style("楷体_GB2312", body, pitch, "left", indent=2, keep=True),
        HEADINGS[3]: _Style("仿宋_GB2312", body, pitch, "left", indent=2, bold=True, keep=True),
        NOTE: _Style("楷体_GB2312", sheet.note_size, pitch, "center"),
        CELL: _Style("宋体", 10.5, 0, "center"),
        PAGE_NUMBER: _Style("宋体", sheet.page_number_size, 0, "left"),
    }
    for name, style in styles.items():
        _set_style(_style_named(document, name), style)


def _style_named(document: Any, name: str) -> Any:
    styles = document.styles
    if name in styles:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles[BODY]
    return made


def _set_defaults(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(run):
        run.remove(child)
    run.append(fonts("仿宋_GB2312"))
    run.append(_element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    paragraph = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr"))
    for child in list(paragraph):
        paragraph.remove(child)


def _set_style(style: Any, want: _Style) -> None:
    """Replace all that the template's style says about letters and paragraphs but its outline level."""
    element = style.element
    old = element.find(qn("w:pPr"))
    level = old.find(qn("w:outlineLvl")) if old is not None else None
    for name in ("w:pPr", "w:rPr"):
        for child in element.findall(qn(name)):
            element.remove(child)
    element.append(_paragraph(want, level))
    element.append(_letters(want))


def _paragraph(want: _Style, level: Any) -> Any:
    made = OxmlElement("w:pPr")
    if want.keep:
        made.append(OxmlElement("w:keepNext"))
    made.append(_element("w:snapToGrid", val="0"))
    spacing = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
    if want.pitch:
        spacing |= {"line": str(round(want.pitch * _TWIPS)), "lineRule": "exact"}
    made.append(_element("w:spacing", **spacing))
    width = round(want.indent * want.size * _TWIPS)
    made.append(_element("w:ind", firstLineChars=str(want.indent * 100), firstLine=str(width)))
    made.append(_element("w:jc", val=want.align))
    if level is not None:
        made.append(level)
    return made


def _letters(want: _Style) -> Any:
    made = OxmlElement("w:rPr")
    made.append(fonts(want.font))
    if want.bold:
        made.append(OxmlElement("w:b"))
    half_points = str(round(want.size * 2))
    made.append(_element("w:color", val="000000"))
    made.append(_element("w:sz", val=half_points))
    made.append(_element("w:szCs", val=half_points))
    return made


def font_table() -> bytes:
    """The part of the file that tells what to take in place of a typeface that is not there."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FONTS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{listed}</w:fonts>".encode()


def fonts(name: str) -> Any:
    """One typeface for every script: with two, Word sets Chinese quotation marks in the Latin one."""
    return _element("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
