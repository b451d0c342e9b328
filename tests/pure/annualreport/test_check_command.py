"""`gongkai check`: exit codes, the text verdict, the JSON line, bad files; no Django."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.annualreport.model import as_plain, to_json
from gongkai.project.cli import check
from gongkai.project.cli.errors import CommandError
from tests.pure.annualreport.reports import SHEQI, clean, previous, sheqi


def run(*arguments: str) -> int:
    """Run the verb as the dispatcher does."""
    parser = argparse.ArgumentParser()
    check.configure(parser)
    return check.run(parser.parse_args(arguments))


def test_published_report_verdict_in_text(capsys: pytest.CaptureFixture[str]) -> None:
    """按轻重分组，写明单元格、应为和实为；有必须改正的退出码为 1。"""
    assert run(str(SHEQI)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "社旗县人民政府 2024 年政府信息公开工作年度报告"
    assert [line for line in lines if line.endswith(" 项）")] == [
        "必须改正（1 项）",
        "请核对（1 项）",
        "供参考（1 项）",
    ]
    assert "      单元格：t2.rule.repealed、t2.norm.repealed" in lines
    assert "      应为：本年废止件数　实为：本年度止件数" in lines
    assert lines[-1] == ("结论：读到 200 格，有 1 项必须改正、1 项请核对；改正后请再检查一次。")


def test_published_report_as_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    """jsonl 每个文件一行，字段固定。"""
    assert run(str(SHEQI), "--format", "jsonl") == 1
    (line,) = capsys.readouterr().out.splitlines()
    document = json.loads(line)
    report = sheqi().report
    assert report is not None
    assert list(document) == ["source", "status", "report", "findings", "reason"]
    assert document["report"] == json.loads(json.dumps(as_plain(report)))
    assert (document["source"], document["status"], document["reason"]) == (
        str(SHEQI),
        "findings",
        None,
    )
    assert document["findings"][0] == {
        "code": "S-04",
        "severity": "error",
        "cells": ["t2.rule.repealed", "t2.norm.repealed"],
        "expected": "本年废止件数",
        "actual": "本年度止件数",
        "message": "表二的“本年度止件数”应为“本年废止件数”；请按规定的文字改正。",
        "basis": "国办公开办函〔2021〕30号附表",
    }


def test_right_report_is_ok_and_exits_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """只有供参考的比率不算问题。"""
    file = tmp_path / "r.json"
    file.write_bytes(to_json(clean()))
    assert run(str(file), "--format", "jsonl") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["status"], [f["code"] for f in document["findings"]]) == (
        "ok",
        ["B-55", "L-09"],
    )
    assert run(str(file)) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "结论：读到 200 格，没有必须改正的问题，0 项请核对。"
    )


def test_previous_year_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--prev 的结转与本年不衔接时报 B-40 和 B-46。"""
    now, before = tmp_path / "now.json", tmp_path / "before.json"
    now.write_bytes(to_json(clean()))
    before.write_bytes(to_json(previous({"t3.fwd.nat": 3, "t3.fwd.tot": 3})))
    assert run(str(now), "--prev", str(before), "--format", "jsonl") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["code"], f["expected"], f["actual"]) for f in found if f["severity"] == "error"] == [
        ("B-40", 3, 2),
        ("B-46", 3, 2),
    ]


def test_previous_year_that_is_another_year_is_refused(tmp_path: Path) -> None:
    """--prev 不是上一年度时说明应换哪年的文件。"""
    now = tmp_path / "now.json"
    now.write_bytes(to_json(clean()))
    other = tmp_path / "other.json"
    other.write_bytes(to_json(replace(clean(), year=2021)))
    with pytest.raises(CommandError, match="--prev 应是 2023 年的报告，读到的是 2021 年"):
        run(str(now), "--prev", str(other))
    with pytest.raises(CommandError, match="上年报告无法读取。没有这个文件"):
        run(str(now), "--prev", str(tmp_path / "none.json"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "没有这个文件"),
        (b"", "文件是空的"),
        (bytes(range(256)) * 16, "不是文本"),
        ("一则通知".encode(), "不是政府信息公开工作年度报告"),
        (to_json(clean())[:-400], "JSON 不完整"),
    ],
)
def test_unreadable_file_is_one_chinese_line_and_exit_2(
    content: bytes | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """读不了的文件：一句中文，退出码 2，没有堆栈。"""
    file = tmp_path / "某报告.txt"
    if content is not None:
        file.write_bytes(content)
    assert run(str(file)) == 2
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{file}：无法检查。")
    assert words in line
    assert run(str(file), "--format", "jsonl") == 2
    document = json.loads(capsys.readouterr().out)
    assert (document["status"], document["report"], document["findings"]) == (
        "unreadable",
        None,
        [],
    )


def test_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    """空文件夹：说明没有可以检查的文件，去哪里看哪些可以。"""
    (tmp_path / "封面.png").write_bytes(b"x")
    with pytest.raises(CommandError) as refused:
        run(str(tmp_path))
    assert str(refused.value) == (
        f"{tmp_path}：这里没有可以检查的文件，请核对文件夹；哪些文件可以检查，见 gongkai check --help。"
    )


@pytest.mark.slow
def test_command_imports_no_django() -> None:
    """检查一份文件不需要服务器组件。"""
    code = (
        "import sys, gongkai.project.cli.check.batch, gongkai.annualreport.verdict.judge; "
        "print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(check.__file__).parents[4])},
    )
    assert done.stdout == "False\n"
