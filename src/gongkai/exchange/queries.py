"""The ledger as rows of the workbook, and the marks that tell which record was entered from which file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, AgencyName
from gongkai.audit.models import Event
from gongkai.exchange.rows import AgencyRow, DisputeRow, PolicyRow, RequestRow, ReturnRow
from gongkai.foi.disputes.actions.entering import REDO_CHANNEL
from gongkai.foi.machine import EventKind
from gongkai.foi.models import Case, CaseEvent, Dispute
from gongkai.foi.past.actions import UNRECORDED_CHANNEL
from gongkai.policies.models import Policy, Relation
from gongkai.returns.models import Return, State

IMPORTED = "exchange.imported"
_CHUNK = 500
_NO_CHANNEL = frozenset({UNRECORDED_CHANNEL, REDO_CHANNEL})
"""What stands in the ledger where a case came in by none of the channels of a request."""
T = TypeVar("T")


def agency_rows() -> list[AgencyRow]:
    """Return every name of every agency, oldest first within an agency."""
    names = AgencyName.objects.select_related("agency").order_by("agency__code", "since")
    return [
        AgencyRow(
            name=name.name,
            short=name.short,
            level=name.agency.level,
            rolls_up=name.agency.rolls_up,
            code=name.agency.code,
            credit_code=name.agency.credit_code,
            mark=name.mark,
            since=name.since,
        )
        for name in names
    ]


def latest_names() -> dict[str, str]:
    """Return each agency's latest name by its code."""
    return {row.code: row.name for row in agency_rows()}


def case_rows(cases: QuerySet[Case], names: Mapping[str, str]) -> Iterator[tuple[UUID, RequestRow]]:
    """Yield each case with its uid; *names* gives the name of an agency by its code."""
    extensions = _extensions(cases)
    for case in cases.select_related("agency").order_by("agency__code", "received_on", "pk"):
        on, days = extensions.get(case.pk, (None, None))
        yield (
            case.uid,
            RequestRow(
                agency=names[case.agency.code],
                number=case.number,
                received_on=case.received_on,
                klass=case.klass,
                kind=case.kind,
                channel="" if case.channel in _NO_CHANNEL else case.channel,
                extended_on=on,
                extended_days=days,
                outcome=case.outcome,
                decided_on=case.decided_on,
                served_on=case.served_on,
            ),
        )


def _extensions(cases: QuerySet[Case]) -> dict[int, tuple[date, int]]:
    events = CaseEvent.objects.filter(case__in=cases, kind=EventKind.EXTENDED.value).order_by("seq")
    return {
        event.case_id: (event.on, int(json.loads(event.payload_text)["days"])) for event in events
    }


def dispute_rows(
    disputes: QuerySet[Dispute], names: Mapping[str, str]
) -> Iterator[tuple[UUID, DisputeRow]]:
    """Yield each dispute with its uid."""
    for dispute in disputes.select_related("case__agency").order_by("filed_on", "pk"):
        yield (
            dispute.uid,
            DisputeRow(
                agency=names[dispute.case.agency.code],
                case=dispute.case.number,
                kind=dispute.kind,
                number=dispute.number,
                filed_on=dispute.filed_on,
                result=dispute.result,
                concluded_on=dispute.concluded_on,
            ),
        )


def policy_rows(
    policies: QuerySet[Policy], names: Mapping[str, str]
) -> Iterator[tuple[UUID, PolicyRow]]:
    """Yield each document of effect with its uid and its exit, if it has one."""
    gone = Relation.objects.filter(target__in=policies, terminal_key__isnull=False)
    exits = {relation.target_id: relation for relation in gone}
    rows = policies.select_related("document__agency").order_by("written_on", "pk")
    for policy in rows.prefetch_related("document__editions"):
        yield policy.uid, _policy_row(policy, exits.get(policy.pk), names)


def _policy_row(policy: Policy, gone: Relation | None, names: Mapping[str, str]) -> PolicyRow:
    title = max(policy.document.editions.all(), key=lambda edition: edition.n).title
    return PolicyRow(
        agency=names[policy.document.agency.code],
        title=title,
        number=policy.number,
        written_on=policy.written_on,
        kind=policy.category,
        published_on=policy.published_on,
        in_force_on=policy.in_force_on,
        expires_on=policy.expires_on,
        exit_kind=gone.kind if gone else "",
        exit_on=gone.effective_on if gone else None,
        exit_decided_on=gone.decided_on if gone else None,
        exit_basis=gone.basis if gone else "",
    )


def return_rows(names: Mapping[str, str]) -> Iterator[tuple[list[UUID], ReturnRow]]:
    """Yield what each agency has reported of each year, with the uids of all accepted revisions.

    The revision with the highest number counts.
    """
    accepted = Return.objects.filter(state=State.ACCEPTED).select_related("agency")
    rounds: dict[tuple[str, int], list[Return]] = {}
    for filed in accepted.order_by("agency__code", "period", "revision"):
        rounds.setdefault((filed.agency.code, filed.period), []).append(filed)
    for (code, year), every in rounds.items():
        yield [one.uid for one in every], _return_row(names[code], year, every)


def _return_row(name: str, year: int, rounds: list[Return]) -> ReturnRow:
    latest = {one.item: one for one in rounds}
    values = {item: one.value_int for item, one in latest.items()}
    return ReturnRow(
        agency=name,
        year=year,
        source=_joined(one.source for one in latest.values()),
        absent_reason=_joined(one.absent_reason for one in latest.values()),
        **values,  # type: ignore[arg-type]  # the items are the fields of the row
    )


def marks(subjects: Sequence[str]) -> dict[str, str]:
    """Return the fingerprint of the row each of *subjects* was entered from, where it was imported."""
    found: dict[str, str] = {}
    for some in chunks(subjects):
        for event in Event.objects.filter(kind=IMPORTED, subject__in=some):
            found[event.subject] = json.loads(event.payload_text)["fingerprint"]
    return found


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield *items* some at a time: a database takes only so many parameters."""
    for at in range(0, len(items), _CHUNK):
        yield items[at : at + _CHUNK]


def agencies_by_code() -> dict[str, Agency]:
    """Return the ledger's agencies by code."""
    return {agency.code: agency for agency in Agency.objects.all()}


def _joined(texts: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(text for text in texts if text))
