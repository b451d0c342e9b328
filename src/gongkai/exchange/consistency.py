"""What two cells, or two rows, say that cannot both be true. Each with its article and what to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

from gongkai.exchange.directory import Directory, directory
from gongkai.exchange.layout import SHEETS
from gongkai.exchange.problem import Problem
from gongkai.exchange.rows import (
    AgencyRow,
    Contents,
    DisputeRow,
    PolicyRow,
    RequestRow,
    ReturnRow,
    Row,
    SectionRow,
)
from gongkai.policies.models import Category
from gongkai.text.document_number import fold_brackets, normal_document_number

R = TypeVar("R", bound=Row)
_ITEMS = ("licence", "penalty", "coercion", "fee")
CONTACT = "contact"
_LONGEST_CONTACT = 120
NOT_IN_WORKBOOK = ("{n.",)
"""Figures of the ledger that no sheet holds: items of information published."""


def contradictions(contents: Contents, *, strict: bool) -> list[Problem]:
    """Return what does not fit together in *contents*."""
    names = directory(contents.agencies)
    return [
        *(problem for row in contents.agencies for problem in _agency(row)),
        *(problem for row in contents.requests for problem in _request(row)),
        *(problem for row in contents.disputes for problem in _dispute(row)),
        *(problem for row in contents.policies for problem in _policy(row, strict=strict)),
        *(problem for row in contents.returns for problem in _return(row)),
        *(problem for row in contents.sections for problem in _section(row)),
        *_unknown_cases(contents, names),
        *_repeated(contents, names),
    ]


def policy_number(row: PolicyRow) -> str:
    """Return the 文号 in its one form. Raises ``ValueError`` with a sentence."""
    # A 规章 is issued under the number of a decree (第12号令), not of an official document.
    return (
        fold_brackets(row.number)
        if row.kind == Category.RULE
        else normal_document_number(row.number)
    )


def _at(row: Row, key: str, message: str) -> Problem:
    return Problem(row.place.sheet, row.place.cell(key), message)


def _agency(row: AgencyRow) -> Iterator[Problem]:
    if bool(row.code) != bool(row.credit_code):
        missing = "credit_code" if row.code else "code"
        yield _at(row, missing, f"“{row.name}”的机关代码和统一社会信用代码要么都写，要么都不写。")


def _request(row: RequestRow) -> Iterator[Problem]:
    if row.outcome and row.decided_on is None:
        yield _at(
            row,
            "decided_on",
            f"编号 {row.number} 有处理结果而没有决定日期，定不下计入哪一年（条例第三十三条、第五十条）；"
            "请补写决定日期，还没有决定的把处理结果留空。",
        )
    if row.decided_on and not row.outcome:
        yield _at(
            row,
            "outcome",
            f"编号 {row.number} 有决定日期而没有处理结果，年报表三无从归类；请从处理结果列表中选择。",
        )
    if row.served_on and row.decided_on is None:
        yield _at(row, "decided_on", f"编号 {row.number} 已送达却没有决定日期，请补写。")
    if (row.extended_on is None) != (row.extended_days is None):
        missing = "extended_days" if row.extended_days is None else "extended_on"
        yield _at(
            row,
            missing,
            f"编号 {row.number} 延长答复期限要同时写明告知日期和延长的工作日数（条例第三十三条）；没有延长的两格都留空。",
        )
    yield from _in_order(row, ("received_on", "extended_on", "decided_on", "served_on"), row.number)


def _dispute(row: DisputeRow) -> Iterator[Problem]:
    if bool(row.result) != (row.concluded_on is not None):
        missing = "concluded_on" if row.result else "result"
        yield _at(
            row,
            missing,
            f"案号 {row.number} 的结果和审结日期要同时填写；没有审结的两格都留空，计入“尚未审结”。",
        )
    yield from _in_order(row, ("filed_on", "concluded_on"), row.number)


def _policy(row: PolicyRow, *, strict: bool) -> Iterator[Problem]:
    try:
        policy_number(row)
    except ValueError as wrong:
        yield _at(row, "number", str(wrong))
    if row.exit_kind and row.exit_on is None:
        yield _at(
            row,
            "exit_on",
            f"{row.number} 已退出却没有失效或废止日期，定不下计入哪一年的废止件数；请补写。",
        )
    if row.exit_on and not row.exit_kind and strict:
        yield _at(
            row,
            "exit_kind",
            f"{row.number} 有失效或废止日期而没有退出方式，请写 废止、宣布失效 或 有效期届满失效。",
        )
    for later in ("published_on", "in_force_on", "expires_on", "exit_on"):
        yield from _in_order(row, ("written_on", later), row.number)


def _return(row: ReturnRow) -> Iterator[Problem]:
    if all(getattr(row, item) is None for item in _ITEMS) and not row.absent_reason:
        yield _at(
            row,
            "agency",
            f"{row.agency} {row.year} 年一个数也没有：缺报不等于零，确实为零的填 0，确实没有数据的写明无数据理由，"
            "还没有报来的删去这一行。",
        )


def _section(row: SectionRow) -> Iterator[Problem]:
    if row.part == CONTACT and len(row.text) > _LONGEST_CONTACT:
        yield _at(row, "text", f"联系方式最多 {_LONGEST_CONTACT} 个字，请只写机构和电话。")
    if any(reference in row.text for reference in NOT_IN_WORKBOOK):
        yield _at(
            row,
            "text",
            "正文引用了公开信息条数（{n.…}），工作簿里没有这类记录；请直接写数字。",
        )


def _in_order(row: Row, keys: tuple[str, ...], name: str) -> Iterator[Problem]:
    days: list[tuple[str, date]] = [(key, day) for key in keys if (day := getattr(row, key))]
    titles = {column.key: column.title for sheet in SHEETS.values() for column in sheet.column}
    for (first, before), (second, after) in pairwise(days):
        if after < before:
            yield _at(
                row,
                second,
                f"{name} 的{titles[second]} {after} 早于{titles[first]} {before}，请核对这两个日期。",
            )


def _unknown_cases(contents: Contents, names: Directory) -> Iterator[Problem]:
    received = {(names.key(row.agency), row.number): row.received_on for row in contents.requests}
    for row in contents.disputes:
        on = received.get((names.key(row.agency), row.case))
        if on is None:
            yield _at(
                row,
                "case",
                f"“申请”表里没有{row.agency}编号为 {row.case} 的申请；复议诉讼是对某件申请的，"
                "请核对编号，或者把那件申请也列入“申请”表（往年的也要列）。",
            )
        elif row.filed_on < on:
            yield _at(row, "filed_on", f"案号 {row.number} 的受理日期早于收到申请的 {on}，请核对。")


def _repeated(contents: Contents, names: Directory) -> Iterator[Problem]:
    yield from _twice(
        contents.requests,
        lambda row: (names.key(row.agency), row.number),
        lambda row: f"编号 {row.number}",
        "number",
    )
    yield from _twice(
        contents.disputes,
        lambda row: (row.kind, row.number),
        lambda row: f"案号 {row.number}",
        "number",
    )
    yield from _twice(
        contents.policies, _number_or_text, lambda row: f"文号 {row.number}", "number"
    )
    yield from _twice(
        contents.returns,
        lambda row: (names.key(row.agency), row.year),
        lambda row: f"{row.agency} {row.year} 年的报送",
        "year",
    )
    yield from _twice(
        contents.agencies, lambda row: (row.name, row.since), lambda row: f"“{row.name}”", "name"
    )
    yield from _twice(
        contents.sections,
        lambda row: (names.key(row.agency), row.year, row.part),
        lambda row: "同一部分的正文",
        "part",
    )


def _number_or_text(row: PolicyRow) -> str:
    try:
        return policy_number(row)
    except ValueError:
        return row.number


def _twice(
    rows: Iterable[R], key: Callable[[R], object], name: Callable[[R], str], column: str
) -> Iterator[Problem]:
    first: dict[object, R] = {}
    for row in rows:
        before = first.setdefault(key(row), row)
        if before is not row:
            yield _at(
                row,
                column,
                f"{name(row)} 在 {before.place.sheet}!{before.place.cell(column)} 已经有一行，"
                "一件只能列一行；请删去重复的，或者改正编号。",
            )
