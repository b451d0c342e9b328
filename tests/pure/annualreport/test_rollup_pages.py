"""The roll-up as a page, as a workbook and as a command."""

from __future__ import annotations

import argparse
import importlib
import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.annualreport.model import to_json
from gongkai.annualreport.rollup.expected import read_expected
from gongkai.annualreport.rollup.html import write_page
from gongkai.annualreport.rollup.rollup import RollUp, rollup
from gongkai.annualreport.rollup.xlsx import write_xlsx
from gongkai.project.cli import compare
from gongkai.project.cli import rollup as command
from gongkai.project.cli.errors import CommandError
from tests.pure.annualreport.test_rollup import LIST, filed
from tests.pure.annualreport.test_units import NAMES, UNITS, county, unit

# Neither carries types.
html: Any = importlib.import_module("lxml.html")
openpyxl: Any = importlib.import_module("openpyxl")
EVIL = '=HYPERLINK("http://x")<b>局</b>'


def odd() -> RollUp:
    """A roll-up with a difference, a blank, a missing unit, a fault and a name that is an attack."""
    blank = replace(UNITS[1], figures={**UNITS[1].figures, "t2.penalty": None})
    evil = unit(EVIL, {"t2.licence": 4, "t3.new.tot": 1})
    own = county(UNITS, t2__licence=8)
    return rollup(filed(UNITS[0], blank, UNITS[2], evil), own, [*LIST, EVIL, "青禾县档案馆"])


def test_page_marks_cells_with_words_and_links_them() -> None:
    """不一致的格有“≠ 本级”文字和链接，空白格写“缺”；不只靠颜色。"""
    tree = html.fromstring(write_page(odd()))
    (mark,) = tree.xpath("//a[contains(@class,'b-cell')][@href='#d-t2.licence']")
    assert mark.text_content() == "7≠ 本级 8"
    assert tree.xpath("//tr[@id='d-t2.licence']/th")[0].text_content() == (
        "表二“行政许可”·本年处理决定数量"
    )
    blank = tree.xpath("//span[contains(@class,'b-cell')]")
    assert [one.text_content() for one in blank] == ["缺1 个单位空白"]


