"""Figures against the office's own records: A-06…13, B-48, L-08, N-11, N-12, N-16, P-02."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.annualreport.checking.cells import key_in
from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import LedgerFacts, Subject
from gongkai.annualreport.model import Cell
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.narrative import Claim, topics

_YUAN_IN_WAN_YUAN = 10_000
_CODES = {
    "t2.norm.made": "A-06",
    "t2.norm.repealed": "A-07",
    "t2.norm.valid": "A-08",
    "t2.licence": "A-10",
    "t2.penalty": "A-11",
    "t2.coercion": "A-12",
    "t2.fee": "A-13",
}
_TABLE_CODES = {"t3": "B-48", "t4": "L-08"}


def check_ledger(subject: Subject) -> Iterator[Finding]:
    """Yield every cell and every stated count that the records do not bear out."""
    if subject.ledger is None:
        return
    for key, recorded in subject.ledger.cells.items():
        code = _CODES.get(key) or _TABLE_CODES.get(key[:2])
        own = key_in(subject.report, key)
        reported = subject.report.figures.get(own)
        if code is not None and not _same(recorded, reported):
            yield finding(
                code,
                f"{subject.name(own)}填的是 {_show(reported)}，台账是 {_show(recorded)}；"
                "请打开这一格的明细核对，补记台账或改正报告。",
                cells=(own,),
                expected=recorded,
                actual=reported,
            )
    yield from _registers(subject, subject.ledger)


def _registers(subject: Subject, ledger: LedgerFacts) -> Iterator[Finding]:
    for claim in subject.claims:
        topic = topics().get(claim.about or "")
        recorded = ledger.counts.get(claim.about or "")
        if topic is None or topic.check is None or recorded is None or topic.cells:
            continue
        if not _in_yuan(claim).agrees_with(recorded):
            unit = "元" if claim.is_money else ""
            yield finding(
                topic.check,
                f"正文写“{claim.text}”，登记的是 {recorded}{unit}；请核对登记，改正正文或补登。",
                expected=f"{recorded}{unit}",
                actual=f"{claim.value}{claim.unit}",
            )


def _in_yuan(claim: Claim) -> Claim:
    """A stated amount in the unit of the register; a count as it is."""
    if not claim.is_money:
        return claim
    return replace(claim, value=claim.wan_yuan * _YUAN_IN_WAN_YUAN, unit="元")


def _same(recorded: Cell, reported: Cell) -> bool:
    amounts = decimal_of(recorded), decimal_of(reported)
    return recorded == reported or (None not in amounts and amounts[0] == amounts[1])


def _show(cell: Cell) -> str:
    return "空白" if cell is None else str(cell)
