"""Numbers in the prose against the tables: N-01…N-06, N-15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annualreport.checking.finding import Finding, Severity, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.narrative import Claim, cells_of, topics

_OTHER_SPAN = re.compile(r"累计|以来|近[两二三四五几]年|同比|历年")
_YEAR = re.compile(r"(20\d\d)\s*年")
_WITH_CARRIED = re.compile(r"(含|包括|加上)[^，。]*(上年|上一年|去年|结转)")
_OF_A_PART = re.compile(r"代表|政府办|办公室|部门|乡镇|街道|各单位|本级")


def check_statements(subject: Subject) -> Iterator[Finding]:
    """Yield every stated number that the tables contradict."""
    for claim in subject.claims:
        topic = topics().get(claim.about or "")
        if topic is None or not topic.cells or _speaks_of_another_time(claim, subject):
            continue
        cells = cells_of(topic, subject.form.kinds)
        if topic.check == "N-01":
            yield from _received(subject, claim, cells)
        else:
            yield from _compare(subject, claim, topic.check or "", cells)


def _speaks_of_another_time(claim: Claim, subject: Subject) -> bool:
    """A comparison with earlier years is not a statement about this one; N-08 looks at the year."""
    years = {int(year) for year in _YEAR.findall(claim.text)} - {subject.report.year}
    this = str(subject.report.year) in claim.text
    return bool(_OTHER_SPAN.search(claim.text)) or (
        bool(years) and not this and claim.about != "carried_over" and not _repeats(claim, subject)
    )


def _repeats(claim: Claim, subject: Subject) -> bool:
    """Last year's sentence left standing: its year is the only one named and nothing is compared."""
    named = {int(year) for year in _YEAR.findall(claim.sentence)}
    return claim.about in ("norm_made", "norm_repealed", "norm_valid") and named == {
        subject.report.year - 1
    }


def _received(subject: Subject, claim: Claim, cells: tuple[str, ...]) -> Iterator[Finding]:
    """收到 is used for 新收 alone and with 上年结转; an error only when it is neither (N-01)."""
    carried_cells = tuple(cell.replace(".new.", ".carry.") for cell in cells)
    new_counts, carried = subject.numbers(*cells), subject.numbers(*carried_cells)
    if new_counts is None or carried is None:
        return
    new, both = sum(new_counts), sum(new_counts) + sum(carried)
    with_carried = bool(_WITH_CARRIED.search(claim.sentence))
    if claim.agrees_with(both if with_carried else new):
        return
    known = claim.agrees_with(new) or claim.agrees_with(both)
    whose = "总计" if cells[0].endswith(".tot") else _applicants(subject, cells)
    yield finding(
        "N-01",
        f"正文写“{claim.text}”，表三本年新收{whose}是 {new} 件，加上年结转是 {both} 件；"
        + ("请写清是否包含上年结转。" if known else "请核对正文或表三。"),
        cells=(*cells, *carried_cells),
        expected=both if with_carried else new,
        actual=_shown(claim),
        severity="warning" if known or _OF_A_PART.search(claim.text) else None,
    )


def _applicants(subject: Subject, cells: tuple[str, ...]) -> str:
    if len(cells) > 1:
        return subject.form.t3.organisations
    column = cells[0].rpartition(".")[2]
    return next(one.label for one in subject.form.t3.columns if one.key == column)


def _compare(
    subject: Subject, claim: Claim, code: str, cells: tuple[str, ...]
) -> Iterator[Finding]:
    figure, stated = _figure(subject, cells), claim
    if figure is None or (code == "N-15" and not _same_measure(claim, cells)):
        return
    if claim.is_money:
        stated = Claim(
            text=claim.text,
            value=claim.wan_yuan,
            about=claim.about,
            where=claim.where,
            bound=claim.bound,
        )
    if stated.agrees_with(figure):
        return
    names = "、".join(subject.name(key) for key in cells[:3]) + ("等各行" if len(cells) > 3 else "")
    yield finding(
        code,
        f"正文写“{claim.text}”，而{names}{'合计' if len(cells) > 1 else ''}是 {figure}；"
        + _advice(code, claim),
        cells=cells,
        expected=str(figure),
        actual=_shown(claim),
        severity=_milder(code, claim),
    )


def _figure(subject: Subject, cells: tuple[str, ...]) -> Decimal | None:
    amounts = [decimal_of(subject.report.figures.get(key)) for key in cells]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if cells and len(known) == len(amounts) else None


def _same_measure(claim: Claim, cells: tuple[str, ...]) -> bool:
    return claim.is_money == (cells == ("t2.fee",))


def _milder(code: str, claim: Claim) -> Severity | None:
    """A sentence may speak of one organ of the county only, or of all its 复议 work (N-05)."""
    about_us = claim.sentence.find("信息公开")
    before = claim.sentence.find(claim.text) + len(claim.text)
    general = code == "N-05" and not 0 <= about_us < before
    return "warning" if general or _OF_A_PART.search(claim.text) else None


def _advice(code: str, claim: Claim) -> str:
    if _milder(code, claim) is None:
        return "两处应当一致，请核对后改正。"
    return "如果说的是其他范围的工作，请写清范围，否则请核对后改正。"


def _shown(claim: Claim) -> str:
    return f"{claim.value.normalize():f}{claim.unit}"