def test_page_stands_alone_and_every_table_is_labelled() -> None:
    """没有脚本和外部文件；表有标题，表头有 scope，链接都有去处，id 不重复，单位名转义。"""
    page = write_page(odd())
    assert not re.search(r"<script|https?://(?!x)|src=|<link|style=\"", page)
    tree = html.fromstring(page)
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption")) == 5
    assert tree.xpath("//th[not(@scope)]") == []
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in tree.xpath("//a/@href")} <= set(ids)
    assert "<b>局</b>" not in page
    assert [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3")][:3] == [1, 2, 2]


def test_workbook_keeps_numbers_and_never_runs_a_name() -> None:
    """四张表；数是数，空白格没有合计；以等号开头的名称是文字。"""
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(odd())))
    assert book.sheetnames == ["汇总", "单位", "差异", "问题"]
    sums = {row[1]: row for row in book["汇总"].iter_rows(min_row=2, values_only=True)}
    assert len(sums) == 200
    assert sums["t2.licence"][2:] == ("表二“行政许可”·本年处理决定数量", 7, 8, 1, "≠", None)
    assert sums["t2.fee"][3:7] == (pytest.approx(0.3), pytest.approx(0.3), None, "＝")
    assert (sums["t2.penalty"][3], sums["t2.penalty"][6:]) == (None, ("不能核对", NAMES[1]))
    units = list(book["单位"].iter_rows(min_row=2))
    assert (units[3][0].value, units[3][0].data_type) == (EVIL, "s")
    assert [row[1].value for row in units] == ["已计入"] * 4 + ["缺报"]
    differences = list(book["差异"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in differences] == ["t2.licence", "t3.new.tot"]
    assert differences[:1] == [
        (
            "t2.licence",
            "表二“行政许可”·本年处理决定数量",
            8,
            7,
            1,
            f"{EVIL} 4、青禾县教育局 3",
            None,
        )
    ]
    faults = [row[:3] for row in book["问题"].iter_rows(min_row=2, values_only=True)]
    assert (EVIL, "必须改正", "B-15") in faults
    book.close()


def test_list_in_a_workbook_is_its_first_column() -> None:
    """xlsx 名单读第一列。"""
    book = openpyxl.Workbook()
    for row in (["单位名称", "电话"], [NAMES[0], 1], [None, 2], [NAMES[1], 3]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert read_expected(stream.getvalue()) == NAMES[:2]


def run(module: object, *arguments: str) -> int:
    """Run a verb as the dispatcher does."""
    parser = argparse.ArgumentParser()
    module.configure(parser)  # type: ignore[attr-defined]
    return int(module.run(parser.parse_args(arguments)))  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of unit reports beside the government's own and the list."""
    units = tmp_path / "各单位"
    units.mkdir()
    for one in UNITS:
        (units / f"{one.issuer}.json").write_bytes(to_json(one))
    (tmp_path / "县政府.json").write_bytes(to_json(county(UNITS)))
    (tmp_path / "名单.txt").write_text("\n".join(LIST), encoding="utf-8")
    return tmp_path


def test_command_writes_every_form_and_its_own_output_is_no_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """三种输出；结果存在同一文件夹里也不会被当成报告再读。"""
    units, own, names = (
        str(folder / "各单位"),
        str(folder / "县政府.json"),
        str(folder / "名单.txt"),
    )
    given = (units, "--own", own, "--expected", names)
    assert run(command, *given) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "结论：计入 3 个单位，应报 3 个，与本级报告逐格一致。"
    )
    page = folder / "各单位" / "汇总.html"
    assert run(command, *given, "--format", "html", "--out", str(page)) == 0
    assert run(command, *given, "--format", "xlsx", "--out", str(folder / "汇总.xlsx")) == 0
    assert run(command, *given) == 0
    assert (folder / "汇总.xlsx").read_bytes()[:2] == b"PK"


def test_command_tells_what_is_missing_or_unreadable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """少一份退出码 1，读不了退出码 2；参数不对说明怎么改。"""
    units, names = folder / "各单位", str(folder / "名单.txt")
    (units / f"{NAMES[1]}.json").unlink()
    assert run(command, str(units), "--expected", names) == 1
    assert f"{NAMES[1]}：缺报" in capsys.readouterr().out
    (units / f"{NAMES[1]}.txt").write_text("一则通知", encoding="utf-8")
    assert run(command, str(units), "--expected", names) == 2
    with pytest.raises(CommandError, match="xlsx 要写入文件"):
        run(command, str(units), "--format", "xlsx")
    with pytest.raises(CommandError, match="没有这个文件夹"):
        run(command, str(folder / "无"))
    with pytest.raises(CommandError, match="没有这个文件，请核对文件名"):
        run(command, str(units), "--expected", str(folder / "无.txt"))


def test_compare_command_reads_checks_years_and_writes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """对照命令：没有对照对象、年份不对、读不了都说明；结果存成网页。"""
    now, before = folder / "县政府.json", folder / "去年.json"
    moved = replace(county(UNITS, t2__licence=300), year=2023)
    before.write_bytes(to_json(moved))
    assert run(compare, str(now), "--earlier", str(before)) == 1
    assert "表二“行政许可”·本年处理决定数量：300 → 3（－297，0.01 倍）" in capsys.readouterr().out
    page = folder / "对照.html"
    assert (
        run(compare, str(now), "--earlier", str(before), "--format", "html", "--out", str(page))
        == 1
    )
    assert "300" in page.read_text("utf-8")
    with pytest.raises(CommandError, match="没有写与谁对照"):
        run(compare, str(now))
    with pytest.raises(CommandError, match="应是 2024 年以前的报告，读到的有 2024 年的"):
        run(compare, str(now), "--earlier", str(now), str(folder / "县政府.json"))
    (folder / "坏.txt").write_text("一则通知", encoding="utf-8")
    with pytest.raises(CommandError, match="其他机关的报告无法读取"):
        run(compare, str(now), "--neighbour", str(folder / "坏.txt"))


def test_exact_decimals_reach_the_own_column() -> None:
    """金额按十进制比较，0.1＋0.2 等于 0.3。"""
    result = rollup(filed(*UNITS), county(UNITS), LIST)
    assert result.sums["t2.fee"].total == Decimal("0.3")
    assert result.differences == ()
