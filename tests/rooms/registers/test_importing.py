"""双公示: a file is read, looked at, confirmed; nothing personal of a natural person gets in."""

from __future__ import annotations

import io
import os
from datetime import date

import pytest
from django.db import connection
from openpyxl import Workbook  # type: ignore[import-untyped]

from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.publication.models import PageJob
from gongkai.registers.actions import confirm_import, discard_import, stage_import
from gongkai.registers.models import Change, Entry, Import, Register
from gongkai.registers.queries import Verdict, plan_of, values_of
from gongkai.registers.reading import SheetRefused
from gongkai.registers.refusal import RegisterRefused
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.registers.tables import (
    ID_NUMBER,
    LICENCE,
    PENALTY,
    PERSON,
    PHONE,
    confirmed,
    penalties,
    rows_as_csv,
    staged,
)


def verdicts(found: Import) -> list[Verdict]:
    return [one.verdict for one in plan_of(found, rules_on(clock.today())).judged]


def problems(cast: Cast, name: str, data: bytes) -> list[str]:
    with pytest.raises(SheetRefused) as refused:
        stage_import(cast.grain, Register.PENALTY, name=name, data=data, by=cast.chen)
    return [str(one) for one in refused.value.problems]


def test_nothing_is_entered_before_it_is_confirmed(cast: Cast) -> None:
    """先对照后写入：读取之后台账仍是空的；确认之后一行一件，金额以分计。"""
    found = staged(cast, PENALTY)
    assert (Entry.objects.count(), verdicts(found)) == (0, [Verdict.NEW])
    confirmed(cast, LICENCE, register=Register.LICENCE)
    entry = Entry.objects.get()
    assert values_of(entry) == {
        "number": "示粮许决字〔2024〕1号",
        "title": "",
        "subject": "示例县甲粮油有限公司",
        "subject_kind": "legal",
        "credit_code": "91000000A00000001X",
        "category": "普通",
        "matter": "粮食收购",
        "basis": "",
        "certificate": "",
        "certificate_no": "",
        "decided_on": "2024-09-27",
        "valid_from": None,
        "until": "2099-12-31",
        "remark": "",
    }
    confirmed(cast, PENALTY)
    assert Entry.objects.get(register="penalty").fine == 50_000


def test_the_same_number_is_the_same_decision(cast: Cast) -> None:
    """再导入一次：文书号写法不同也认得，没变的不动，变了的更正并留下原来的内容，行数不增加。"""
    confirmed(cast, *penalties(2))
    again = [
        {**PENALTY, "行政处罚决定书文号": "示粮罚决字[2024] 1号"},
        {**PENALTY, "行政处罚决定书文号": "示粮罚决字〔2024〕2号", "处罚内容": "罚款六百元"},
        {**PENALTY, "行政处罚决定书文号": "示粮罚决字〔2024〕3号"},
    ]
    again[0]["行政处罚决定书文号"] = "示粮罚决字〔2024〕1号 "
    found = staged(cast, *again)
    assert verdicts(found) == [Verdict.SAME, Verdict.CHANGED, Verdict.NEW]
    confirmed(cast, *again)
    rows = Entry.objects.order_by("county_n").values_list(
        "county_n", "agency_n", "revision", "result"
    )
    assert list(rows) == [
        (1, 1, 1, "罚款五百元"),
        (2, 2, 2, "罚款六百元"),
        (3, 3, 1, "罚款五百元"),
    ]
    assert "罚款五百元" in bytes(Change.objects.get().before).decode()
    variant = staged(cast, {**PENALTY, "行政处罚决定书文号": "示粮罚决字[2024] １号"})
    assert verdicts(variant) == [Verdict.CHANGED]


def test_what_was_seen_is_what_is_entered(cast: Cast) -> None:
    """预览之后台账变了：不导入，请人再看；同一次导入确认两次，第二次被拒绝。"""
    found = staged(cast, PENALTY)
    seen = plan_of(found, rules_on(clock.today())).sha256
    confirmed(cast, PENALTY)
    with pytest.raises(RegisterRefused, match="台账又有改动"):
        confirm_import(found, seen=seen, by=cast.chen)
    found.refresh_from_db()
    assert found.state == Import.State.STAGED
    discard_import(found, by=cast.chen)
    with pytest.raises(RegisterRefused, match="已放弃"):
        confirm_import(found, seen=seen, by=cast.chen)
    assert Entry.objects.count() == 1


