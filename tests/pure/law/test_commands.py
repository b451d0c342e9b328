"""gongkai due 与 gongkai fee：不加载 Django，错误是一行中文。"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import unicodedata
from types import ModuleType

import pytest

from gongkai.project.cli import due, fee
from gongkai.project.cli.errors import CommandError


def call(verb: ModuleType, *words: str) -> int:
    parser = argparse.ArgumentParser()
    verb.configure(parser)
    code: int = verb.run(parser.parse_args(words))
    return code


def answer(capsys: pytest.CaptureFixture[str], verb: ModuleType, *words: str) -> str:
    assert call(verb, *words) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["2024-02-08"], "截止日：2024-03-13 周三"),
        (["2024-03-04", "--pause", "2024-03-11..2024-03-20"], "截止日：2024-04-11 周四"),
        (["2024-03-04", "--pause", "2024-03-11.."], "截止日：2024-04-23 周二"),
        (
            [
                "2024-03-04",
                "--pause",
                "2024-03-11..2024-03-14",
                "--pause",
                "2024-03-12..2024-03-20",
            ],
            "截止日：2024-04-11 周四",
        ),
        (["2024-05-06", "--corrected", "2024-05-20"], "截止日：2024-06-18 周二"),
        (["2024-02-08", "--extend", "20"], "截止日：2024-04-11 周四"),
        (["2024-12-20", "--limit", "publish.limit"], "截止日：2025-01-20 周一"),
        (["2026-12-25"], "截止日：2027-01-25 周一（暂定）"),
    ],
)
def test_due_says_the_day(capsys: pytest.CaptureFixture[str], words: list[str], line: str) -> None:
    assert answer(capsys, due, *words).splitlines()[2] == line


def test_due_prints_the_whole_proof_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    """逐日一行；汉字占两列，各列对齐。"""
    lines = answer(capsys, due, "2024-02-08").splitlines()
    heading, rows = lines[4], lines[5:]
    assert len(rows) == 35
    assert rows[1].split() == [
        "2024-02-09",
        "周五",
        "1",
        "工作日",
        "《国务院关于职工工作时间的规定》第七条",
    ]
    assert rows[-1].split()[:3] == ["2024-03-13", "周三", "20"]
    starts = {_column(row, row.rindex("《")) for row in rows}
    assert starts == {_column(heading, heading.index("依据"))}


def _column(line: str, index: int) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[:index])


def test_due_provisional_shows_both_ends(capsys: pytest.CaptureFixture[str]) -> None:
    line = answer(capsys, due, "2026-12-25").splitlines()[3]
    assert line == (
        "暂定：放假通知尚未公布，最早 2027-01-22 周五，最晚 2027-01-26 周二；通知公布后重新计算。"
    )


def test_due_json_is_the_same_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, due, "2024-02-08", "--format", "json"))
    assert (found["due"], found["earliest"], found["latest"]) == ("2024-03-13",) * 3
    assert found["limit"]["count"] == sum(day["counted"] for day in found["proof"]) == 20
    assert (found["provisional"], found["waiting"], found["notes"]) == (False, None, [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["2024-2-8"], "“2024-2-8”不是日期，请写成 2024-02-08 的样子。"),
        (["2024-02-30"], "“2024-02-30”不是日历上有的日期，请核对。"),
        (
            ["2024-02-08", "--extend", "-1"],
            "延长天数“-1”不是正整数，请写工作日数，例如 --extend 10。",
        ),
        (
            ["2024-02-08", "--extend", "21"],
            "延长21个工作日超出上限：《政府信息公开条例》第三十三条规定延长答复的期限最长不超过20个工作日，请改正延长天数。",
        ),
        (
            ["2024-02-08", "--pause", "2024-02-09"],
            "“2024-02-09”应写成 起始日期..截止日期，例如 2024-03-11..2024-03-20。",
        ),
        (
            ["2024-02-08", "--corrected", "2024-02-07"],
            "补正的日期 2024-02-07 早于收到申请的日期 2024-02-08，请核对。",
        ),
        (
            ["2019-01-01"],
            "参数 reply.limit 自2019-05-15起施行，2019-01-01尚无规定，请核对日期或在规则库补录当时的规定。",
        ),
        (
            ["2041-01-01"],
            "无法计算2041年的工作日：农历节日日期只收录了2019年至2040年，其他年份须先导入国务院办公厅放假通知。",
        ),
    ],
)
def test_due_refuses_in_one_chinese_line(words: list[str], message: str) -> None:
    with pytest.raises(CommandError) as refused:
        call(due, *words)
    assert (str(refused.value), refused.value.code) == (message, 2)


def test_due_tells_which_periods_there_are() -> None:
    """期限参数名写错：列出每一个能用的，带中文名称；不是期限的参数不在其中。"""
    with pytest.raises(CommandError, match="没有名为 x 的期限参数") as refused:
        call(due, "2024-02-08", "--limit", "x")
    told = str(refused.value)
    assert ("publish.limit（主动公开期限）" in told, "\n" in told) == (True, False)
    with pytest.raises(CommandError, match="不是期限"):
        call(due, "2024-02-08", "--limit", "proactive.requests")


def test_fee_by_items_says_this_request_and_the_month(capsys: pytest.CaptureFixture[str]) -> None:
    line = answer(capsys, fee, "--items", "31").splitlines()[0]
    assert line == (
        "按件计收：本月第31件，本件 200元；本月31件累计 2200元（10件以内免费，同一申请人一个自然月内累计）。"
    )


def test_fee_by_pages(capsys: pytest.CaptureFixture[str]) -> None:
    line = answer(capsys, fee, "--pages", "250").splitlines()[0]
    assert line == "按量计收：本件250页，应收 4700元（30页以内免费，每件申请分别计算）。"


def test_fee_json_is_in_fen(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, fee, "--items", "31", "--format", "json"))
    assert (found["fee_fen"], found["month_total_fen"]) == (20000, 220000)
    pages = json.loads(answer(capsys, fee, "--pages", "250", "--format", "json"))
    assert (pages["fee_fen"], pages["pages"]) == (470000, 250)


@pytest.mark.parametrize(
    "words",
    [[], ["--items", "3", "--pages", "3"], ["--items", "0"], ["--pages", "1.5"], ["--items", "-3"]],
)
def test_fee_refuses_in_one_chinese_line(words: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        call(fee, *words)
    assert refused.value.code == 2
    assert "\n" not in str(refused.value)


def test_commands_load_no_django() -> None:
    """两个命令不加载 Django：由此才在眨眼间启动（``benchmarks/starting.py`` 量时间）。"""
    program = (
        "import argparse, sys; from gongkai.project.cli import due, fee;"
        "p = argparse.ArgumentParser(); due.configure(p);"
        "due.run(p.parse_args(['2024-02-08'])); print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
