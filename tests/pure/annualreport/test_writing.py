"""Writers: text that reads back equal, HTML with accessible tables and everything escaped."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annualreport.model import Cell, build, cell_keys
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.writing.html import write_html, write_html_page
from gongkai.annualreport.writing.text import write_text
from tests.pure.annualreport.reports import clean, consistent_cells

PROSE = st.text(alphabet="县里公开情况，。2024年5件（）“”", max_size=40).map(str.strip)


@given(
    cells=consistent_cells(),
    odd=st.dictionaries(st.sampled_from(cell_keys("2021")), st.sampled_from([None, "/", "—"])),
    sections=st.fixed_dictionaries(dict.fromkeys("123456", PROSE)),
    published=st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
    contact=st.sampled_from([None, "青禾县人民政府办公室 0999-1234567"]),
)
def test_text_reads_back_equal(
    cells: dict[str, Cell],
    odd: dict[str, Cell],
    sections: dict[str, str],
    published: dt.date | None,
    contact: str | None,
) -> None:
    """写成文本再读回：机关、年份、200 格（含空白和“/”）、各部分文字全部相等。"""
    report = build(
        issuer="青禾县人民政府",
        year=2024,
        level="county",
        period="2024-01-01/2024-12-31",
        published_on=published,
        contact=contact,
        cells=cells | odd,
        sections=sections,
    )
    reading = read(write_text(report).encode(), source="x")
    assert (reading.report, reading.findings) == (report, ())


def test_level_that_the_name_does_not_show_survives_the_text() -> None:
    """名称看不出层级时写在报告开头，读回不变。"""
    for level in (None, "prefecture"):
        report = replace(clean(), level=level)
        assert read(write_text(report).encode(), source="x").report == report


class Tables(HTMLParser):
    """Lays out every table as a grid, so that spans are checked as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[list[list[str]]] = []
        self.scopes: set[str | None] = set()
        self._cell: tuple[str, int, int] | None = None
        self._taken: dict[tuple[int, int], str] = {}
        self._row = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open tables, rows and cells."""
        values = dict(attrs)
        if tag == "table":
            self._taken, self._row = {}, -1
        elif tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            self._cell = ("", int(values.get("rowspan") or 1), int(values.get("colspan") or 1))
            if tag == "th":
                self.scopes.add(values.get("scope"))

    def handle_data(self, data: str) -> None:
        """Collect the text of a cell."""
        if self._cell is not None:
            self._cell = (self._cell[0] + data, *self._cell[1:])

    def handle_endtag(self, tag: str) -> None:
        """Place a cell in the grid; close a table."""
        if tag in ("td", "th") and self._cell is not None:
            text, rows, columns = self._cell
            at = 0
            while (self._row, at) in self._taken:
                at += 1
            for row in range(rows):
                for column in range(columns):
                    place = (self._row + row, at + column)
                    assert place not in self._taken
                    self._taken[place] = text
            self._cell = None
        elif tag == "table":
            width = max(column for _, column in self._taken) + 1
            grid = [
                [self._taken[row, column] for column in range(width)]
                for row in range(max(row for row, _ in self._taken) + 1)
            ]
            self.grids.append(grid)


def test_html_tables_are_complete_rectangles_in_official_layout() -> None:
    """合并单元格铺满表格，不缺不叠；表头带 scope。"""
    tables = Tables()
    tables.feed(write_html(clean()))
    assert [(len(grid), len(grid[0])) for grid in tables.grids] == [(14, 4), (28, 10), (4, 15)]
    assert tables.scopes == {"col", "colgroup", "row", "rowgroup"}
    requests = tables.grids[1]
    assert requests[2][3:] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert requests[15][:4] == [
        "三、本年度办理结果",
        "（四）无法提供",
        "1.本机关不掌握相关政府信息",
        "6",
    ]
    assert [row[7] for row in tables.grids[2]] == ["行政诉讼", "未经复议直接起诉", "其他结果", "0"]


def test_html_escapes_everything_that_comes_from_outside() -> None:
    """机关名称、正文和印出的文字都要转义；没有行内样式。"""
    report = replace(clean({"t3.r1.nat": "<b>1"}, {"1": "<script>x</script>"}), issuer="甲&乙")
    page = write_html_page(report)
    assert re.findall(r"<(?:script|b)\b|style=", page) == []
    assert page.count("&lt;b&gt;1") == 1
    assert page.count("&lt;script&gt;x&lt;/script&gt;") == 1
    assert page.count("甲&amp;乙2024年政府信息公开工作年度报告") == 2


def test_html_hook_wraps_each_of_the_200_cells_once_in_printed_order() -> None:
    """每个数字都能链接到它的明细。"""
    page = write_html(clean(), cell_content=lambda key: f'<a href="{key}/">n</a>')
    assert tuple(re.findall(r'<td[^>]*><a href="(.+?)/">n</a></td>', page)) == cell_keys("2021")