def test_every_problem_is_told_by_line_and_column(cast: Cast) -> None:
    """行号、列号、列名、怎样改，一次说全；有一处不对，整份不收。"""
    wrong = {
        **PENALTY,
        "行政相对人类别": "公司",
        "处罚决定日期": "去年",
        "罚款金额（万元）": "五百",
        "违法事实": "",
    }
    code = {**PENALTY, "统一社会信用代码": "91110000MA0000000X", "公示截止期": "2024-01-01"}
    assert problems(
        cast, "台账.csv", rows_as_csv(wrong, code, {**code, "统一社会信用代码": ""})
    ) == [
        "第 2 行 C 列“行政相对人类别”：请写“法人及非法人组织”“个体工商户”或者“自然人”。",
        "第 2 行 F 列“违法事实”：不能空白。写清时间、地点、行为；其中的姓名、身份证号、手机号会自动遮盖，住址等请不要写。",
        "第 2 行 J 列“罚款金额（万元）”：“五百”不是金额，请只写数字和小数点，单位以列标题为准。",
        "第 2 行 K 列“处罚决定日期”：“去年”不是日期，请写成 2024-03-01 的样子。",
        "第 3 行 D 列“统一社会信用代码”：统一社会信用代码的校验码不对（GB 32100），多半有一位写错，请对照登记证书逐位核对。",
        "第 3 行 L 列“公示截止期”：早于决定日期，请核对两个日期。",
        "第 4 行 D 列“统一社会信用代码”：单位和个体工商户必须填统一社会信用代码。",
        "第 4 行 L 列“公示截止期”：早于决定日期，请核对两个日期。",
    ]
    assert problems(cast, "台账.csv", rows_as_csv(PENALTY, PENALTY)) == [
        "第 3 行：文书号和第 2 行相同，同一件只能有一行，请删去多余的。"
    ]
    without = {key: value for key, value in PENALTY.items() if key != "处罚依据"}
    assert problems(cast, "台账.csv", rows_as_csv(without)) == [
        "第 1 行：缺少必填的列：处罚依据。请补上这些列再上传。"
    ]
    other = {**PENALTY, "处罚机关": "示例县湖泊局", "当前状态": "撤销"}
    assert len(problems(cast, "台账.csv", rows_as_csv(other))) == 2
    assert Import.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.csv", b""),
        ("改名.xlsx", b"MZ\x90"),
        ("乱码.csv", bytes(range(256)) * 4),
        ("引号.csv", b'a,b\n"' + b"x" * 200_000),
        ("坏.xlsx", b"PK\x03\x04" + os.urandom(200)),
        ("表头.csv", "甲,乙,丙\n1,2,3".encode()),
        ("只有标题.csv", rows_as_csv(PENALTY).splitlines()[0]),
    ],
)
def test_a_file_that_is_none_is_refused_in_chinese(cast: Cast, name: str, data: bytes) -> None:
    """空的、改了名的、坏的：一句话说明，不出错页，不留半份。"""
    (said,) = problems(cast, name, data)
    assert said.endswith("。")
    assert Import.objects.count() == 0


def test_a_workbook_is_read_like_a_csv_file(cast: Cast) -> None:
    """Excel：标题在第二行、日期是日期格、数字是数字格、多出的列，读到的和 CSV 相同。"""
    book = Workbook()
    sheet = book.active
    sheet.append(["行政处罚信息"])
    sheet.append([*PENALTY, "住址"])
    values: list[object] = [*PENALTY.values(), "某路一号"]
    values[9], values[10] = 0.05, date(2024, 9, 27)
    sheet.append(values)
    data = io.BytesIO()
    book.save(data)
    found = stage_import(
        cast.grain, Register.PENALTY, name="台账.xlsx", data=data.getvalue(), by=cast.chen
    )
    plan = plan_of(found, rules_on(clock.today()))
    same = plan_of(staged(cast, PENALTY), rules_on(clock.today()))
    assert [one.row.values for one in plan.judged] == [one.row.values for one in same.judged]
    assert plan.judged[0].row.place == "第 3 行"
    assert found.notes == "含有个人身份信息的列没有读取，也不留存：住址。"


def test_nothing_of_a_natural_person_gets_in(cast: Cast) -> None:
    """《个人信息保护法》：自然人的姓名、身份证号、手机号，在任何一张表的任何一格里都找不到。"""
    row = {
        **PENALTY,
        "行政相对人名称": PERSON,
        "行政相对人类别": "自然人",
        "统一社会信用代码": ID_NUMBER,
        "违法事实": f"{PERSON}（身份证号{ID_NUMBER[:-1]}0，电话{PHONE}）未建立台账，{ID_NUMBER}",
        "证件号码": ID_NUMBER,
        "法定代表人姓名": PERSON,
    }
    confirmed(cast, row)
    entry = Entry.objects.get()
    assert (entry.subject, entry.credit_code) == ("甄*实", "")
    assert (
        entry.matter
        == f"甄*实（身份证号{ID_NUMBER[:2]}*************890，电话139****0000）未建立台账，"
        f"{ID_NUMBER[:2]}*************{ID_NUMBER[-3:]}"
    )
    whole = _everything_stored()
    assert [word for word in (PERSON, ID_NUMBER, PHONE) if word in whole] == []


def _everything_stored() -> str:
    """The text of every cell of every table."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            found += [_text(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(found)


def _text(cell: object) -> str:
    return (
        bytes(cell).decode(errors="replace") if isinstance(cell, bytes | memoryview) else str(cell)
    )


def test_late_and_over_are_told(cast: Cast) -> None:
    """双公示七个工作日：9 月 27 日的决定 10 月 12 日到期，11 日不算迟，9 月 26 日的算；公示期已过的不登记。"""
    rows = [
        PENALTY,
        {**penalties(2)[1], "处罚决定日期": "2024-09-25"},
        {**penalties(3)[2], "处罚决定日期": "2023-01-01", "公示截止期": "2024-01-01"},
        {**penalties(4)[3], "处罚决定日期": "2020-01-01", "公示截止期": ""},
    ]
    plan = plan_of(staged(cast, *rows), rules_on(clock.today()))
    assert [(one.verdict, one.late) for one in plan.judged] == [
        (Verdict.NEW, False),
        (Verdict.NEW, True),
        (Verdict.OVER, False),
        (Verdict.OVER, False),
    ]


def test_another_agencys_clerk_is_refused(cast: Cast) -> None:
    """谁办理谁负责：外局的信息员不能读取也不能确认；日志里有数目，没有内容。"""
    with pytest.raises(RoleRefused):
        stage_import(
            cast.grain, Register.PENALTY, name="a.csv", data=rows_as_csv(PENALTY), by=cast.sun
        )
    found = staged(cast, PENALTY)
    with pytest.raises(RoleRefused):
        confirm_import(found, seen="", by=cast.sun)
    confirmed(cast, PENALTY)
    told = Event.objects.get(kind="register.imported")
    assert '"new":1' in told.payload_text
    assert "乙粮油" not in told.payload_text
    assert PageJob.objects.filter(kind__startswith="register").count() == 12
