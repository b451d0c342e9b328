"""Invariant 3: a record of the ledger may be ended, sent back or corrected, and is never deleted."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.actions.reorganising import carry_out
from gongkai.agencies.models import Agency, Level, Role
from gongkai.agencies.queries import county
from gongkai.agencies.reorganisation import Change, ChangeKind, plan_of
from gongkai.audit import clock, guards
from gongkai.channels.actions import Gathering, Shown, record_showing
from gongkai.channels.models import Audience, Channel
from gongkai.columns.actions.keeping import close_column
from gongkai.columns.models import Column
from gongkai.documents.actions import Draft, attach_file, open_draft
from gongkai.documents.models import Disclosure, Edition, Kind
from gongkai.files.kinds import Kind as FileKind
from gongkai.foi.charging.models import Basis, FeeNotice
from gongkai.foi.disputes.actions.entering import Ending, Entry, end_dispute, enter_dispute
from gongkai.foi.disputes.actions.recording import record_dispute
from gongkai.foi.handling.actions.assigning import Handed, assign, return_assignment
from gongkai.foi.handling.actions.reasons import ask_reason
from gongkai.foi.issuing.actions.enclosing import enclose_file
from gongkai.foi.models import Case, Dispute, State
from gongkai.foi.proactive.actions import tag_case
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.resembling.models import Likeness
from gongkai.foi.serving.actions.recording import Slip, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.models import Result, What
from gongkai.law.parameters import Certainty
from gongkai.law.service import Means
from gongkai.people.models import AdministratorSession, Person
from gongkai.policies.actions import adjust_stock
from gongkai.publication.actions import withdraw
from gongkai.publication.actions.alerting import raise_alert
from gongkai.publication.actions.expunging import propose_expunging
from gongkai.publication.models import Publication
from gongkai.publication.plans import Plan
from gongkai.registers.models import Register
from gongkai.review.actions import submit_for_review
from gongkai.rulebook.actions import propose_notice, propose_parameter
from gongkai.sharing.actions import push_item, send_offer
from gongkai.sharing.queries import receivers
from tests.pure.files.made import pdf
from tests.rooms.foi.receiving.filling import submitted
from tests.rooms.letters.wording import propose_again
from tests.rooms.registers.tables import LICENCE, confirm
from tests.rooms.rulebook.entering import notice

pytestmark = pytest.mark.django_db
KEPT = [guard.table for guard in guards.declared() if guard.name == "kept"]


@pytest.mark.usefixtures("loaded")
def test_no_record_of_the_ledger_can_be_deleted() -> None:
    """直接执行 SQL 也删不掉任何一类记录；表里都有行，所以每个触发器都真的动作了。"""
    _fill_the_empty_tables()
    said = {table: _delete_one(table) for table in KEPT}
    expected = {
        table: f"{table} 的记录不可删除，请用撤回、退出或更正（不变量三）" for table in KEPT
    }
    assert said == expected
    assert len(KEPT) == 65


def _delete_one(table: str) -> str:
    statement = f"DELETE FROM {table} WHERE id = (SELECT MIN(id) FROM {table})"  # noqa: S608
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(refused.value).splitlines()[0]


def _draft(by: Person) -> None:
    """A document with a file, withheld."""
    office = Agency.objects.filter(level=Level.OFFICE).earliest("pk")
    appoint(by, office, role=Role.INFORMATION_OFFICER, since=date(2019, 5, 15), by=by)
    draft = Draft(
        Kind.NOTICE, "内部通知（演示）", "", Disclosure.WITHHELD, disclosure_reason="内部事务"
    )
    edition = open_draft(office, draft, ground="ND5", by=by)
    attach_file(edition, BytesIO(pdf("x")), name="附件.pdf", by=by)
    source = {"source": "本办（演示）"}
    text = Draft(Kind.NOTICE, "通知（演示）", "正文（演示）", fields=source)
    submit_for_review(open_draft(office, text, by=by), by=by)


def _show(by: Person) -> None:
    """Something of the office that is public was explained in a village."""
    shown = Publication.objects.filter(live=True, document__agency__level=Level.OFFICE)
    told = Gathering("宣讲（演示）", 9, [Audience.OTHER])
    where = Shown(Channel.EVENT, "甲村（演示）", date(2024, 6, 3), gathering=told)
    document = shown.earliest("pk").document
    record_showing([document], where, by=by)
    push_item(document, [receivers()[0]], by=Person.objects.get(staff_no="DEMO-01"))
    unit = receivers()[1]
    appoint(by, unit, role=Role.INFORMATION_OFFICER, since=date(2019, 5, 15), by=by)
    send_offer(open_draft(unit, Draft(Kind.NEWS, "动态（演示）", "正文（演示）"), by=by), by=by)


def _fill_the_empty_tables() -> None:
    by = Person.objects.get(staff_no="DEMO-02")
    record_dispute(
        Case.objects.earliest("pk"),
        kind=Dispute.Kind.REVIEW,
        number="演示1号",
        on=date(2024, 6, 3),
        by=by,
    )
    _answer_again()
    _put_under_a_topic()
    adjust_stock(
        county(), year=2024, delta=1, reason="改类（演示）", decided_on=date(2024, 6, 3), by=by
    )
    propose_parameter(
        "correction.period",
        value="10",
        since=date(2024, 1, 1),
        source="县政府办通知（演示）",
        certainty=Certainty.PRACTICE,
        by=by,
    )
    propose_notice(notice(), by=by)
    _close_a_column()
    AdministratorSession.objects.create(
        person=by,
        seat="system_administrator",
        reason="演示用的管理员会话",
        started_at=clock.now(),
        ends_at=clock.now() + timedelta(minutes=15),
    )
    _draft(by)
    confirm(Agency.objects.get(level=Level.OFFICE), Register.LICENCE, by, LICENCE)
    officer = Person.objects.get(staff_no="DEMO-01")
    withdraw(Publication.objects.earliest("pk"), reason="演示撤下", by=officer)
    _show(by)
    _keep_the_site(officer)
    _work_on_a_request(officer)
    submitted(Agency.objects.get(level=Level.OFFICE))
    propose_again("D13", by=officer)
    gone, heir = Agency.objects.filter(level=Level.BUREAU).order_by("code")[:2]
    change = Change(ChangeKind.MERGE, (gone,), ((heir, "全部"),), date(2026, 1, 1), "演示批复")
    carry_out(change, seen=plan_of(change).sha256, by=officer)


def _work_on_a_request(officer: Person) -> None:
    """Somebody is to look into an open request, whose applicant is asked for reasons and for a fee."""
    waiting = Case.objects.filter(state=State.HANDLING, agency__level=Level.OFFICE)
    case = waiting.earliest("pk")
    on = case.received_on
    given = assign(case, to=officer, task="查台账（演示）", due_on=on, on=on, by=officer)
    record = Inspected("台账（演示）.txt", FileKind.TXT, "台账（演示）".encode())
    files = [Handed("台账（演示）", record)]
    return_assignment(given, nil=False, answer="有（演示）", files=files, on=on, by=officer)
    other = Case.objects.filter(agency=case.agency).exclude(pk=case.pk).earliest("pk")
    Likeness.objects.create(case=case, earlier=other, percent=50, found_on=on)
    ask_reason(case, found="一月三十一件（演示）", on=on, by=officer)
    sent = send(case, Sending(What.REASON, Means.HANDED), on=on, by=officer)
    slip = Slip("送达回证（演示）", "演示签收人")
    record_result(sent, result=Result.DELIVERED, slip=slip, on=on, by=officer)
    FeeNotice.objects.create(
        case=case,
        agency=case.agency,
        applicant=case.applicant,
        basis=Basis.PAGE,
        quantity=31,
        counted="台账（演示）",
        fen=1_000,
        source="演示",
        pay_how="窗口（演示）",
        asked_on=on,
        asked_by=officer,
    )
    report = Inspected("报告（演示）.txt", FileKind.TXT, "验收报告（演示）".encode())
    enclose_file(case, report, title="验收报告（演示）", on=on, by=officer)


def _put_under_a_topic() -> None:
    """Something that was given to somebody has a name."""
    given = Case.objects.filter(agency__level=Level.OFFICE, row="r1").earliest("pk")
    tag_case(given, title="主题（演示）", by=Person.objects.get(staff_no="DEMO-01"))


def _answer_again() -> None:
    """A reconsideration orders a request of the office to be answered again."""
    served = Case.objects.filter(agency__level=Level.OFFICE, decided_on__isnull=False)
    case, by = served.earliest("pk"), Person.objects.get(staff_no="DEMO-01")
    day, simple = clock.today(), Dispute.Procedure.SIMPLE
    entry = Entry(Dispute.Kind.REVIEW, "演示2号", "上级机关（演示）", simple, day, day)
    dispute = enter_dispute(case, entry, by=by)
    end_dispute(dispute, Ending(Dispute.Result.CORRECTED, day, day, redo=True), by=by)


def _keep_the_site(officer: Person) -> None:
    """An alert, something to be destroyed, and an edition that is to go out tomorrow."""
    soon = clock.now() + timedelta(hours=1)
    raise_alert(
        headline="停水（演示）", text="请储水", begins_at=clock.now(), ends_at=soon, by=officer
    )
    doubtful = Publication.objects.filter(live=True).latest("pk").document
    propose_expunging(doubtful, reason="演示", basis="演示条款", by=officer)
    edition = Edition.objects.filter(closed_at__isnull=False).latest("pk")
    Plan.objects.create(edition=edition, due_at=soon, by_person=officer, made_at=clock.now())


def _close_a_column() -> None:
    officer = Person.objects.get(staff_no="DEMO-01")
    news = Column.objects.get(slug="news")
    close_column(news, on=clock.today(), reason="并入通知公告（演示）", by=officer)
