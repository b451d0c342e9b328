"""`gongkai check` for many files: what a folder means, order, tables, comparison, output files."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.annualreport.model import to_json
from gongkai.annualreport.verdict.files import LARGEST
from gongkai.project.cli import check
from gongkai.project.cli.errors import CommandError
from tests.pure.annualreport.reports import SHEQI, clean, previous

FAULTY = {"t3.fwd.nat": 3, "t3.fwd.tot": 3}


def run(*arguments: str | Path) -> int:
    """Run the verb as the dispatcher does."""
    parser = argparse.ArgumentParser()
    check.configure(parser)
    return check.run(parser.parse_args([str(argument) for argument in arguments]))


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of three kinds, and things that are none."""
    (tmp_path / "乙").mkdir()
    (tmp_path / "a.json").write_bytes(to_json(clean()))
    (tmp_path / "B.TXT").write_bytes(SHEQI.read_bytes())
    (tmp_path / "乙" / "无扩展名").write_bytes(to_json(clean(FAULTY)))
    (tmp_path / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    for stray in ("图.png", ".hidden.json", "~$锁.docx", "旧结论.jsonl"):
        (tmp_path / stray).write_bytes(b"x")
    for hidden in (".git", "页面_files"):
        (tmp_path / hidden).mkdir()
        (tmp_path / hidden / "x.json").write_bytes(b"{}")
    (tmp_path / "页面.html").write_bytes(b"<!doctype html><title>x</title>")
    return tmp_path


def test_folder_means_every_readable_file_below_it_in_order(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """文件夹：按路径排序，隐藏文件、图片、网页附带的文件夹不算；一份读不了，退出码 2。"""
    assert run(folder, "--format", "jsonl") == 2
    captured = capsys.readouterr()
    assert [(line["source"], line["status"]) for line in lines(captured.out)] == [
        (str(folder / "B.TXT"), "findings"),
        (str(folder / "a.json"), "ok"),
        (str(folder / "c.doc"), "unreadable"),
        (str(folder / "乙" / "无扩展名"), "findings"),
        (str(folder / "页面.html"), "unreadable"),
    ]
    assert re.sub(r"[\d.]+ 秒", "N 秒", captured.err) == (
        "共检查 5 份：1 份没有必须改正的问题，2 份有必须改正的问题，2 份无法检查；用时 N 秒。"
        "另有 2 个其他文件没有检查。\n"
    )


def test_exit_code_is_that_of_the_worst_file(tmp_path: Path) -> None:
    """都没有错 0；有错 1；有读不了的 2。"""
    good, bad, none = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "none.json"
    good.write_bytes(to_json(clean()))
    bad.write_bytes(to_json(clean(FAULTY)))
    none.write_bytes(b"")
    assert [run(good, good), run(good, bad), run(none, bad, good)] == [0, 1, 2]


def test_one_json_line_is_the_same_alone_and_among_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """同一份报告，单独检查和成批检查，输出逐字相同。"""
    files = [tmp_path / f"{n}.json" for n in range(12)]
    for n, file in enumerate(files):
        file.write_bytes(to_json(clean({"t2.licence": n})))
    alone = []
    for file in files:
        run(file, "--format", "jsonl")
        alone.append(capsys.readouterr().out)
    run(*files, "--format", "jsonl")
    assert capsys.readouterr().out == "".join(alone)


def test_text_has_a_block_a_file_and_a_closing_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """逐份列出，最后一张汇总表，中文按两格对齐。"""
    good, none = tmp_path / "好报告.json", tmp_path / "x.txt"
    good.write_bytes(to_json(clean()))
    none.write_bytes(b"")
    assert run(good, none) == 2
    written = capsys.readouterr().out.splitlines()
    assert written[0] == str(good)
    assert written[2] == "青禾县人民政府 2024 年政府信息公开工作年度报告"
    pad = " " * (len("好报告.json") + 3 - len("x.txt"))
    heads = " " * (len(str(tmp_path)) + len("/好报告.json") + 3 - 4)
    assert written[-3:] == [
        f"文件{heads}  状态      必须改正  请核对",
        f"{good}  未见问题         0       0",
        f"{none}{pad}  无法检查         —       —",
    ]


def test_previous_folder_is_matched_by_body_and_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--prev 写文件夹：按机关和年份配对；没有配上的说明。"""
    now, before = tmp_path / "now", tmp_path / "before"
    now.mkdir()
    before.mkdir()
    other = replace(clean(), issuer="白河县人民政府")
    (now / "1.json").write_bytes(to_json(clean()))
    (now / "2.json").write_bytes(to_json(other))
    (before / "a.json").write_bytes(to_json(replace(previous(), issuer="黑河县人民政府")))
    (before / "b.json").write_bytes(to_json(previous({"t3.fwd.nat": 3, "t3.fwd.tot": 3})))
    (before / "c.json").write_bytes(b"{")
    assert run(now, "--prev", before, "--format", "jsonl") == 1
    captured = capsys.readouterr()
    codes = [
        [f["code"] for f in line["findings"] if f["severity"] == "error"]  # type: ignore[attr-defined]
        for line in lines(captured.out)
    ]
    assert codes == [["B-40", "B-46"], []]
    assert captured.err.splitlines()[0].startswith(
        f"{before / 'c.json'}：上年报告无法读取，没有用来对照。年度报告数据有误：JSON"
    )
    assert run(now, "--prev", before) == 1
    assert (
        "说明：没有找到白河县人民政府 2023 年的报告，未与上年报告对照。"
        in capsys.readouterr().out.splitlines()
    )


def test_two_different_reports_of_last_year_are_not_guessed_between(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """上年报告有两份且数字不同：不猜，说明；数字相同的照常对照。"""
    (tmp_path / "now.json").write_bytes(to_json(clean()))
    before = tmp_path / "before"
    before.mkdir()
    (before / "a.json").write_bytes(to_json(previous()))
    (before / "b.json").write_bytes(to_json(previous(five="同一份，另存为。")))
    run(tmp_path / "now.json", "--prev", before)
    assert "说明：" not in capsys.readouterr().out
    (before / "c.json").write_bytes(to_json(previous({"t2.licence": 1})))
    run(tmp_path / "now.json", "--prev", before)
    assert (
        "说明：青禾县人民政府 2023 年的报告有 3 份，数字不一致，未与上年报告对照；请只留一份。"
        in capsys.readouterr().out.splitlines()
    )


def test_units_are_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--units：单位之和与县级报告不符时指出；县级报告自己在其中也不重复计。"""
    units = tmp_path / "units"
    units.mkdir()
    county = tmp_path / "county.json"
    county.write_bytes(to_json(clean()))
    (units / "county.json").write_bytes(to_json(clean()))
    (units / "a.json").write_bytes(to_json(replace(clean(), issuer="青禾县民政局")))
    run(county, "--units", units, "--format", "jsonl")
    (line,) = lines(capsys.readouterr().out)
    assert [f for f in line["findings"] if f["code"] == "A-10"] == []  # type: ignore[attr-defined]
    (units / "b.json").write_bytes(to_json(replace(clean(), issuer="青禾县教育局")))
    run(county, "--units", units, "--format", "jsonl")
    (line,) = lines(capsys.readouterr().out)
    (sum_,) = [f for f in line["findings"] if f["code"] == "A-10"]  # type: ignore[attr-defined]
    assert sum_["cells"] == ["t2.licence"]
    assert (str(sum_["expected"]), str(sum_["actual"])) == ("1800", "900")


def test_unit_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """单位报告读不了，合计就会少算：不核对，说出是哪份。"""
    (tmp_path / "county.json").write_bytes(to_json(clean()))
    units = tmp_path / "units"
    units.mkdir()
    (units / "a.txt").write_bytes(b"")
    with pytest.raises(CommandError) as refused:
        run(tmp_path / "county.json", "--units", units)
    assert str(refused.value) == (
        f"{units}：有 1 份单位报告无法读取，合计会少算，没有核对。"
        f"请改正这些文件，不是报告的请移走：\n  {units / 'a.txt'}：文件是空的，请核对是否选错了文件。"
    )


def test_page_is_written_whole_and_not_checked_next_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--out：写成文件，屏幕上不再输出；下次检查同一文件夹时不把它当成报告。"""
    (tmp_path / "a.json").write_bytes(to_json(clean()))
    page = tmp_path / "结论.html"
    assert run(tmp_path, "--format", "html", "--out", page) == 0
    first = page.read_bytes()
    assert capsys.readouterr().out == ""
    assert run(tmp_path, "--format", "html") == 0
    assert capsys.readouterr().out.encode() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "结论.html"]


def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """写不进去：一句话，原来的文件不动，不留半截文件。"""
    (tmp_path / "a.json").write_bytes(to_json(clean()))
    with pytest.raises(CommandError, match=r"结论写不进去（.+），请核对文件夹、权限和磁盘空间。"):
        run(tmp_path / "a.json", "--out", tmp_path / "none" / "x.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match="结论写不进去"):
        run(tmp_path / "a.json", "--out", tmp_path / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "folder"]


def test_file_beyond_all_reports_is_refused_before_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """超过 32 MB：不读，直接说明。"""
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert run(huge) == 2
    assert capsys.readouterr().out == (
        f"{huge}：无法检查。文件超过 32 MB，不像一份年度报告；请只保留报告本身再检查。\n"
    )


@pytest.mark.slow
def test_device_and_odd_name_as_a_shell_gives_them(tmp_path: Path) -> None:
    """/dev/zero 不会读个没完；GBK 文件名照样能输出。"""
    odd = os.fsencode(tmp_path) + "/报告.json".encode("gb18030")
    Path(os.fsdecode(odd)).write_bytes(to_json(clean()))
    verb = [sys.executable, "-m", "gongkai", "check"]
    command = [*map(os.fsencode, verb), b"/dev/zero", odd, b"--format", b"jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert [line["status"] for line in lines(done.stdout)] == ["unreadable", "ok"]
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.slow
def test_command_itself_loads_no_reader(tmp_path: Path) -> None:
    """解析库只在子进程里、需要时才装载，命令本身启动得快。"""
    code = (
        "import sys; from gongkai.project.cli import main; "
        f"main(['check', {str(SHEQI)!r}]); "
        "heavy = ('lxml', 'docx', 'openpyxl', 'pdfplumber', 'pypdfium2', 'pikepdf', 'typst', "
        "'distributed', 'asyncio', 'gongkai.annualreport.reading.read'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
