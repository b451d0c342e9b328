"""Tables that bureaus of the invented county would hand in. Everybody in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.people.models import Person
from gongkai.registers.actions import confirm_import, stage_import
from gongkai.registers.models import Entry, Import, Register
from gongkai.registers.queries import plan_of
from gongkai.rulebook.queries import rules_on
from gongkai_demo.id_numbers import id_number
from tests.rooms.cast import Cast

PERSON, ID_NUMBER, PHONE = "甄不实", id_number(789), "13900000000"
"""Somebody whose number has the shape and the check digit of a real one."""
PENALTY: Mapping[str, str] = {
    "行政处罚决定书文号": "示粮罚决字〔2024〕1号",
    "行政相对人名称": "示例县乙粮油经营部",
    "行政相对人类别": "个体工商户",
    "统一社会信用代码": "92000000A00000002X",
    "违法行为类型": "未按规定建立台账",
    "违法事实": "收购粮食未建立经营台账",
    "处罚依据": "《示例条例》第四十四条",
    "处罚类别": "罚款",
    "处罚内容": "罚款五百元",
    "罚款金额（万元）": "0.05",
    "处罚决定日期": "2024-09-27",
    "公示截止期": "2025-09-26",
}
LICENCE: Mapping[str, str] = {
    "行政许可决定文书号": "示粮许决字〔2024〕1号",
    "行政相对人名称": "示例县甲粮油有限公司",
    "行政相对人类别": "法人及非法人组织",
    "统一社会信用代码": "91000000A00000001X",
    "许可类别": "普通",
    "许可内容": "粮食收购",
    "许可决定日期": "2024/9/27",
    "有效期至": "长期",
}


def rows_as_csv(*rows: Mapping[str, str]) -> bytes:
    """Return *rows* as a CSV file with the headings of the first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def penalties(count: int) -> Sequence[Mapping[str, str]]:
    """Return that many penalties with numbers of their own."""
    return [
        {**PENALTY, "行政处罚决定书文号": f"示粮罚决字〔2024〕{n}号"} for n in range(1, count + 1)
    ]


def staged(cast: Cast, *rows: Mapping[str, str], register: Register = Register.PENALTY) -> Import:
    return stage_import(
        cast.grain, register, name="台账.csv", data=rows_as_csv(*rows), by=cast.chen
    )


def confirmed(
    cast: Cast, *rows: Mapping[str, str], register: Register = Register.PENALTY
) -> Import:
    """Read a table of the grain bureau and enter it."""
    return confirm(cast.grain, register, cast.chen, *rows)


def confirm(agency: Agency, register: Register, by: Person, *rows: Mapping[str, str]) -> Import:
    """Read a table of *agency* and enter it."""
    found = stage_import(agency, register, name="台账.csv", data=rows_as_csv(*rows), by=by)
    seen = plan_of(found, rules_on(clock.today())).sha256
    return confirm_import(found, seen=seen, by=by)


def entered(cast: Cast, row: Mapping[str, str] = PENALTY) -> Entry:
    """Enter one penalty and return its row."""
    confirmed(cast, row)
    return Entry.objects.select_related("agency").latest("pk")
