"""What is written is read back by the visible path: equal tables, issuer, year and text (2021, 2019)."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annualreport.model import Report, build, to_json
from gongkai.annualreport.reading.read import read
from gongkai.annualreport.wording import squeeze
from gongkai.annualreport.writing.formats import WRITERS, write
from tests.pure.annualreport.reports import clean
from tests.pure.annualreport.test_forms import report_of

SENTENCES = (
    "全年在县政府门户网站公开各类信息3200余条，其中政策文件46件、办事指南120项。",
    "（一）主动公开情况",
    "1.公开不够及时；2.解读形式单一，图解、视频解读的比例只有12.5%。",
    "依据《中华人民共和国政府信息公开条例》（国令第711号）和国办公开办函〔2021〕30号编制。",
    "收到申请21件，办结20件，结转下年度1件，均在法定期限内答复——没有一件逾期。",
    "网址：https://www.example.invalid/zwgk?id=7&x=1，邮编473300；电话：0999-1234567。",
    "# 这一行以井号开头，*星号*、$美元$、[方括号]、<尖括号>、@和\\反斜线都照印。",
    "本" * 61 + "。",
    "加强业务培训，提升公开能力，推动公开工作向基层延伸，切实保障人民群众的知情权、参与权、表达权、监督权。"
    * 3,
)
PROSE = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A random report with prose of every shape."""
    name = draw(st.sampled_from(("2021", "2019", "mixed")))
    figures = report_of(name, draw(st.integers(0, 10**6)), consistent=False)
    return build(
        issuer=draw(
            st.sampled_from(("青禾县人民政府", "青禾县白石岭镇人民政府便民服务和综合行政执法中心"))
        ),
        year=draw(st.integers(2019, 2026)),
        format=figures.format,
        cells=figures.cells(),
        sections={key: draw(PROSE) for key in "156"},
    )


def visible(report: Report) -> tuple[object, ...]:
    """What a reader of the page gets to know."""
    texts = {key: squeeze(text) for key, text in report.sections.items()}
    return report.issuer, report.year, report.format, report.cells(), texts


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=6, deadline=None)
@given(report=reports())
def test_report_read_back_by_the_visible_path_is_the_report_written(
    form: str, report: Report
) -> None:
    """写出的网页、Word、PDF、Excel、文本都能读回同样的表格和正文，内附数据与可见内容一致。"""
    reading = read(write(report, form), source=form)
    assert reading.report is not None, reading.reason
    assert visible(reading.report) == visible(report)
    assert [finding.code for finding in reading.findings] == []


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "xlsx", "text"])
def test_blank_cells_and_signs_survive_every_form(form: str) -> None:
    """空白不等于 0，“/”照印（K10）。"""
    odd = {"t3.r1.nat": None, "t2.licence": "/", "t4.rev.m": None, "t2.fee": None}
    report = clean(odd)
    reading = read(write(report, form), source=form)
    assert reading.report is not None, reading.reason
    found = reading.report.cells()
    assert {key: found[key] for key in odd} == odd
    assert found == report.cells()


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """A Word file in which somebody edited the text and left the data inside alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                assert content.count(old) == 1
                content = content.replace(old, new)
            target.writestr(item, content)
    return out.getvalue()


def test_data_inside_that_differs_from_the_page_is_warned_of() -> None:
    """改了可见的数字而没有改内附数据：以可见为准，并提醒（R-04）。"""
    report = clean({"t2.licence": 98765})
    data = changed(write(report, "docx"), b"98765", b"98766")
    reading = read(data, source="edited.docx")
    assert reading.report is not None
    assert reading.report.cell("t2.licence") == 98766
    assert [(f.code, f.severity, f.cells, f.expected, f.actual) for f in reading.findings] == [
        ("R-04", "warning", ("t2.licence",), 98766, 98765)
    ]


def test_the_data_inside_is_the_interchange_form_byte_for_byte() -> None:
    """Word 文件里的数据就是 gongkai.annual-report/1。"""
    with zipfile.ZipFile(io.BytesIO(write(clean(), "docx"))) as package:
        assert package.read("gongkai/annual-report.json") == to_json(clean())
