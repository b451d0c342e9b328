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
from gongkai.law.parameters import Certainty
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.rulebook.models import HolidayNotice, NumberSeries, NumberUse, Parameter
from gongkai.rulebook.queries import in_place_of
from gongkai.text.canonical import Plain, sha256_hex
from gongkai.text.document_number import fold_brackets

STREAM = "rulebook"


class NoticeKnown(Exception):
    """The same notice is already in the rulebook."""


class ParameterRefused(Exception):
    """Why a county's own value is not accepted, in the clerk's words."""


@transaction.atomic
def import_notice(body: bytes, *, by: Person) -> HolidayNotice:
    """Enter a State Council notice that *by* has approved.

    Raises ``NoticeRefused`` when the file is wrong and ``NoticeKnown`` when it is already in.
    """
    notice = parse_notice(body)
    known_as = fold_brackets(notice.number or notice.title)
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
    """Give the county's own value of *key* from *since* on; the earlier values stay on record.

    Raises ``ParameterError`` for a key the law does not know on *since*, ``ParameterRefused`` for a
    value that cannot be read and for one that a verified text fixes.
    """
    parameter = Parameter(
        key=key, value_text=value, since=since, source=source, certainty=certainty
    )
    _refuse_unfit(parameter)
    parameter.full_clean()
    parameter.save(force_insert=True)
    payload: dict[str, Plain] = {
        "key": key,
        "value": value,
        "since": since.isoformat(),
        "source": source,
    }
    record("parameter.set", stream=STREAM, subject=f"parameter:{key}", payload=payload, by=by)
    return parameter


def _refuse_unfit(own: Parameter) -> None:
    national = Rules.national(own.since).parameter(own.key)
    if national.certainty is Certainty.VERIFIED:
        raise ParameterRefused(
            f"“{national.title}”由{national.basis}规定，县里不能另定；法规修改后请更新本系统。"
        )
    try:
        in_place_of(national, own)
    except ValueError as wrong:
        raise ParameterRefused(
            f"“{national.title}”的取值“{own.value_text}”或可靠程度“{own.certainty}”无法识别："
            f"数字填不带符号的整数，是否填 true 或 false，可靠程度填 {'、'.join(Certainty)}，请改正后再提交。"
        ) from wrong


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
