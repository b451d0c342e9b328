"""Every way of printing a report is read back: `read(print(x)) == x`, or a doubt that says so (R-01)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.model import Cell, Report, build
from gongkai.annualreport.reading.page import Reading
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.wording import squeeze
from tests.pure.annualreport.prints import flat, html
from tests.pure.annualreport.reports import PROSE, clean, random_cells

FORMATS = ("2021", "2019", "mixed")


def reports(*, consistent: bool) -> st.SearchStrategy[Report]:
    """Random reports of either format, or with the tables of both."""
    return st.builds(
        report_of, st.sampled_from(FORMATS), st.integers(0, 10**6), st.just(consistent)
    )


def report_of(name: str, seed: int, consistent: bool) -> Report:
    """The random report with this seed."""
    return build(
        issuer="青禾县人民政府",
        year=2024,
        format="2019" if name == "2019" else "2021",
        cells=random_cells(random.Random(seed), name, consistent=consistent),
        sections=PROSE,
    )


def unlike(reading: Reading, report: Report) -> dict[str, tuple[Cell, Cell]]:
    """The cells that were read otherwise than printed: what stands there, and what was printed."""
    assert reading.report is not None, reading.reason
    found = reading.report.cells()
    assert list(found) == list(report.cells())
    return {key: (found[key], cell) for key, cell in report.cells().items() if found[key] != cell}


def sections(report: Report) -> dict[str, str]:
    return {key: squeeze(text) for key, text in report.sections.items()}


@pytest.mark.parametrize("form", [*flat.EXACT, *html.EXACT])
@settings(max_examples=8, deadline=None)
@given(report=reports(consistent=False), seed=st.integers(0, 1000))
def test_page_whose_cells_are_still_divided_is_read_to_the_last_cell(
    form: str, report: Report, seed: int
) -> None:
    """单元格之间还有分隔：无论怎样排印、压平，每一格都读对，正文也不丢。"""
    reading = read(printed(form, report, seed), source=form)
    assert unlike(reading, report) == {}
    assert reading.report is not None
    assert (reading.report.issuer, reading.report.year) == (report.issuer, report.year)
    assert reading.report.format == report.format
    if form not in ADDED_TO:
        assert sections(reading.report) == sections(report)


# These forms add a table or a sentence of their own, which stays in the text of its section.
ADDED_TO = ("L25", "L26", "L27")


def printed(form: str, report: Report, seed: int) -> bytes:
    """The bytes of a report in one form."""
    if form in html.EXACT:
        return html.EXACT[form](report, random.Random(seed))
    return (flat.EXACT | flat.GLUED)[form](report, random.Random(seed)).encode()


@pytest.mark.parametrize("form", flat.GLUED)
@settings(max_examples=12, deadline=None)
@given(report=reports(consistent=True), seed=st.integers(0, 1000))
def test_text_whose_cells_have_run_together_is_read_or_named_as_doubtful(
    form: str, report: Report, seed: int
) -> None:
    """数字粘连：要么读对，要么留空并列出全部读法，真值在其中，绝不猜。"""
    reading = read(printed(form, report, seed), source=form)
    wrong = unlike(reading, report)
    assert {key: pair for key, pair in wrong.items() if pair[0] is not None} == {}
    doubts = [finding for finding in reading.findings if finding.code == "R-01"]
    assert set(wrong) <= {key for finding in doubts for key in finding.cells}
    assert reading.report is not None
    assert sections(reading.report) == sections(report)
    for doubt in doubts:
        if doubt.candidates:
            assert row_of(report, doubt.cells[0]) in doubt.candidates


def row_of(report: Report, cell: str) -> tuple[Cell, ...]:
    """The row of figures that a cell belongs to, as `candidates` list it."""
    table = cell.partition(".")[0]
    if table == "t4":
        return tuple(report.cell(key) for key in report.cells() if key.startswith("t4."))
    stem = cell.rpartition(".")[0]
    return tuple(value for key, value in report.cells().items() if key.startswith(f"{stem}."))


def test_digits_that_can_be_cut_in_several_ways_are_listed_and_left_blank() -> None:
    """“5845546”三格有 15 种读法，一种也不选（R-01）。"""
    cells = clean().cells() | {
        "t2.norm.made": 58,
        "t2.norm.repealed": 45,
        "t2.norm.valid": 546,
    }
    reading = read(printed("L01", clean(cells), 0), source="pasted")
    assert reading.report is not None
    assert [reading.report.cell(f"t2.norm.{key}") for key in ("made", "repealed", "valid")] == [
        None,
        None,
        None,
    ]
    doubt = next(finding for finding in reading.findings if "t2.norm.made" in finding.cells)
    assert (doubt.code, doubt.severity, len(doubt.candidates)) == ("R-01", "warning", 15)
    assert (58, 45, 546) in doubt.candidates
    assert (5, 8, 45546) in doubt.candidates


def test_total_that_is_wrong_in_every_reading_is_an_error_even_when_the_cells_are_unknown() -> None:
    """连读法都定不下来，也能断定总计不对：复议后起诉 13+2+4+0≠15（L-03）。"""
    cells = clean().cells() | dict(
        zip(
            [key for key in clean().cells() if key.startswith("t4.")],
            [0, 0, 2, 0, 2, 0, 0, 0, 0, 0, 13, 2, 4, 0, 15],
            strict=True,
        )
    )
    reading = read(printed("L01", clean(cells), 0), source="pasted")
    codes = [finding.code for finding in reading.findings]
    assert ("R-01" in codes, "L-03" in codes, "L-01" in codes) == (True, True, False)


def test_form_that_nobody_filled_in_is_blank_and_not_zero() -> None:
    """只有栏目、没有数字的报告：全部为空白，不当作 0。"""
    reading = read(flat.labels_only(clean(), random.Random(0)).encode(), source="L12")
    assert reading.report is not None
    assert set(reading.report.cells().values()) == {None}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form", ["&nbsp;", "|"])
def test_blank_cell_is_not_zero_and_stays_in_its_place(form: str, seed: int) -> None:
    """以 &nbsp; 或者空格子代替 0：读成空白，其余数字不错位。"""
    report, rng = clean(), random.Random(seed)
    page = html.blanks_for_zero(report, rng)
    data = page if form == "&nbsp;" else flat.empty_cells_a_line(report, rng).encode()
    reading = read(data, source=form)
    wanted = {key: (None, 0) for key, cell in report.cells().items() if cell == 0}
    assert unlike(reading, report) == wanted


def test_report_whose_tables_are_pictures_is_told_from_one_left_empty() -> None:
    """表格是图片：说明读不到表格，而不是报空白。"""
    reading = read(html.no_tables(clean(), random.Random(0)), source="L23")
    assert reading.report is None
    assert reading.reason == (
        "找到了报告正文，但三张表没有文字（可能是图片或附件），请改用带表格文字的版本。"
    )


def test_bytes_lost_in_a_wrong_decoding_are_named_and_a_clean_one_is_undone() -> None:
    """UTF-8 被当作 GBK 存盘：能还原的还原，丢了字节的说明丢了。"""
    text = flat.tabs(clean(), random.Random(0))
    lossless = text.encode().decode("gb18030", errors="surrogateescape")
    assert "政府" not in lossless
    lost = text.encode().decode("gbk", errors="replace")
    reading = read(lost.encode(), source="L24")
    assert reading.report is None
    assert "乱码" in (reading.reason or "")
    undone = read(text.encode().decode("latin-1").encode(), source="latin")
    assert unlike(undone, clean()) == {}


@pytest.mark.parametrize(("form", "code"), [("L14", "R-02"), ("L27", "R-03")])
def test_what_was_done_to_the_text_is_said(form: str, code: str) -> None:
    """并排两年只读左边（R-02）；镜像转换过的文字不能作为依据（R-03）。"""
    reading = read(printed(form, clean(), 1), source=form)
    assert [finding.code for finding in reading.findings] == [code]
    assert unlike(reading, clean()) == {}


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("2024年青禾市政府信息公开工作年度报告", "青禾市"),
        ("青禾县政府办2024年度政府信息公开工作年度报告", "青禾县政府办"),
        ("根据《条例》规定，现公布青禾县统计局2024年政府信息公开工作年度报告。", "青禾县统计局"),
        ("首页 > 公开 > 年报 > 青禾县2024年政府信息公开工作年度报告", "青禾县"),
        ("青禾县民政局二〇二四年政府信息公开年度报告", "青禾县民政局"),
        ("青禾县民政局\n2024年政府信息公开工作年度报告", "青禾县民政局"),
    ],
)
def test_title_is_found_however_it_is_put(title: str, issuer: str) -> None:
    """标题的写法很多：年份在前、分两行、在面包屑里、在第一句话里。"""
    text = printed("L07", clean(), 1).decode().partition("\n")[2]
    reading = read(f"{title}\n{text}".encode(), source="titled")
    assert reading.report is not None
    assert (reading.report.issuer, reading.report.year) == (issuer, 2024)


def test_year_comes_from_the_period_when_there_is_no_title() -> None:
    """没有标题的，从统计期限读年度；机关不编造。"""
    text = printed("L07", clean(), 1).decode().partition("\n")[2]
    reading = read(text.encode(), source="untitled")
    assert reading.report is not None
    assert (reading.report.issuer, reading.report.year) == ("", 2024)
    assert "S-01" in {found.code for found in check(reading.report, printed=reading.printed)}


def test_figures_out_of_order_are_said_to_be_unread_and_not_blank() -> None:
    """标签挤在一起、数字排在后面：读不到的格说“没有读到”，不说“空白”（S-07 不报）。"""
    rows = [row.label for row in clean().form.t3.rows if row.key.startswith("r3")]
    text = printed("L11", clean(), 0).decode()
    first, last = text.index(rows[1]), text.index("（四）无法提供")
    scrambled = "\n".join([rows[1], *["0"] * 21, rows[4], rows[5], *["0"] * 14])
    reading = read(f"{text[:first]}{scrambled}\n{text[last:]}".encode(), source="torn")
    assert reading.report is not None
    unread = {key for key, cell in reading.report.cells().items() if cell is None}
    assert {key.split(".")[1] for key in unread} == {"r3_3", "r3_4", "r3_7", "r3_8"}
    said = next(found for found in reading.findings if found.code == "R-05")
    assert "没有读到" in said.message
    assert set(said.cells) == unread
    codes = {found.code for found in check(reading.report, printed=reading.printed)}
    assert "S-07" not in codes
