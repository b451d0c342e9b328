"""An agency chooses on what it charges, once a year and with its source; it may also charge nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.charging.models import Basis, ChargingBasis, FeeNotice
from gongkai.foi.charging.rules import CHOOSES, may_choose
from gongkai.law.fees import TARIFF
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def choose_basis(
    agency: Agency, *, basis: Basis, since: date, source: str, by: Person
) -> ChargingBasis:
    """Let *agency* charge on *basis* from *since* on: after the first choice from a 1 January only.

    Raises :class:`CaseRefused` for two bases in one year, ``RoleRefused`` for who does not head the agency.
    """
    authorise(
        by,
        lambda standing: may_choose(standing, agency),
        step="选定信息处理费的收费方式（国办函〔2020〕109号）",
        whose=CHOOSES,
    )
    if not source.strip():
        raise CaseRefused(
            "请写明依据：本县按件还是按量收费的文件名称或者文号（国办函〔2020〕109号）。"
        )
    _refuse_day(agency, basis, since)
    row = ChargingBasis(
        agency=agency,
        basis=basis,
        year=since.year,
        since=since,
        source=source.strip(),
        chosen_by=by,
    )
    row.full_clean(validate_constraints=False)
    insert_once(
        row, f"{since.year} 年的收费方式已经选定：同一年里不能既按件又按量（国办函〔2020〕109号）。"
    )
    payload: dict[str, Plain] = {"basis": row.basis, "since": since.isoformat()}
    subject = f"agency:{agency.uid}"
    record("fee.basis_chosen", stream=agency.code, subject=subject, payload=payload, by=by)
    return row


def _refuse_day(agency: Agency, basis: Basis, since: date) -> None:
    if since < TARIFF.since:
        raise CaseRefused(f"{TARIFF.title}自 {TARIFF.since} 起施行，起始日期不能更早，请改正。")
    latest = ChargingBasis.objects.filter(agency=agency).order_by("-since").first()
    if latest is None:
        return
    if since <= latest.since or (since.month, since.day) != (1, 1):
        raise CaseRefused(
            f"现在的收费方式自 {latest.since} 起用，只能从以后某年的 1 月 1 日起改："
            "同一年里不能既按件又按量（国办函〔2020〕109号）。"
        )
    if FeeNotice.objects.filter(agency=agency, asked_on__gte=since).exclude(basis=basis).exists():
        raise CaseRefused(
            f"{since.year} 年已经按{latest.get_basis_display()}通知过缴费，不能再改。"
        )
