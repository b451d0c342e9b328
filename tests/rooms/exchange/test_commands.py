"""gongkai report --from 与 gongkai exchange：在终端上看到的话、退出码、写出的文件。"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.annualreport.model import build, from_json, to_json
from gongkai.foi.models import Case
from gongkai.project.cli import main
from tests.rooms.cast import Cast
from tests.rooms.exchange.sheets import RETURNS, Lines, book, changed, county

pytestmark = pytest.mark.django_db
COUNTY = "示例县人民政府"
NAME = f"{COUNTY}2024年政府信息公开工作年度报告"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return saved(tmp_path, county())


def saved(folder: Path, sheets: dict[str, Lines]) -> Path:
    path = folder / "台账.xlsx"
    path.write_bytes(book(sheets))
    return path


def run(*words: object) -> int:
    return main([str(word) for word in words])


def test_a_report_is_printed_and_its_pre_flight_goes_to_the_other_stream(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", "--from", ledger, "--agency", COUNTY, "--format", "json") == 0
    out, err = capsys.readouterr()
    assert from_json(out.encode()).cell("t3.new.tot") == 3
    assert err.splitlines()[0] == f"{COUNTY} 2024 年年报，预检："
    assert err.splitlines()[-1] == "结论：没有必须改正的问题。"


def test_several_formats_are_written_into_a_folder(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "年报"
    words = ("--format", "json,html,text", "--out", out)
    assert run("report", "2024", "--from", ledger, "--agency", COUNTY, *words) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        f"{NAME}.{ending}" for ending in ("html", "json", "txt")
    ]
    assert from_json((out / f"{NAME}.json").read_bytes()).issuer == COUNTY


def test_one_format_is_written_to_the_file_named(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    assert (
        run("report", "--from", ledger, "--agency", COUNTY, "--format", "json", "--out", out) == 0
    )
    assert from_json(out.read_bytes()).year == 2024


def test_what_stands_in_the_way_makes_exit_code_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, {**county(), "报送": RETURNS[:2]})
    assert run("report", "--from", path, "--agency", COUNTY) == 1
    assert "[A-缺报] 示例县湖泊局：行政许可处理决定数量：尚未报送。" in capsys.readouterr().err


def test_a_workbook_that_is_not_understood_makes_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, changed("申请", 2, 3, "去年底"))
    assert run("report", "--from", path, "--agency", COUNTY) == 2
    assert capsys.readouterr() == (
        "",
        "错误：台账.xlsx 有 1 处没有读懂，什么也没有写入：\n"
        "  申请!C2：“去年底”不是完整的日期，请写成 2024-03-05、2024年3月5日 或 20240305。\n",
    )


@pytest.mark.parametrize(("year", "fwd", "code"), [(2023, 1, 0), (2023, 4, 1), (2022, 1, 2)])
def test_last_year_s_report_is_held_against_the_sheets(
    ledger: Path, tmp_path: Path, year: int, fwd: int, code: int
) -> None:
    cells = {"t3.fwd.nat": fwd, "t3.fwd.tot": fwd, "t2.norm.valid": 2}
    prev = tmp_path / "prev.json"
    prev.write_bytes(to_json(build(issuer=COUNTY, year=year, cells=cells, sections={})))
    assert run("report", "--from", ledger, "--agency", COUNTY, "--prev", prev) == code


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["report"], "错误：要写明年份"),
        (["report", "2024", "--prev", "x"], "错误：--prev 和 --year 要与 --from 工作簿 同用"),
        (["report", "--from", "没有.xlsx"], "错误：读不到 没有.xlsx"),
        (["report", "--from", "x.xlsx", "--format", "exe"], "错误：没有“exe”这种输出格式"),
        (["report", "--from", "x.xlsx", "--year", "去年"], "错误：“去年”不是年份"),
        (["exchange", "import", "x.xlsx", "--approve"], "错误：补录的数据由批准人负责"),
    ],
)
def test_what_is_typed_wrong_is_told_in_one_line(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    err = capsys.readouterr().err
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_an_import_is_shown_first_and_written_when_approved(
    cast: Cast, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("exchange", "import", ledger) == 0
    assert capsys.readouterr().out.splitlines() == [
        "机关：将写入 0 行，台账中已有 0 行",
        "申请：将写入 4 行，台账中已有 0 行",
        "复议诉讼：将写入 0 行，台账中已有 0 行",
        "文件：将写入 3 行，台账中已有 0 行",
        "报送：将写入 2 行，台账中已有 0 行",
        "以上为预览，尚未写入；批准请加 --approve --by 工号。",
    ]
    assert Case.objects.count() == 0
    assert run("exchange", "import", ledger, "--by", cast.zhao.staff_no, "--approve") == 0
    assert "申请：已写入 4 行，台账中已有 0 行" in capsys.readouterr().out
    assert Case.objects.count() == 4


def test_a_contradiction_with_the_ledger_makes_exit_code_two(
    cast: Cast, tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("exchange", "import", ledger, "--by", cast.zhao.staff_no, "--approve") == 0
    capsys.readouterr()
    path = saved(tmp_path, changed("申请", 3, 4, "商业企业"))
    assert run("exchange", "import", path, "--by", cast.zhao.staff_no, "--approve") == 2
    assert capsys.readouterr().err.startswith(
        "错误：台账.xlsx 有 1 处没有读懂，什么也没有写入：\n  申请!D3："
    )


def test_the_export_is_a_workbook_the_report_is_made_from(
    cast: Cast, ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("exchange", "import", ledger, "--by", cast.zhao.staff_no, "--approve")
    out = tmp_path / "导出.xlsx"
    assert run("exchange", "export", out) == 0
    capsys.readouterr()
    # Everybody's returns are wanted now: the county and its office are in the list of agencies.
    assert run("report", "--from", out, "--format", "json") == 1
    found = from_json(capsys.readouterr().out.encode())
    assert [found.cell(key) for key in ("t3.new.tot", "t2.norm.valid", "t2.licence")] == [
        3,
        2,
        None,
    ]


def started(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *words],
        env={"PATH": os.defpath, "LANG": "C.UTF-8", **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx"])
def test_a_slash_makes_a_folder_and_a_bound_form_needs_a_place(
    ledger: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("report", "--from", ledger, "--agency", COUNTY, "--format", name)
    assert run(*words) == 2
    assert capsys.readouterr().err.startswith(f"错误：{name} 要写入文件，请加 --out")
    assert run(*words, "--out", f"{tmp_path}/新目录/") == 0
    assert [path.name for path in (tmp_path / "新目录").iterdir()] == [f"{NAME}.{name}"]


@pytest.mark.slow
@pytest.mark.once
def test_no_setting_is_needed_and_no_database_is_opened(tmp_path: Path) -> None:
    """一台没有设置、没有数据库的机器；设置有误、数据库连不上也一样。"""
    path = saved(tmp_path, county())
    hostile = {
        "GONGKAI_IDENTITY_KEY_FILE": "/nowhere",
        "DATABASE_URL": "postgresql://x@127.0.0.1:9/x",
    }
    for settings in ({}, hostile):
        done = started(tmp_path, "report", "--from", path.name, "--agency", COUNTY, **settings)
        assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "结论：没有必须改正的问题。")
        assert done.stdout.splitlines()[0] == NAME
    template = started(tmp_path, "report", "--template", "模板.xlsx")
    assert (template.returncode, template.stderr) == (0, "已写入 模板.xlsx\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["台账.xlsx", "模板.xlsx"]
