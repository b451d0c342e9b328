"""A report taken apart into blocks, and built into Word, Excel and PDF files as offices make them."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import docx

from gongkai.annualreport.model import Report
from gongkai.annualreport.reading.page import Line, Page
from gongkai.annualreport.writing.front import title_of
from gongkai.annualreport.writing.html import table_html

Spanned = tuple[str, int, int]  # text, columns, rows
Table = tuple[tuple[Spanned, ...], ...]


@dataclass(frozen=True)
class Block:
    """A title, heading, paragraph or table of a report."""

    kind: str
    text: str = ""
    rows: Table = ()


def blocks_of(report: Report) -> tuple[Block, ...]:
    """The report in printed order."""
    return tuple(_blocks(report))


def _blocks(report: Report) -> Iterator[Block]:
    yield Block("title", title_of(report))
    for section in report.form.sections:
        yield Block("heading", section.heading)
        for text in report.sections.get(section.key, "").splitlines():
            yield Block("paragraph", text)
        if section.table is not None:
            yield Block("table", rows=spanned_rows(table_html(report, section.table)))


def spanned_rows(markup: str) -> Table:
    """The cells of a table of ours with their spans."""
    html: Any = importlib.import_module("lxml.html")
    root = html.fragment_fromstring(markup)
    return tuple(
        tuple(
            (cell.text_content(), int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
            for cell in row
        )
        for row in root.iter("tr")
    )


def width_of(rows: Table) -> int:
    """How many columns a table has."""
    return sum(across for _, across, _ in rows[0])


def placed(rows: Table) -> list[tuple[int, int, Spanned]]:
    """Each cell with the row and column of its top left place."""
    taken: set[tuple[int, int]] = set()
    found = []
    for top, row in enumerate(rows):
        left = 0
        for text, across, down in row:
            while (top, left) in taken:
                left += 1
            taken |= {(top + y, left + x) for y in range(down) for x in range(across)}
            found.append((top, left, (text, across, down)))
    return found


def flat(rows: Table) -> tuple[Line, ...]:
    """The lines a reader should make of a table."""
    grid = [[""] * width_of(rows) for _ in rows]
    for top, left, (text, _, _) in placed(rows):
        grid[top][left] = text
    return tuple(Line(tuple(row), table=True) for row in grid)


def lines_of(report: Report) -> tuple[Line, ...]:
    """The lines a reader should make of a whole report."""
    parts = (
        flat(block.rows) if block.kind == "table" else (Line((block.text,), table=False),)
        for block in blocks_of(report)
    )
    return tuple(line for part in parts for line in part)


def texts(page: Page) -> list[str]:
    """The paragraphs of a page."""
    return [line.text for line in page.lines if not line.table]


def rows(page: Page) -> list[tuple[str, ...]]:
    """The table rows of a page."""
    return [line.cells for line in page.lines if line.table]


def word_file(report: Report) -> bytes:
    """The report as a Word file with merged cells."""
    document = docx.Document()
    for block in blocks_of(report):
        if block.kind == "table":
            _word_table(document, block.rows)
        else:
            document.add_paragraph(block.text)
    return saved(document)


def _word_table(document: Any, rows: Table) -> None:
    table = document.add_table(len(rows), width_of(rows))
    for top, left, (text, across, down) in placed(rows):
        cell = table.cell(top, left)
        if across > 1 or down > 1:
            cell = cell.merge(table.cell(top + down - 1, left + across - 1))
        cell.text = text


def saved(document: Any) -> bytes:
    """The bytes of a file that a library can save."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_body(markup: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this WordprocessingML in its body and these parts besides."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    names += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:document {names}><w:body>{markup}</w:body></w:document>"
    return changed(saved(docx.Document()), {"word/document.xml": body, **(parts or {})})


