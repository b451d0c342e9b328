"""Writing notices, parameters and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import models, transaction

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.law.notice import parse_notice
from gongkai.people.models import Person
from gongkai.rulebook.models import HolidayNotice, NumberSeries, NumberUse, Parameter
from gongkai.text.canonical import Plain, sha256_hex

STREAM = "rulebook"


class NoticeKnown(Exception):
    """The same notice is already in the rulebook."""


@transaction.atomic
def import_notice(body: bytes, *, by: Person) -> HolidayNotice:
    """Enter a State Council notice that *by* has approved.

    Raises ``NoticeRefused`` when the file is wrong and ``NoticeKnown`` when it is already in.
    """
    notice = parse_notice(body)
    known_as = notice.number or notice.title
    if HolidayNotice.objects.filter(year=notice.year, number=known_as).exists():
        raise NoticeKnown(
            f"{notice.citation}（{notice.year} 年）已经导入，日历没有变化。"
            "如国务院办公厅另发通知调整，请导入新通知（文号不同）。"
        )
    entered = HolidayNotice(
        year=notice.year,
        number=known_as,
        body=body,
        sha256=sha256_hex(body),
        approved_by=by,
        approved_at=clock.now(),
    )
    entered.full_clean()
    entered.save(force_insert=True)
    payload: dict[str, Plain] = {"year": notice.year, "number": known_as, "sha256": entered.sha256}
    record(
        "notice.imported", stream=STREAM, subject=f"notice:{entered.uid}", payload=payload, by=by
    )
    return entered


@transaction.atomic
def set_parameter(
    key: str, *, value: str, since: date, source: str, certainty: str, by: Actor
) -> Parameter:
    """Give the county's own value of *key* from *since* on; the earlier values stay on record."""
    parameter = Parameter(
        key=key, value_text=value, since=since, source=source, certainty=certainty
    )
    parameter.full_clean()
    parameter.save(force_insert=True)
    payload: dict[str, Plain] = {"key": key, "value": value, "since": since.isoformat(), "source": source}
    record("parameter.set", stream=STREAM, subject=f"parameter:{key}", payload=payload, by=by)
    return parameter


@transaction.atomic
def take_numbers(agency: Agency, *, kind: str, year: int, subjects: Sequence[UUID]) -> list[int]:
    """Take the next numbers of a series, one for each of *subjects*, without gaps.

    The conditional UPDATE is the lock: whoever comes second waits for the first to commit, and a
    transaction that fails gives its numbers back. The caller's own event tells who took them.
    """
    if not subjects:
        return []
    series, _ = NumberSeries.objects.get_or_create(agency=agency, kind=kind, year=year)
    mine = NumberSeries.objects.filter(pk=series.pk)
    mine.update(last=models.F("last") + len(subjects))
    last = mine.values_list("last", flat=True).get()
    numbers = list(range(last - len(subjects) + 1, last + 1))
    uses = [
        NumberUse(series=series, n=n, subject_uid=uid)
        for n, uid in zip(numbers, subjects, strict=True)
    ]
    NumberUse.objects.bulk_create(uses, batch_size=500)
    return numbers


def take_number(agency: Agency, *, kind: str, year: int, subject: UUID) -> int:
    """Take the next number of a series for *subject*."""
    return take_numbers(agency, kind=kind, year=year, subjects=[subject])[0]


@transaction.atomic
def void_number(use: NumberUse, *, reason: str, by: Actor) -> NumberUse:
    """Explain a number that was taken and is not used: the series stays without an unexplained gap."""
    if not reason.strip():
        raise ValueError("作废编号必须写明原因（编号应连续，缺号须有说明）。")
    use.void_reason = reason
    use.save(update_fields=["void_reason"])
    payload: dict[str, Plain] = {"n": use.n, "reason": reason}
    record("number.voided", stream=STREAM, subject=f"number:{use.uid}", payload=payload, by=by)
    return use
