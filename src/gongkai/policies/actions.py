"""Entering policies, and what happens to them later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.documents.models import Document
from gongkai.people.models import Person
from gongkai.policies.models import (
    EXITS,
    TERMINAL,
    Category,
    Policy,
    Relation,
    RelationKind,
    StockAdjustment,
)
from gongkai.publication.actions.finding import let_find_again
from gongkai.text.canonical import Plain
from gongkai.text.document_number import fold_brackets, normal_document_number


class PolicyRefused(Exception):
    """Why a policy or a relation cannot be entered, in the clerk's words."""


@dataclass(frozen=True)
class Dates:
    """The four dates of a document, each with its own name."""

    written_on: date
    published_on: date
    in_force_on: date
    expires_on: date | None = None


@transaction.atomic
def enter_norm(
    document: Document, *, number: str, dates: Dates, judged_on: date, by: Person
) -> Policy:
    """Enter *document* as a normative document: *by* has found all four tests met (国办发〔2018〕37号)."""
    return _enter(document, Category.NORM, _number(number), dates, judged_on, by)


@transaction.atomic
def enter_rule(
    document: Document, *, number: str, dates: Dates, judged_on: date, by: Person
) -> Policy:
    """Enter *document* as a 规章, issued under the number of a decree (规章制定程序条例).

    Who may make one is not judged here: a report of a body that may not is told so by check A-05.
    """
    return _enter(document, Category.RULE, fold_brackets(number), dates, judged_on, by)


@transaction.atomic
def end_policy(
    target: Policy,
    *,
    kind: RelationKind,
    effective_on: date,
    decided_on: date,
    basis: str,
    source: Policy | None = None,
    campaign: str = "",
    by: Person,
) -> Relation:
    """Record that *target* leaves the stock on *effective_on*. A document has one exit, for ever."""
    if kind not in EXITS:
        raise PolicyRefused(f"“{kind.label}”不会使文件退出现行有效，请改用修改或停止执行的登记。")
    if Relation.objects.filter(target=target, terminal_key=TERMINAL).exists():
        raise PolicyRefused(
            f"{target.number} 已登记退出，一份文件只能退出一次；如登记有误请走更正。"
        )
    relation = Relation(
        kind=kind,
        source=source,
        target=target,
        effective_on=effective_on,
        decided_on=decided_on,
        basis=basis,
        campaign=campaign,
        terminal_key=TERMINAL,
    )
    relation.full_clean()
    relation.save(force_insert=True)
    payload: dict[str, Plain] = {
        "kind": kind.value,
        "effective_on": effective_on.isoformat(),
        "basis": basis,
    }
    _record("policy.ended", target, payload, by)
    return relation


@transaction.atomic
def adjust_stock(
    agency: Agency, *, year: int, delta: int, reason: str, decided_on: date, by: Person
) -> StockAdjustment:
    """Explain a difference between the stock counted and the stock printed last year (清理、改类)."""
    adjustment = StockAdjustment(
        agency=agency,
        category=Category.NORM,
        year=year,
        delta=delta,
        reason=reason,
        decided_by=by,
        decided_on=decided_on,
    )
    adjustment.full_clean()
    adjustment.save(force_insert=True)
    payload: dict[str, Plain] = {"year": year, "delta": delta, "reason": reason}
    record(
        "stock.adjusted", stream=agency.code, subject=f"agency:{agency.uid}", payload=payload, by=by
    )
    return adjustment


def _enter(
    document: Document, category: Category, number: str, dates: Dates, judged_on: date, by: Person
) -> Policy:
    policy = Policy(
        document=document,
        number=number,
        category=category,
        drafted_by=document.drafter_agency,
        written_on=dates.written_on,
        published_on=dates.published_on,
        in_force_on=dates.in_force_on,
        expires_on=dates.expires_on,
        external=True,
        general=True,
        repeatable=True,
        rights_affecting=True,
        judged_by=by,
        judged_on=judged_on,
    )
    policy.full_clean()
    policy.save(force_insert=True)
    let_find_again(document)
    payload: dict[str, Plain] = {
        "number": policy.number,
        "written_on": dates.written_on.isoformat(),
    }
    _record("policy.entered", policy, payload, by)
    return policy


def _number(text: str) -> str:
    try:
        return normal_document_number(text)
    except ValueError as wrong:
        raise PolicyRefused(str(wrong)) from wrong


def _record(kind: str, policy: Policy, payload: dict[str, Plain], by: Person) -> None:
    stream = policy.document.agency.code
    record(kind, stream=stream, subject=f"policy:{policy.uid}", payload=payload, by=by)
