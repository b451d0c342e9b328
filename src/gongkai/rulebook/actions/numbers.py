"""Taking and voiding numbers of a series."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import models, transaction

from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.rulebook.actions.two_persons import STREAM
from gongkai.rulebook.models import NumberSeries, NumberUse
from gongkai.rulebook.numbers import is_borne, title_of
from gongkai.text.canonical import Plain


class NumberInUse(Exception):
    """A number that cannot be voided: a row bears it, or it is voided already."""


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
    """Explain a number that was taken and is not used: the series stays without an unexplained gap.

    Raises ``ValueError`` without a reason, :class:`NumberInUse` for one that is borne or voided already.
    """
    if not reason.strip():
        raise ValueError("作废编号必须写明原因（编号应连续，缺号须有说明）。")
    kind = use.series.kind
    if is_borne(kind, use.subject_uid):
        raise NumberInUse(
            f"{title_of(kind)}第 {use.n} 号正在使用，不能作废；确需作废的，先处理使用它的记录。"
        )
    use.void_reason = reason.strip()
    use.full_clean()
    mine = NumberUse.objects.filter(pk=use.pk, void_reason="")
    if not mine.update(void_reason=use.void_reason):
        raise NumberInUse(f"{title_of(kind)}第 {use.n} 号已经作废，请刷新后查看原因。")
    payload: dict[str, Plain] = {"n": use.n, "reason": use.void_reason}
    record("number.voided", stream=STREAM, subject=f"number:{use.uid}", payload=payload, by=by)
    return use
