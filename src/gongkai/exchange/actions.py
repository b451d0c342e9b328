"""Filling the ledger from a workbook, marked as 补录: all of it or nothing, and nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.actions import establish_agency, rename_agency
from gongkai.agencies.authority import Order
from gongkai.agencies.models import Agency, Level
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.planner import refresh_statistics
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.models import Document, Kind
from gongkai.exchange.consistency import policy_number
from gongkai.exchange.directory import level_of
from gongkai.exchange.plan import Plan, plan_import
from gongkai.exchange.problem import Problem, WorkbookRefused
from gongkai.exchange.queries import IMPORTED, agencies_by_code
from gongkai.exchange.rows import (
    AgencyRow,
    Contents,
    DisputeRow,
    PolicyRow,
    RequestRow,
    ReturnRow,
    Row,
)
from gongkai.foi.actions import CaseRefused
from gongkai.foi.disputes.actions.recording import conclude_dispute, record_dispute
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, CaseKind, Dispute
from gongkai.foi.past.actions import PastCase, enter_past_cases
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.policies.actions import Dates, PolicyRefused, end_policy, enter_norm, enter_rule
from gongkai.policies.models import Category, Policy, RelationKind
from gongkai.returns.actions import ReturnRefused, accept_return, file_return
from gongkai.returns.models import Item
from gongkai.text.canonical import Plain

R = TypeVar("R", bound=Row)
_PROGRAM = "EXCHANGE"
_NO_BASIS = "补录：原登记没有写明依据"
_ART20_POLICY = 1


@dataclass(frozen=True)
class Source:
    """The file a record was read from."""

    name: str
    sha256: str

    def mark(self, row: Row) -> dict[str, Plain]:
        """Return what is kept of where *row* stood."""
        place = row.place
        return {"file": self.name, "sha256": self.sha256, "sheet": place.sheet, "row": place.row}


@transaction.atomic
def import_contents(contents: Contents, *, source: Source, by: Person) -> Plan:
    """Enter what is new in *contents* and return what was done. Importing again changes nothing.

    Every record gets an audit event ``exchange.imported`` with the file, its hash and the row.
    Raises :class:`WorkbookRefused` with every row that contradicts the ledger; then nothing is entered.
    """
    plan = plan_import(contents)
    if plan.problems:
        raise WorkbookRefused(plan.problems)
    entry = _Entry(source, by)
    entry.agencies(plan.new.agencies)
    entry.requests(plan.new.requests)
    entry.disputes(plan.new.disputes)
    entry.policies(plan.new.policies)
    entry.returns(plan.new.returns)
    refresh_statistics()
    return plan


@contextmanager
def _at(row: Row) -> Iterator[None]:
    """Turn what a room refuses of *row* into a problem of its place."""
    try:
        yield
    except ValidationError as wrong:
        raise WorkbookRefused([_refusal(row, "；".join(wrong.messages))]) from wrong
    except (CaseRefused, PolicyRefused, ReturnRefused) as refused:
        raise WorkbookRefused([_refusal(row, str(refused))]) from refused


def _refusal(row: Row, why: str) -> Problem:
    return Problem(
        row.place.sheet, row.place.cell(""), f"台账不接受这一行：{why}请改正后重新导入。"
    )


class _Entry:
    """One import under way."""

    def __init__(self, source: Source, by: Person) -> None:
        self._source, self._by = source, by
        self._order = Order(by, source.name)
        self._agencies = agencies_by_code()

    def agencies(self, rows: Sequence[AgencyRow]) -> None:
        # The county first: it is the parent of the others.
        for row in sorted(
            rows, key=lambda row: (level_of(row) != Level.COUNTY, row.since or date.min)
        ):
            with _at(row):
                agency = self._named(row)
            self._mark(agency, f"agency:{agency.uid}", row)

    def _named(self, row: AgencyRow) -> Agency:
        known = self._agencies.get(row.code)
        if known is None:
            known = self._agencies[row.code] = self._establish(row)
        else:
            self._rename(known, row)
        return known

    def _establish(self, row: AgencyRow) -> Agency:
        every = self._agencies.values()
        return establish_agency(
            code=row.code,
            credit_code=row.credit_code,
            level=level_of(row),
            name=row.name,
            short=row.short or row.name[:30],
            mark=row.mark,
            since=row.since or date.min,
            parent=next((one for one in every if one.level == Level.COUNTY), None),
            rolls_up=row.rolls_up is not False,
            by=self._by,
        )

    def _rename(self, agency: Agency, row: AgencyRow) -> None:
        short, since = row.short or row.name[:30], row.since or date.min
        rename_agency(agency, name=row.name, short=short, mark=row.mark, since=since, by=self._by)

    def requests(self, rows: Iterable[RequestRow]) -> None:
        for agency, some in self._by_agency(rows):
            pasts = [_past(row, self._source.mark(row)) for row in some]
            with _at(some[0]):
                cases = enter_past_cases(pasts, agency=agency, by=self._by)
            for case, row in zip(cases, some, strict=True):
                self._mark(agency, f"case:{case.uid}", row)

    def disputes(self, rows: Iterable[DisputeRow]) -> None:
        for agency, some in self._by_agency(rows):
            for row in some:
                with _at(row):
                    dispute = self._dispute(agency, row)
                self._mark(agency, f"dispute:{dispute.uid}", row)

    def _dispute(self, agency: Agency, row: DisputeRow) -> Dispute:
        case = Case.objects.select_related("agency").get(agency=agency, number=row.case)
        kind, by = Dispute.Kind(row.kind), self._by
        dispute = record_dispute(case, kind=kind, number=row.number, on=row.filed_on, by=by)
        if row.concluded_on:
            result = Dispute.Result(row.result)
            conclude_dispute(dispute, result=result, on=row.concluded_on, by=by)
        return dispute

    def policies(self, rows: Iterable[PolicyRow]) -> None:
        for agency, some in self._by_agency(rows):
            years: dict[int, list[PolicyRow]] = defaultdict(list)
            for row in some:
                years[row.written_on.year].append(row)
            for year, written in years.items():
                self._enact(agency, year, written)

    def _enact(self, agency: Agency, year: int, rows: Sequence[PolicyRow]) -> None:
        # No text came with the workbook: the edition stays open, and nothing is published.
        drafts = [Draft(Kind.POLICY, row.title, "", art20=_ART20_POLICY) for row in rows]
        editions = enter_documents(drafts, agency=agency, year=year, by=self._by)
        for row, edition in zip(rows, editions, strict=True):
            with _at(row):
                policy = _enter_policy(row, edition.document, self._by)
                if row.exit_on:
                    _end(row, policy, row.exit_on, self._by)
            self._mark(agency, f"policy:{policy.uid}", row)

    def returns(self, rows: Sequence[ReturnRow]) -> None:
        filler = _program(self._by) if rows else self._by
        for agency, some in self._by_agency(rows):
            for row in some:
                with _at(row):
                    self._file(agency, row, filler)

    def _file(self, agency: Agency, row: ReturnRow, filler: Person) -> None:
        for item in Item:
            value = getattr(row, item.value)
            if value is None and not row.absent_reason:
                continue  # not reported: the report says so, and does not read it as zero
            filed = file_return(
                agency,
                period=row.year,
                item=item,
                value=value,
                absent_reason=row.absent_reason if value is None else "",
                source=row.source or f"补录：{row.place.sheet}第{row.place.row}行",
                order=self._order,
                by=filler,
            )
            accept_return(filed, order=self._order, by=self._by)
            self._mark(agency, f"return:{filed.uid}", row)

    def _by_agency(self, rows: Iterable[R]) -> Iterable[tuple[Agency, list[R]]]:
        grouped: dict[str, list[R]] = defaultdict(list)
        for row in rows:
            grouped[row.agency].append(row)
        return [(self._agencies[code], some) for code, some in grouped.items()]

    def _mark(self, agency: Agency, subject: str, row: Row) -> None:
        payload = {**self._source.mark(row), "fingerprint": row.fingerprint()}
        record(IMPORTED, stream=agency.code, subject=subject, payload=payload, by=self._by)


def _past(row: RequestRow, source: dict[str, Plain]) -> PastCase:
    received: dict[str, Plain] = {"klass": row.klass, "channel": row.channel}
    happened = [Happening(EventKind.RECEIVED, row.received_on, received)]
    if row.extended_on:
        extended: dict[str, Plain] = {"days": row.extended_days, "reason": "补录"}
        happened.append(Happening(EventKind.EXTENDED, row.extended_on, extended))
    if row.decided_on:
        happened.append(Happening(EventKind.DECIDED, row.decided_on, {"outcome": row.outcome}))
    if row.served_on:
        happened.append(Happening(EventKind.SERVED, row.served_on, {"way": "补录"}))
    return PastCase(row.number, CaseKind(row.kind), row.channel, happened, source)


def _enter_policy(row: PolicyRow, document: Document, by: Person) -> Policy:
    published = row.published_on or row.written_on
    enter = enter_rule if row.kind == Category.RULE else enter_norm
    return enter(
        document,
        number=policy_number(row),
        dates=Dates(row.written_on, published, row.in_force_on or published, row.expires_on),
        judged_on=clock.today(),
        by=by,
    )


def _end(row: PolicyRow, policy: Policy, on: date, by: Person) -> None:
    end_policy(
        policy,
        kind=RelationKind(row.exit_kind or RelationKind.REPEALS),
        effective_on=on,
        decided_on=row.exit_decided_on or on,
        basis=row.exit_basis or _NO_BASIS,
        by=by,
    )


def _program(by: Person) -> Person:
    """Return the program that files imported returns, so that *by*, who accepts them, is another."""
    known = Person.objects.filter(staff_no=_PROGRAM).first()
    return known or register_person(name="台账补录程序", staff_no=_PROGRAM, by=by)
