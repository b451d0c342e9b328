"""Licences and penalties of a handful of agencies: tables handed in and confirmed as any bureau does it.

They are placed in the months before the day of loading, as penalties are shown for a time only.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit import clock
from gongkai.registers.actions import confirm_import, stage_import
from gongkai.registers.models import Register
from gongkai.registers.queries import plan_of
from gongkai.rulebook.queries import rules_on
from gongkai_demo.cast import SINCE, Cast
from gongkai_demo.organs import DATA, Organ

_SPAN = 300
"""Days before the day of loading over which the decisions are spread."""
_SHOWN_DAYS = 365
_LEGAL, _BUSINESS, _PERSON = "法人及非法人组织", "个体工商户", "自然人"
_COMPANIES = ("公司", "厂")


def publish_registers(organs: Sequence[Organ], cast: Cast) -> int:
    """Have each agency of the list hand in its tables; return how many rows that is."""
    every = tomllib.loads((DATA / "registers.toml").read_text(encoding="utf-8"))
    by_short = {organ.short: organ for organ in organs}
    keeping = {row["agency"] for row in every["licences"] + every["penalties"]}
    for short in sorted(keeping):
        agency = by_short[short].agency
        appoint(cast.author, agency, role=Role.INFORMATION_OFFICER, since=SINCE, by=cast.founder)
    count = 0
    for register, key, write in (
        (Register.LICENCE, "licences", _licence),
        (Register.PENALTY, "penalties", _penalty),
    ):
        for row in every[key]:
            rows = [write(row, n, day, every["stems"]) for n, day in _days(row["rows"])]
            _hand_in(by_short[row["agency"]], register, rows, cast)
            count += len(rows)
    return count


def _hand_in(
    organ: Organ, register: Register, rows: Sequence[Mapping[str, str]], cast: Cast
) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    staged = stage_import(
        organ.agency,
        register,
        name="双公示（演示）.csv",
        data=text.getvalue().encode(),
        by=cast.author,
    )
    seen = plan_of(staged, rules_on(clock.today())).sha256
    confirm_import(staged, seen=seen, by=cast.author)


def _days(count: int) -> Iterator[tuple[int, date]]:
    first = clock.today() - timedelta(days=_SPAN)
    for n in range(count):
        yield n, first + timedelta(days=n * (_SPAN - 5) // count)


def _licence(row: Mapping[str, Any], n: int, day: date, stems: Sequence[str]) -> dict[str, str]:
    decision = row["decision"][n % len(row["decision"])]
    until = day + timedelta(days=365 * decision["years"])
    return {
        **_subject(row["trade"], n, stems),
        "行政许可决定文书号": f"{row['mark']}〔{day.year}〕{n + 1}号",
        "行政许可决定文书名称": decision["title"],
        "许可类别": decision["category"],
        "许可内容": decision["matter"],
        "许可证书名称": decision["certificate"],
        "许可编号": f"演示{n + 1:06d}",
        "许可决定日期": day.isoformat(),
        "有效期自": day.isoformat(),
        "有效期至": until.isoformat() if decision["years"] else "长期",
    }


def _penalty(row: Mapping[str, Any], n: int, day: date, stems: Sequence[str]) -> dict[str, str]:
    decision = row["decision"][n % len(row["decision"])]
    fine = decision["fine"] * (1 + n % 4)
    words = {"pieces": 3 + n * 7 % 40, "value": 60 + n * 13 % 500, "fine": f"{fine:,}"}
    return {
        **_subject(row["trade"], n, stems),
        "行政处罚决定书文号": f"{row['mark']}决字〔{day.year}〕{n + 1}号",
        "违法行为类型": decision["offence"],
        "违法事实": decision["matter"].format_map(words),
        "处罚依据": decision["basis"],
        "处罚类别": decision["category"],
        "处罚内容": decision["result"].format_map(words),
        "罚款金额（元）": str(fine) if fine else "",
        "处罚决定日期": day.isoformat(),
        "公示截止期": (day + timedelta(days=_SHOWN_DAYS)).isoformat(),
    }


def _subject(trade: Sequence[str], n: int, stems: Sequence[str]) -> dict[str, str]:
    """Return whom a decision is about: a company, a shop, or, without a *trade*, a person called by letters."""
    first, second = stems[n % len(stems)], stems[n // len(stems) % len(stems)]
    if not trade:
        return _who(f"演{second}{first}", _PERSON, "")
    business = trade[n % len(trade)]
    kind = _LEGAL if business.endswith(_COMPANIES) else _BUSINESS
    code = f"9{1 if kind == _LEGAL else 2}000000DEMO{n:05d}X"
    return _who(f"演示县{first}{second}{business}", kind, code)


def _who(name: str, kind: str, code: str) -> dict[str, str]:
    return {"行政相对人名称": name, "行政相对人类别": kind, "统一社会信用代码": code}
