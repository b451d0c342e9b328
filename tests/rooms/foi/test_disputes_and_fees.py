"""Table 4 by how a dispute stood at the year's end, and the clock that stands until a fee is paid."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.models import Agency
from gongkai.figures import registry
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.clock import case_deadline
from gongkai.foi.disputes.actions.recording import conclude_dispute, record_dispute
from gongkai.foi.models import Case, Dispute
from gongkai.foi.queries import happenings
from gongkai.people.models import Person
from gongkai.reporting.compile import scope_of
from gongkai.rulebook.queries import rules_on


def table_four(organ: Agency, year: int) -> dict[str, int | None]:
    values = registry.values(scope_of(organ, year, date(year, 12, 31)))
    return {key: v.amount for key, v in values.items() if key.startswith("t4.") and v.amount}


@pytest.mark.parametrize("result", list(Dispute.Result))
def test_a_dispute_is_pending_in_its_first_year_and_concluded_in_the_next(
    organ: Agency, officer: Person, case: Case, result: Dispute.Result
) -> None:
    """条例第五十条第三项：跨年案件上年列尚未审结，审结当年列结果，再下一年不再出现。"""
    dispute = record_dispute(
        case, kind=Dispute.Kind.REVIEW, number="试复〔2024〕1号", on=date(2024, 12, 2), by=officer
    )
    conclude_dispute(dispute, result=result, on=date(2025, 1, 24), by=officer)
    found = {year: table_four(organ, year) for year in (2024, 2025, 2026)}
    assert found == {
        2024: {"t4.rev.p": 1, "t4.rev.t": 1},
        2025: {f"t4.rev.{result.value}": 1, "t4.rev.t": 1},
        2026: {},
    }


def test_a_dispute_is_concluded_once(officer: Person, case: Case) -> None:
    dispute = record_dispute(
        case, kind=Dispute.Kind.DIRECT, number="试行初1号", on=date(2024, 12, 2), by=officer
    )
    conclude_dispute(dispute, result=Dispute.Result.MAINTAINED, on=date(2025, 1, 24), by=officer)
    with pytest.raises(CaseRefused, match="试行初1号 已登记审结"):
        conclude_dispute(dispute, result=Dispute.Result.CORRECTED, on=date(2025, 2, 1), by=officer)
    assert Dispute.objects.get(pk=dispute.pk).result == "m"


def test_the_clock_stands_until_the_fee_is_paid_and_then_runs_anew(
    case: Case, officer: Person
) -> None:
    """国办函〔2020〕109号：6 月 20 日缴清，重新计算的二十个工作日到 7 月 18 日。"""
    rules = rules_on(date(2024, 3, 4))
    actions.ask_fee(case, fen=220_000, on=date(2024, 3, 11), by=officer)
    assert case_deadline(happenings(case), rules).due is None
    actions.record_payment(case, on=date(2024, 6, 20), by=officer)
    assert case_deadline(happenings(case), rules).due == date(2024, 7, 18)
    assert case.state == "handling"