def changed(data: bytes, parts: Mapping[str, str | bytes | None]) -> bytes:
    """An Office file with some parts replaced, added or (None) taken out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys((*old.namelist(), *parts)):
            content = parts[name] if name in parts else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def excel_file(report: Report) -> bytes:
    """The report as one Excel sheet, figures as numbers, labels merged."""
    book, sheet = new_book()
    row = 1
    for block in blocks_of(report):
        for top, left, (text, across, down) in placed(block.rows or (((block.text, 1, 1),),)):
            value: object = int(text) if text.isdigit() else text
            sheet.cell(row + top, left + 1, None if text == "" else value)
            if across > 1 or down > 1:
                span = (row + top, left + 1, row + top + down - 1, left + across)
                sheet.merge_cells(None, *span)
        row += max(1, len(block.rows))
    return saved(book)


def new_book() -> tuple[Any, Any]:
    """A workbook and its first sheet."""
    openpyxl: Any = importlib.import_module("openpyxl")
    book = openpyxl.Workbook()
    return book, book.active


def mail_of(page: bytes) -> bytes:
    """A page saved as a single file, as browsers do."""
    message: Any = importlib.import_module("email.mime.multipart").MIMEMultipart("related")
    text: Any = importlib.import_module("email.mime.text")
    message["From"] = "<Saved by a browser>"
    message["Subject"] = "annual report"
    message.attach(text.MIMEText(page.decode(), "html", "utf-8"))
    return bytes(message.as_bytes())


Rendered = Callable[[Block], str]


def markup_of(blocks: Sequence[Block], render: Rendered) -> str:
    """Blocks as markup."""
    return "\n".join(render(block) for block in blocks)


def table_markup(
    rows: Table, cell: Callable[[str], str] = escape, attributes: str = "", tag: str = "td"
) -> str:
    """A table with the inside of each cell given by `cell`."""
    lines = (
        "".join(
            f'<{tag} colspan="{across}" rowspan="{down}">{cell(text)}</{tag}>'
            for text, across, down in row
        )
        for row in rows
    )
    return f"<table {attributes}>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>"


class PdfPrinter:
    """Prints blocks on A4 pages with ruled tables; the Chinese font is one every reader knows."""

    LEFT, RIGHT, TOP, BOTTOM, SIZE, SMALL, ROW = 72.0, 522.0, 780.0, 70.0, 12.0, 8.0, 20.0

    def __init__(self, *, rules: bool = True, footer: str = "- {} -", password: str = "") -> None:
        self._rules, self._footer, self._password = rules, footer, password
        self._pikepdf: Any = importlib.import_module("pikepdf")
        self._pdf = self._pikepdf.new()
        self._font = self._pdf.make_indirect(self._font_dictionary())
        self._strokes: list[str] = []
        self._y = self.TOP

    def print(self, blocks: Sequence[Block], *, attach: Mapping[str, bytes] | None = None) -> bytes:
        """The finished file."""
        for block in blocks:
            if block.kind == "table":
                self._table(block.rows)
            else:
                indent = 2 * self.SIZE if block.kind == "paragraph" else 0.0
                self._paragraph(block.text, indent)
        self._end_page()
        for name, data in (attach or {}).items():
            self._pdf.attachments[name] = data
        buffer = io.BytesIO()
        lock = self._pikepdf.Encryption(owner=self._password, user=self._password)
        self._pdf.save(buffer, encryption=lock if self._password else False)
        return buffer.getvalue()

    def _paragraph(self, text: str, indent: float) -> None:
        x = self.LEFT + indent
        line = ""
        for sign in text:
            if x + self._width(line + sign) > self.RIGHT:
                self._line(x, line)
                line, x = "", self.LEFT
            line += sign
        self._line(x, line)

    def _line(self, x: float, text: str) -> None:
        self._advance(self.ROW)
        self._text(x, self._y + 5, text)

    def _advance(self, height: float) -> None:
        if self._y - height < self.BOTTOM:
            self._end_page()
        self._y -= height

    def _table(self, rows: Table) -> None:
        """A table begins on a new page when it does not fit on what is left of this one."""
        sides = self._sides(rows)
        cells = placed(rows)
        heights = [self._height(cells, top, sides) for top in range(len(rows))]
        if self._y - sum(heights) < self.BOTTOM and sum(heights) < self.TOP - self.BOTTOM:
            self._end_page()
        for top, height in enumerate(heights):
            self._advance(height)
            for left, (text, across, _) in [(at, cell) for row, at, cell in cells if row == top]:
                self._cell(sides[left], self._y + height, self._wrapped(text, sides, left, across))
            self._rule_row(cells, top, sides, height)
        self._y -= 10

    def _sides(self, rows: Table) -> list[float]:
        """Where columns begin and the last one ends; columns of labels are wider."""
        count = width_of(rows)
        shares = [3.0 if place < count - 7 and count == 10 else 1.0 for place in range(count)]
        unit = (self.RIGHT - self.LEFT) / sum(shares)
        return [self.LEFT + unit * sum(shares[:place]) for place in range(count + 1)]

    def _height(self, cells: Sequence[tuple[int, int, Spanned]], top: int, sides: Any) -> float:
        mine = [(left, cell) for row, left, cell in cells if row == top and cell[2] == 1]
        most = [len(self._wrapped(text, sides, left, across)) for left, (text, across, _) in mine]
        return self.SMALL * max(most, default=1) + 6

    def _wrapped(self, text: str, sides: Any, left: int, across: int) -> list[str]:
        size = max(1, int((sides[left + across] - sides[left] - 4) / self.SMALL))
        return [text[place : place + size] for place in range(0, max(1, len(text)), size)]

    def _cell(self, x: float, top: float, parts: Sequence[str]) -> None:
        for place, part in enumerate(parts, start=1):
            self._text(x + 2, top - self.SMALL * place - 1, part, self.SMALL)

    def _rule_row(
        self,
        cells: Sequence[tuple[int, int, Spanned]],
        top: int,
        sides: Sequence[float],
        height: float,
    ) -> None:
        """The rules of what a row shows: upright ones at each side, across where a cell begins or ends."""
        if not self._rules:
            return
        for row, left, (_, across, down) in cells:
            if row <= top < row + down:
                x, end = sides[left], sides[left + across]
                low, high = self._y, self._y + height
                self._strokes += [f"{at} {low} m {at} {high} l S" for at in (x, end)]
                if row == top:
                    self._strokes.append(f"{x} {high} m {end} {high} l S")
                if row + down - 1 == top:
                    self._strokes.append(f"{x} {low} m {end} {low} l S")

    def _text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        hexed = text.encode("utf-16-be").hex()
        self._strokes.append(f"BT /F1 {size} Tf {x} {y} Td <{hexed}> Tj ET")

    def _width(self, text: str) -> float:
        return sum(self.SIZE * (0.5 if sign.isascii() else 1) for sign in text)

    def _end_page(self) -> None:
        page = self._pdf.add_blank_page(page_size=(595, 842))
        if self._footer:
            self._text(290, 40, self._footer.format(len(self._pdf.pages)))
        fonts = self._pikepdf.Dictionary(F1=self._font)
        page.obj.Resources = self._pikepdf.Dictionary(Font=fonts)
        page.obj.Contents = self._pdf.make_stream("\n".join(self._strokes).encode())
        self._strokes, self._y = [], self.TOP

    def _font_dictionary(self) -> Any:
        name = self._pikepdf.Name
        make = self._pikepdf.Dictionary
        array = self._pikepdf.Array
        look = make(
            Type=name.FontDescriptor,
            FontName=name("/STSong-Light"),
            FontBBox=array([0, -200, 1000, 900]),
            **{"Flags": 6, "ItalicAngle": 0, "Ascent": 880, "Descent": -120},
            **{"CapHeight": 700, "StemV": 80},
        )
        letters = make(
            Type=name.Font,
            Subtype=name.CIDFontType0,
            BaseFont=name("/STSong-Light"),
            CIDSystemInfo=make(Registry=b"Adobe", Ordering=b"GB1", Supplement=2),
            FontDescriptor=look,
            DW=1000,
            W=array([1, 95, 500]),
        )
        return make(
            Type=name.Font,
            Subtype=name.Type0,
            BaseFont=name("/STSong-Light"),
            Encoding=name("/UniGB-UCS2-H"),
            DescendantFonts=array([letters]),
        )
