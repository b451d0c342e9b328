"""Sums inside the tables: B-01…39, B-47, L-01…03 and A-04. Blank cells never raise an alarm."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.format import ApplicantColumn, DisputeBlock, RequestRow


def check_arithmetic(subject: Subject) -> Iterator[Finding]:
    """Yield every sum of tables 2, 3 and 4 that does not hold."""
    for column in subject.form.t3.columns:
        yield from _balance(subject, column)
        yield from _results(subject, column)
        yield from _carried_over(subject, column)
    for row in subject.form.t3.rows:
        yield from _row_total(subject, row)
    for block in subject.form.t4.blocks:
        yield from _dispute_total(subject, block)
    yield from _stock(subject)


def _balance(subject: Subject, column: ApplicantColumn) -> Iterator[Finding]:
    table = subject.form.t3
    received = [f"t3.{row}.{column.key}" for row in table.keys_of("in")]
    left = [f"t3.{row}.{column.key}" for row in table.keys_of("total", "out")]
    ins, outs = subject.numbers(*received), subject.numbers(*left)
    if ins is None or outs is None or sum(ins) == sum(outs):
        return
    yield finding(
        column.balance_check,
        f"表三“{column.label}”列勾稽不平：第一项＋第二项＝{_sum(ins)}，"
        f"第三项（七）总计＋第四项＝{_sum(outs)}，相差 {abs(sum(ins) - sum(outs))}；"
        "请对照申请台账，核对新收、上年结转、总计和结转四格。",
        cells=(*received, *left),
        expected=sum(ins),
        actual=sum(outs),
    )


def _results(subject: Subject, column: ApplicantColumn) -> Iterator[Finding]:
    table = subject.form.t3
    total_key = f"t3.{table.keys_of('total')[0]}.{column.key}"
    parts = subject.numbers(*(f"t3.{row}.{column.key}" for row in table.keys_of("result")))
    total = subject.report.number(total_key)
    if parts is None or total is None or sum(parts) == total:
        return
    yield finding(
        column.result_check,
        f"表三“{column.label}”列：（一）至（六）各行相加为 {sum(parts)}，（七）总计填的是 {total}；"
        "请核对各类办理结果，改正填错的一格或总计。",
        cells=(total_key,),
        expected=sum(parts),
        actual=total,
    )


def _row_total(subject: Subject, row: RequestRow) -> Iterator[Finding]:
    table = subject.form.t3
    total_key = f"t3.{row.key}.{table.total.key}"
    parts = subject.numbers(*(f"t3.{row.key}.{c.key}" for c in table.applicant_columns))
    total = subject.report.number(total_key)
    if parts is None or total is None or sum(parts) == total:
        return
    yield finding(
        row.total_check,
        f"表三“{row.label}”行：各类申请人相加为 {sum(parts)}，总计填的是 {total}；"
        "请核对该行各格，改正填错的一格或总计。",
        cells=(total_key,),
        expected=sum(parts),
        actual=total,
    )


def _carried_over(subject: Subject, column: ApplicantColumn) -> Iterator[Finding]:
    table = subject.form.t3
    out_key = f"t3.{table.keys_of('out')[0]}.{column.key}"
    ins = subject.numbers(*(f"t3.{row}.{column.key}" for row in table.keys_of("in")))
    left = subject.report.number(out_key)
    if ins is None or left is None or left <= sum(ins):
        return
    yield finding(
        "B-47",
        f"表三“{column.label}”列：结转下年度 {left} 件，多于本年新收与上年结转之和 {sum(ins)} 件；"
        "没有收到的申请不能结转，请核对这一列。",
        cells=(out_key,),
        expected=sum(ins),
        actual=left,
    )


def _dispute_total(subject: Subject, block: DisputeBlock) -> Iterator[Finding]:
    *parts_keys, total_key = (f"t4.{block.key}.{c.key}" for c in subject.form.t4.columns)
    parts, total = subject.numbers(*parts_keys), subject.report.number(total_key)
    if parts is None or total is None or sum(parts) == total:
        return
    yield finding(
        block.total_check,
        f"表四“{block.path[-1]}”：四种结果相加为 {sum(parts)}，总计填的是 {total}；"
        "请对照复议、诉讼台账改正。",
        cells=(total_key,),
        expected=sum(parts),
        actual=total,
    )


def _stock(subject: Subject) -> Iterator[Finding]:
    keys = ("t2.norm.made", "t2.norm.valid", "t2.norm.repealed")
    counts = subject.numbers(*keys)
    if counts is None or counts[0] <= counts[1] + counts[2]:
        return
    made, valid, repealed = counts
    yield finding(
        "A-04",
        f"表二“行政规范性文件”：本年制发 {made} 件，多于现行有效 {valid} 件与本年废止 {repealed} 件之和；"
        "本年制发的文件要么仍然有效，要么已经废止，请核对三格。",
        cells=keys,
        expected=valid + repealed,
        actual=made,
    )


def _sum(numbers: list[int]) -> str:
    return f"{'＋'.join(map(str, numbers))}＝{sum(numbers)}"
