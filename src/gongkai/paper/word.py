"""An official document as DOCX: named office typefaces, real merged cells, headings with levels."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from gongkai.paper import word_styles
from gongkai.paper.blocks import (
    OFFICIAL,
    Attachment,
    Block,
    Document,
    Gap,
    Heading,
    Line,
    Note,
    PageBreak,
    Paragraph,
    Sheet,
    Signature,
    Table,
    Title,
)
from gongkai.paper.lettering import POINTS_IN_MM, printable, width_in_ems
from gongkai.paper.package import moment, repacked, written
from gongkai.paper.word_table import table_element

ATTACHMENT_FOLDER = "/gongkai"
ATTACHMENT_RELATIONSHIP = "urn:gongkai:attachment"
"""How the main part refers to a file carried inside; Word leaves what it does not know alone."""

_IN_FROM_THE_RIGHT, _SLACK = 2, 1
"""Characters that a signature stands in from the right, and more than its type is wide at most."""
_HEADING_LINES = 2
"""Lines kept free above a table that stays on one page with its heading."""


def render_docx(document: Document, sheet: Sheet = OFFICIAL) -> bytes:
    """Return the document as DOCX; the same document always gives the same bytes."""
    made = docx.Document(io.BytesIO(_template(sheet)))
    body = made.element.body
    last = body[-1]  # the section's properties stay at the end
    for element in _elements(document.blocks, sheet):
        last.addprevious(element)
    _set_properties(made.core_properties, document)
    for one in document.attachments:
        _attach(made.part, one)
    return repacked(written(made.save))


@lru_cache(maxsize=4)
def _template(sheet: Sheet) -> bytes:
    """An empty document with page and styles set, made once."""
    made = docx.Document()
    word_styles.set_styles(made, sheet)
    _set_page(made.sections[0], sheet)
    made.settings.odd_and_even_pages_header_footer = True
    _number_pages(made.sections[0])
    package = made.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
    return repacked(written(made.save), _with_fonts)


def _with_fonts(name: str, part: bytes) -> bytes:
    return word_styles.font_table() if name == "word/fontTable.xml" else part


def _set_page(section: Any, sheet: Sheet) -> None:
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
    section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
    section.footer_distance = Mm(sheet.bottom - sheet.number_below) - Pt(sheet.page_number_size)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(sheet.pitch * 20)))


def _number_pages(section: Any) -> None:
    """— 1 — one character in from the outer edge: right on odd pages, left on even ones."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = word_styles.PAGE_NUMBER
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:ind {nsdecls("w")} w:{side}Chars="100" w:{side}="280" w:firstLine="0"/>')
        )
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{side}"/>'))
        paragraph.add_run("— ")
        paragraph._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            )
        )
        paragraph.add_run(" —")


def _elements(blocks: tuple[Block, ...], sheet: Sheet) -> Iterator[Any]:
    """The blocks as elements; Word wants a paragraph between two tables and after the last."""
    for block, after in itertools.pairwise((*blocks, None)):
        if block is not None:
            made = _element(block, sheet)
            if isinstance(after, Signature) and isinstance(block, Paragraph):
                made.pPr.append(OxmlElement("w:keepNext"))
            yield made
        if isinstance(block, Table) and (after is None or isinstance(after, Table)):
            yield _paragraph(word_styles.CELL, ())


def _element(block: Block, sheet: Sheet) -> Any:
    match block:
        case Title(lines):
            return _paragraph(word_styles.TITLE, lines)
        case Heading(text, level):
            return _paragraph(word_styles.HEADINGS[level], (text,))
        case Paragraph(text):
            return _paragraph(word_styles.BODY, (text,))
        case Line(text, align):
            return _flush(_paragraph(word_styles.BODY, (text,)), align)
        case Note(text):
            return _paragraph(word_styles.NOTE, (text,))
        case Signature(lines):
            return _signature(lines, sheet)
        case Table():
            return table_element(block, sheet.text_height - _HEADING_LINES * sheet.pitch)
        case Gap():
            return _paragraph(word_styles.BODY, ())
        case PageBreak():
            return _page_break()


def _flush(paragraph: Any, align: str) -> Any:
    """Take the indent of the first line away."""
    return _placed(paragraph, '<w:ind {ns} w:firstLineChars="0" w:firstLine="0"/>', align)


def _signature(lines: tuple[str, ...], sheet: Sheet) -> Any:
    """The lines in one paragraph as wide as the widest, two characters in from the right."""
    width = max((width_in_ems(line) for line in lines), default=0) + _SLACK
    room = sheet.text_width * POINTS_IN_MM / sheet.body_size - _IN_FROM_THE_RIGHT
    left = round(max(0.0, room - width) * sheet.body_size * 20)
    right = round(_IN_FROM_THE_RIGHT * sheet.body_size * 20)
    indent = (
        f'<w:ind {{ns}} w:left="{left}" w:right="{right}" w:firstLineChars="0" w:firstLine="0"/>'
    )
    made = _placed(_paragraph(word_styles.BODY, lines), indent, "center")
    made.pPr.insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:before="{round(sheet.pitch * 20)}"/>'),
        *("w:ind", "w:jc"),
    )
    made.pPr.insert_element_before(OxmlElement("w:keepLines"), *("w:spacing", "w:ind", "w:jc"))
    return made


def _placed(paragraph: Any, indent: str, align: str) -> Any:
    paragraph.pPr.append(parse_xml(indent.format(ns=nsdecls("w"))))
    paragraph.pPr.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{align}"/>'))
    return paragraph


def _paragraph(style: str, lines: tuple[str, ...]) -> Any:
    made = OxmlElement("w:p")
    told = OxmlElement("w:pStyle")
    told.set(qn("w:val"), style.replace(" ", ""))
    properties = OxmlElement("w:pPr")
    properties.append(told)
    made.append(properties)
    for number, line in enumerate(lines):
        run = OxmlElement("w:r")
        if number:
            run.append(OxmlElement("w:br"))
        text = OxmlElement("w:t")
        text.text = printable(line)
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        made.append(run)
    return made


def _page_break() -> Any:
    made = OxmlElement("w:p")
    run = OxmlElement("w:r")
    mark = OxmlElement("w:br")
    mark.set(qn("w:type"), "page")
    run.append(mark)
    made.append(run)
    return made


def _set_properties(properties: Any, document: Document) -> None:
    properties.title = printable(document.title)[:255]
    properties.author = properties.last_modified_by = printable(document.author)[:255]
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1
    properties.created = properties.modified = moment(document.day).replace(tzinfo=None)


def _attach(main: Any, one: Attachment) -> None:
    name = PackURI(f"{ATTACHMENT_FOLDER}/{one.name}")
    main.relate_to(Part(name, one.media_type, one.data, main.package), ATTACHMENT_RELATIONSHIP)
