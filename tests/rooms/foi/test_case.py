"""A case is its events: what may follow what, the clock, two officers, and columns that always fold."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.clock import case_deadline
from gongkai.foi.identity import Identity, conceal, reveal
from gongkai.foi.models import Applicant, Case, CaseEvent
from gongkai.foi.queries import Drift, drifted_cases, happenings
from gongkai.law.errors import ReceiptError
from gongkai.law.intervals import Kind as OpinionKind
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.foi.conftest import RECEIVED, request_of

GRANTED = {"material": "复印件一份"}


def test_a_case_folds_from_its_events_and_each_is_in_the_log(case: Case, officer: Person) -> None:
    """不变量六与不变量八：列由事件折叠而来，每一步都进审计链。"""
    actions.extend(case, days=10, on=date(2024, 3, 28), reason="调卷", by=officer)
    actions.decide(case, result="granted", on=date(2024, 4, 8), facts=GRANTED, by=officer)
    actions.serve(case, on=date(2024, 4, 9), way="邮寄", by=officer)
    columns = (
        case.state,
        case.outcome,
        case.row,
        case.received_on,
        case.decided_on,
        case.served_on,
    )
    assert columns == ("served", "granted", "r1", RECEIVED, date(2024, 4, 8), date(2024, 4, 9))
    kinds = ["received", "extended", "decided", "served"]
    assert list(CaseEvent.objects.filter(case=case).values_list("kind", flat=True)) == kinds
    logged = Event.objects.filter(subject=f"case:{case.uid}").order_by("seq")
    assert [event.kind for event in logged] == [f"case.{kind}" for kind in kinds]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "served"),
        ("klass", "com"),
        ("received_on", date(2024, 3, 5)),
        ("served_on", date(2024, 4, 1)),
    ],
)
def test_a_changed_column_is_found_by_refolding(case: Case, column: str, value: object) -> None:
    """不变量六：gongkai ledger verify 指出是哪个案件、哪一列。"""
    assert list(drifted_cases()) == []
    Case.objects.filter(pk=case.pk).update(**{column: value})
    assert list(drifted_cases()) == [Drift(case.number, f"与事件不符的列：{column}")]


def test_the_clock_of_a_case_is_read_from_its_events(case: Case, officer: Person) -> None:
    """条例第三十三条第三款：3 月 11 日收到征求意见书、3 月 20 日答复，答复期限为 4 月 11 日。"""
    rules = rules_on(RECEIVED)
    assert case_deadline(happenings(case), rules).due == date(2024, 4, 1)
    actions.ask_opinion(
        case,
        whom=OpinionKind.THIRD_PARTY,
        on=date(2024, 3, 8),
        received_on=date(2024, 3, 11),
        by=officer,
    )
    assert case_deadline(happenings(case), rules).due == date(2024, 4, 23)
    actions.record_opinion(case, on=date(2024, 3, 20), consents=True, by=officer)
    assert case_deadline(happenings(case), rules).due == date(2024, 4, 11)


def test_a_corrected_request_starts_the_clock_anew(organ: Agency, officer: Person) -> None:
    """条例第三十条：5 月 20 日收到补正，期限为 6 月 18 日。"""
    case = request_of(organ, officer, on=date(2024, 5, 6))
    actions.ask_correction(case, on=date(2024, 5, 14), items=["年份"], by=officer)
    assert case_deadline(happenings(case), rules_on(RECEIVED)).due is None
    actions.record_correction(case, on=date(2024, 5, 20), by=officer)
    assert case_deadline(happenings(case), rules_on(RECEIVED)).due == date(2024, 6, 18)


def test_correction_is_asked_once(case: Case, officer: Person) -> None:
    actions.ask_correction(case, on=date(2024, 3, 6), items=["年份"], by=officer)
    actions.record_correction(case, on=date(2024, 3, 8), by=officer)
    with pytest.raises(CaseRefused, match="一次性告知（条例第三十条）"):
        actions.ask_correction(case, on=date(2024, 3, 11), items=["文号"], by=officer)


def test_a_decision_before_receipt_is_refused(case: Case, officer: Person) -> None:
    with pytest.raises(CaseRefused, match="早于前一步的 2024-03-04"):
        actions.decide(case, result="granted", on=date(2024, 3, 1), facts=GRANTED, by=officer)


def test_the_second_officer_is_told(
    case: Case, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """两位经办人同时办理：序号唯一，后到的一位得到说明，案件不变。"""
    seen_by_the_second = happenings(case)
    actions.extend(case, days=5, on=date(2024, 3, 20), reason="调卷", by=officer)
    monkeypatch.setattr(actions, "happenings", lambda _: seen_by_the_second)
    with pytest.raises(CaseRefused, match="另一位经办人刚刚办理了这个案件"):
        actions.extend(case, days=5, on=date(2024, 3, 20), reason="调卷", by=officer)
    assert CaseEvent.objects.filter(case=case, kind="extended").count() == 1


def test_a_receipt_without_proof_is_refused_and_takes_no_number(
    organ: Agency, officer: Person
) -> None:
    """条例第三十一条：互联网渠道须双方确认；被拒的登记不占编号。"""
    facts = ReceiptFacts(submitted_on=RECEIVED, arrived_on=RECEIVED, office_confirmed_on=RECEIVED)
    arrival = actions.Arrival(Channel.WEB, facts, clock.now())
    identity = Identity("试验", "000000198001010015", "试验地址")
    with pytest.raises(ReceiptError, match="还缺申请人的确认"):
        actions.register_case(organ, applicant=identity, klass="nat", arrival=arrival, by=officer)
    assert request_of(organ, officer).number == "2024-0001"


def test_the_same_applicant_is_known_again_and_never_stored_readable(
    organ: Agency, officer: Person
) -> None:
    first, second = request_of(organ, officer), request_of(organ, officer)
    other = request_of(organ, officer, who="000000198001010023")
    assert first.applicant_id == second.applicant_id != other.applicant_id
    stored = bytes(Applicant.objects.get(pk=first.applicant_id).ciphertext)
    assert ("试验申请人".encode() in stored, b"000000198001010015" in stored) == (False, False)
    assert reveal(Applicant.objects.get(pk=first.applicant_id)).name == "试验申请人"


def test_the_log_holds_no_identity(organ: Agency, officer: Person) -> None:
    request_of(organ, officer)
    logged = "".join(Event.objects.values_list("payload_text", flat=True))
    assert ("试验申请人" in logged, "000000198001010015" in logged) == (False, False)


def test_the_database_refuses_what_no_form_would_send(case: Case) -> None:
    for wrong in (
        {"outcome": "granted"},
        {"decided_on": date(2024, 3, 1), "outcome": "granted", "row": "r1"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**wrong)


@pytest.mark.django_db
def test_a_seventh_class_of_applicant_is_refused() -> None:
    with pytest.raises(ValidationError):
        conceal(Identity("试验", "1", "x"), "xxx").full_clean()
