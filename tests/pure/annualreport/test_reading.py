"""Reading text: the county report as published, and what to do when print leaves doubt."""

from __future__ import annotations

import pytest

from gongkai.annualreport.checking.check import check
from gongkai.annualreport.format import load_format
from gongkai.annualreport.model import to_json
from gongkai.annualreport.reading.labels import request_rows
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.writing.text import write_text
from tests.pure.annualreport.reports import SHEQI, clean, sheqi

PRINTED = {
    "t2.norm.made": 12,
    "t2.norm.repealed": 9,
    "t2.norm.valid": 40,
    "t2.licence": 45756,
    "t2.penalty": 1766,
    "t2.coercion": 478,
    "t2.fee": "1158.4432",
    "t3.new.nat": 39,
    "t3.new.law": 2,
    "t3.new.tot": 41,
    "t3.r1.nat": 19,
    "t3.r1.law": 2,
    "t3.r1.tot": 21,
    "t3.r2.nat": 2,
    "t3.r2.tot": 2,
    "t3.r4_1.nat": 16,
    "t3.r4_1.tot": 16,
    "t3.r5_1.nat": 2,
    "t3.r5_1.tot": 2,
    "t3.r7.nat": 39,
    "t3.r7.law": 2,
    "t3.r7.tot": 41,
}


def test_published_county_report_reads_right_to_the_last_of_200_cells() -> None:
    """合并表头拆散、一行错位、一处标签错字，200 格全部读对。"""
    report = sheqi().report
    assert report is not None
    assert report.cells() == dict.fromkeys(load_format("2021").kinds, 0) | PRINTED


def test_published_county_report_reads_header_and_sections() -> None:
    """机关、年份、期限、联系方式和六个部分。"""
    report = sheqi().report
    assert report is not None
    assert (report.issuer, report.year, report.level) == ("社旗县人民政府", 2024, "county")
    assert report.period == "2024-01-01/2024-12-31"
    assert report.contact == "社旗县人民政府办公室 0377-67921359"
    assert [bool(report.sections[key]) for key in "123456"] == [
        True,
        False,
        False,
        False,
        True,
        True,
    ]
    assert report.sections["6"].startswith("2024年全县各级各部门未向申请人收取信息处理费。")


def test_published_county_report_has_exactly_these_findings() -> None:
    """错字 S-04、缺工作考核结果 P-04，公开率供参考；没有一条误报。"""
    reading = sheqi()
    assert reading.report is not None
    found = check(reading.report, printed=reading.printed)
    assert reading.findings == ()
    assert [(f.code, f.severity, f.cells, f.expected, f.actual) for f in found] == [
        (
            "S-04",
            "error",
            ("t2.rule.repealed", "t2.norm.repealed"),
            "本年废止件数",
            "本年度止件数",
        ),
        (
            "B-55",
            "info",
            ("t3.r1.tot", "t3.r2.tot", "t3.r7.tot"),
            None,
            "56.1%",
        ),
        ("P-04", "warning", (), "工作考核、社会评议、责任追究结果", "缺 工作考核"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encoding_is_judged_by_content(encoding: str) -> None:
    """县里的文件常是 GBK 编码，读出的结果应相同。"""
    data = SHEQI.read_text(encoding="utf-8").encode(encoding)
    assert read(data, source="x").report == sheqi().report


def text_with(old: str, new: str) -> str:
    """The clean report as text with one place changed."""
    text = write_text(clean())
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(
    "label", ["（ 一 ） 予 以 公 开", "(一)予以公开", "予以公开", "（一）予以公幵"]
)
def test_row_is_found_by_label_whatever_its_print(label: str) -> None:
    """空格、半角括号、少编号、错一字都认得是哪一行。"""
    assert request_rows(load_format("2021")).match(label) == "r1"


@pytest.mark.parametrize("label", ["本机关掌握", "41", "", "信息内容"])
def test_unlike_label_is_not_taken_for_a_row(label: str) -> None:
    """不像的标签不硬套。"""
    assert request_rows(load_format("2021")).match(label) is None


def test_columns_follow_the_header_and_not_their_position() -> None:
    """列序调换后仍按列名取数。"""
    text = write_text(clean())
    swapped = text.replace("商业企业\t科研机构", "科研机构\t商业企业")
    report = read(swapped.encode(), source="x").report
    assert report is not None
    assert (report.cell("t3.new.com"), report.cell("t3.new.res")) == (0, 2)


def test_rows_may_come_in_any_order() -> None:
    """行序调换后仍按行名取数。"""
    lines = write_text(clean()).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("一、本年新收"))
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    assert read("\n".join(lines).encode(), source="x").report == clean()


def test_blank_and_slash_are_kept_as_printed() -> None:
    """空白读作空白，“/”读作“/”，都不是 0。"""
    row = "三、本年度办理结果\t（一）予以公开\t\t10\t2\t0\t0\t0\t0\t12"
    report = read(text_with(row, row.replace("\t0\t0\t0", "\t\t/\t0")).encode(), source="x").report
    assert report is not None
    assert [report.cell(f"t3.r1.{c}") for c in ("com", "res", "ngo", "law")] == [2, None, "/", 0]


def test_row_with_a_missing_cell_is_doubt_and_not_a_guess() -> None:
    """少一格的行有多种读法：读不定的格为空白，并给出 R-01。"""
    row = "\t\t3.要求提供公开出版物\t0\t0\t0\t0\t0\t0\t0"
    reading = read(
        text_with(row, "\t\t3.要求提供公开出版物\t0\t0\t0\t0\t0\t0").encode(), source="x"
    )
    assert reading.report is not None
    keys = tuple(f"t3.r5_3.{c}" for c in ("nat", "com", "res", "ngo", "law", "oth", "tot"))
    assert [reading.report.cell(key) for key in keys] == [None] * 7
    assert [(f.code, f.severity, f.cells, len(f.candidates)) for f in reading.findings] == [
        ("R-01", "warning", keys, 7)
    ]


def test_extra_number_in_a_row_is_settled_by_the_identities() -> None:
    """行首多出一个数字时，由勾稽关系定出哪七格是数据。"""
    row = "\t（七）总计\t\t26\t2\t0\t0\t0\t0\t28"
    text = text_with(row, "\t（七）总计\t3\t26\t2\t0\t0\t0\t0\t28")
    reading = read(text.encode(), source="x")
    assert (reading.report, reading.findings) == (clean(), ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"\x00\x01\x02\x03" * 50, "不是文本"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04rest", "Word"),
        (b"<!DOCTYPE html><html></html>", "网页"),
        ("今天天气很好".encode(), "不是政府信息公开工作年度报告"),
        (b'{"issuer": "x", ', "JSON 不完整"),
        (b"[" * 100_000, "JSON"),
        (b"{}", "缺少这一项"),
        (to_json(clean())[:900], "JSON 不完整"),
        ("某县2024年政府信息公开工作年度报告\n一、总体情况\n无表".encode(), "三张表没有文字"),
    ],
)
def test_unreadable_source_gives_one_chinese_line(data: bytes, words: str) -> None:
    """读不了的文件只给一句话：是什么、怎么办。"""
    reading = read(data, source="x")
    assert reading.report is None
    assert reading.reason is not None
    assert words in reading.reason
    assert "\n" not in reading.reason
