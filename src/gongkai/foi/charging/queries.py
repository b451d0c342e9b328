"""What a fee is computed from: the basis of the agency, the requests of a month; and until when it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.foi.charging.models import Basis, ChargingBasis, FeeNotice
from gongkai.foi.machine import EventKind, Happening
from gongkai.foi.models import Case, CaseKind
from gongkai.law.fees import TARIFF, Portion
from gongkai.law.rules import Rules

PAY_LIMIT = "fee.pay_limit"


def basis_on(agency: Agency, on: date) -> ChargingBasis | None:
    """Return on what *agency* charges on a day; None: it charges nothing (条例第四十二条)."""
    chosen = ChargingBasis.objects.filter(agency=agency, since__lte=on)
    return chosen.order_by("-since").first()


@dataclass(frozen=True)
class Counted:
    """The requests of one applicant at one agency in one natural month, up to and with the one charged."""

    month: date
    numbers: tuple[str, ...]

    @property
    def nth(self) -> int:
        return len(self.numbers)


def counted_for(case: Case) -> Counted:
    """Return which of its month *case* is of the same applicant, told by the keyed digest alone.

    By the day of receipt, of one day in the order of registration. Nobody's identity is opened for it, and
    for one whose identity was destroyed only the case itself is counted.
    """
    first = case.received_on.replace(day=1)
    mine = Q(applicant=case.applicant_id)
    if case.applicant.digest:
        mine |= Q(applicant__digest=case.applicant.digest)
    before = Q(received_on__lt=case.received_on) | Q(received_on=case.received_on, pk__lte=case.pk)
    same = Case.objects.filter(
        mine, before, agency=case.agency_id, kind=CaseKind.REQUEST, received_on__gte=first
    )
    return Counted(
        first, tuple(same.order_by("received_on", "pk").values_list("number", flat=True))
    )


def notices_of(case: Case, events: Sequence[Happening]) -> list[FeeNotice]:
    """Return the fee notices of *case*; asks nothing where none was ever sent."""
    if not any(event.kind is EventKind.FEE_ASKED for event in events):
        return []
    return list(case.fee_notices.order_by("pk").prefetch_related("entries"))


def last_day_to_pay(arrived: date | None, rules: Rules) -> date | None:
    """Return the last day to pay, from the day after the notice arrived; None while that is not proved."""
    if arrived is None:
        return None
    return rules.calendar.nth_working_after(arrived, rules.limit(PAY_LIMIT).count)


def reckoned(notice: FeeNotice) -> str:
    """Return in words how the fee was computed: for the letter, and for whoever looks at the case."""
    if notice.month is not None:
        free = TARIFF.item.free
        return (
            f"{notice.month.year}年{notice.month.month}月向本机关提出的第{notice.quantity}件，"
            f"每月{free}件以内不收费，这一件{notice.money}"
        )
    parts = (
        f"第{_from_to(one)}页{f'每页{one.each}，计{one.money}' if one.rate else '不收费'}"
        for one in portions_of(notice)
    )
    return f"要提供的共{notice.quantity}页：{'；'.join(parts)}"


def _from_to(part: Portion) -> str:
    return f"{part.first}" if part.first == part.last else f"{part.first}至{part.last}"


def portions_of(notice: FeeNotice) -> Sequence[Portion]:
    """Return how the fee was computed: each band of the tariff it reaches into, with its rate."""
    if notice.basis == Basis.PAGE:
        return TARIFF.page.portions(notice.quantity)
    last = TARIFF.item.portions(notice.quantity)[-1]
    return (Portion(notice.quantity, notice.quantity, last.rate),)
