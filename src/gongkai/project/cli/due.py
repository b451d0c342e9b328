"""``gongkai due``: when a limit runs out, with the proof day by day."""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.law.calendar import WEEKDAYS
from gongkai.law.clock import Deadline, deadline
from gongkai.law.errors import LawError
from gongkai.law.intervals import Interval, Kind, consultation, correction, extension
from gongkai.law.rules import Limit, Rules
from gongkai.project.cli.errors import CommandError

SUMMARY = "计算期限截止日，逐日列出计算依据"
EXAMPLE = """\
# 2024年2月8日收到的申请，何时应当答复
gongkai due 2024-02-08
# 第三方3月11日收到征求意见书，3月20日答复（11日照计，12日至20日不计）
gongkai due 2024-03-04 --pause 2024-03-11..2024-03-20
# 第三方3月11日收到征求意见书，一直没有答复
gongkai due 2024-03-04 --pause 2024-03-11..
# 5月20日收到补正后的申请，又延长10个工作日
gongkai due 2024-05-06 --corrected 2024-05-20 --extend 10
# 2024年12月20日形成的信息，何时应当主动公开
gongkai due 2024-12-20 --limit publish.limit
"""

HEADINGS = ("日期", "星期", "计数", "说明", "依据")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; values are read in :func:`run`, where an error can be one Chinese line."""
    parser.add_argument(
        "received", metavar="日期", help="收到申请（或者期限起算）的日期，如 2024-02-08"
    )
    parser.add_argument(
        "--limit",
        metavar="KEY",
        default="reply.limit",
        help="期限参数名，默认 reply.limit（答复期限）；写错时列出全部",
    )
    parser.add_argument(
        "--pause",
        metavar="FROM..TO",
        action="append",
        default=[],
        help="征求意见：对方收到之日..收到意见之日，次日起至收到意见当日不计；"
        "只写 FROM.. 表示第三方未答复，算到其答复期限届满；可以写多次",
    )
    parser.add_argument("--extend", metavar="N", help="延长的工作日数")
    parser.add_argument(
        "--corrected", metavar="DATE", help="收到补正后申请的日期，期限自该日重新计算"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式，默认 text"
    )


def run(args: argparse.Namespace) -> int:
    """Print the due day and its proof."""
    received = _date(args.received)
    try:
        rules = Rules.national(received)
        found = deadline(received, _intervals(args), _limit(args.limit, rules), rules)
    except LawError as error:
        raise CommandError(str(error)) from error
    lines = [_json(found)] if args.format == "json" else _text(found)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _intervals(args: argparse.Namespace) -> list[Interval]:
    found = [_pause(text) for text in args.pause]
    if args.corrected is not None:
        found.append(correction(None, _date(args.corrected)))
    if args.extend is not None:
        found.append(extension(_days(args.extend)))
    return found


def _pause(text: str) -> Interval:
    first, dots, last = text.partition("..")
    if not dots:
        raise CommandError(f"“{text}”应写成 起始日期..截止日期，例如 2024-03-11..2024-03-20。")
    if not last:
        return consultation(Kind.THIRD_PARTY, _date(first))
    return consultation(Kind.OPINION, _date(first), _date(last))


def _limit(key: str, rules: Rules) -> Limit:
    """Return the period *key*; a name nobody knows is answered with those there are."""
    periods = {one.key: one.title for one in rules.ledger if one.unit.is_period}
    if key in periods or key in rules.parameters:
        return rules.limit(key)
    there = "、".join(f"{name}（{title}）" for name, title in sorted(periods.items()))
    raise CommandError(f"没有名为 {key} 的期限参数。可用的：{there}。")


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}”不是日历上有的日期，请核对。") from error
    raise CommandError(f"“{text}”不是日期，请写成 2024-02-08 的样子。")


def _days(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise CommandError(f"延长天数“{text}”不是正整数，请写工作日数，例如 --extend 10。")
    return int(text)


def _with_weekday(on: date) -> str:
    return f"{on} 周{WEEKDAYS[on.weekday()]}"


def _text(found: Deadline) -> list[str]:
    head = [
        f"起算日：{_with_weekday(found.zero)}（当日不计）",
        f"期限：{found.limit.label}（{found.limit.title}，{found.limit.basis}）",
        _due_line(found),
        *_bounds(found),
        *(f"注意：{note}。" for note in found.notes),
        "",
    ]
    rows = [
        (
            day.on.isoformat(),
            f"周{WEEKDAYS[day.on.weekday()]}",
            "—" if day.n is None else str(day.n),
            day.why,
            day.basis,
        )
        for day in found.proof
    ]
    return head + _table([HEADINGS, *rows])


def _due_line(found: Deadline) -> str:
    if found.due is None:
        return f"截止日：尚不能确定（{found.waiting}）"
    return f"截止日：{_with_weekday(found.due)}" + ("（暂定）" if found.provisional else "")


def _bounds(found: Deadline) -> Iterable[str]:
    if found.provisional and found.earliest is not None and found.latest is not None:
        yield (
            f"暂定：放假通知尚未公布，最早 {_with_weekday(found.earliest)}，"
            f"最晚 {_with_weekday(found.latest)}；通知公布后重新计算。"
        )


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _json(found: Deadline) -> str:
    document = {
        "received": found.received.isoformat(),
        "zero": found.zero.isoformat(),
        "limit": {
            "count": found.limit.count,
            "unit": found.limit.unit.value,
            "basis": found.limit.basis,
        },
        "due": _iso(found.due),
        "earliest": _iso(found.earliest),
        "latest": _iso(found.latest),
        "provisional": found.provisional,
        "waiting": found.waiting,
        "notes": list(found.notes),
        "proof": [
            {
                "on": day.on.isoformat(),
                "counted": day.counted,
                "n": day.n,
                "why": day.why,
                "basis": day.basis,
            }
            for day in found.proof
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
