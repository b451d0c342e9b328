"""Submitting, judging, sending back, taking back; loans, haste, and what is asked about afterwards."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.inbox.models import Notification
from gongkai.people.models import Person
from gongkai.publication.models import Publication
from gongkai.publication.queries import UrgentShare, urgent_share
from gongkai.review.actions import (
    ReviewRefused,
    Signing,
    WaiverRefused,
    approve_stage,
    grant_urgent_waiver,
    lend_reviewer,
    reject_stage,
    set_lending,
    submit_for_review,
    withdraw_submission,
)
from gongkai.review.models import Loan, Seal, StageKind, State, Submission, Verdict
from gongkai.review.queries import (
    drafts_of,
    loans_between,
    not_made_good,
    overdue_waivers,
    same_device_submissions,
    waiting_for,
)
from gongkai.review.todo import todo
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SEALED_AT, SINCE, Cast, make_cast
from tests.rooms.review.panel import (
    IN_ORDER,
    PROVED,
    Panel,
    approve,
    approve_through,
    draft,
    make_panel,
    reviewer,
    submitted,
)


def reject(submission: Submission, panel: Panel, reason: str, paragraph: int | None = None) -> None:
    reject_stage(
        submission,
        StageKind.SECRECY,
        sha256=submission.edition.sha256,
        reason=reason,
        paragraph=paragraph,
        signing=PROVED,
        by=panel[StageKind.SECRECY],
    )


def test_only_the_author_submits_and_once(cast: Cast) -> None:
    """谁起草谁负责：作者送审，封存字节；同一版不能再送，同一文档同时只审一版。"""
    edition = draft(cast)
    with pytest.raises(RoleRefused, match="送审由稿件的作者本人办理"):
        submit_for_review(edition, by=cast.li)
    submission = submit_for_review(edition, by=cast.chen)
    edition.refresh_from_db()
    assert edition.closed_at is not None
    with pytest.raises(ReviewRefused, match="已经送审过（审核中）"):
        submit_for_review(edition, by=cast.chen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(document=draft(cast, "乙").document)


def test_a_rejection_says_why_and_where_and_tells_the_author(cast: Cast) -> None:
    """退回写明理由和段落，作者收到消息，消息里没有标题、姓名和理由。"""
    panel, submission = make_panel(cast), submitted(cast, "任免通知")
    with pytest.raises(ReviewRefused, match="退回必须写明理由"):
        reject(submission, panel, "  ")
    reject(submission, panel, "第三段数字有误", 3)
    row = Verdict.objects.get()
    assert (row.reason, row.paragraph, row.approver_person, row.approved_stage) == (
        "第三段数字有误",
        3,
        None,
        None,
    )
    submission.refresh_from_db()
    assert submission.state == State.REJECTED
    note = Notification.objects.get()
    assert (note.person, note.title, note.body) == (
        cast.chen,
        "稿件被退回",
        f"索引号 {submission.document.index_no} 第 1 版在保密审查被退回，请登录后看理由，改好后另立下一版重新送审。",
    )


def test_the_last_approval_seals_and_tells_the_author(cast: Cast) -> None:
    """最后一级通过，同一事务签封；作者收到消息；办结的送审改不动。"""
    submission = approve_through(submitted(cast), make_panel(cast))
    seal = Seal.objects.get()
    assert (seal.edition, seal.stages, submission.passed) == (submission.edition, 4, 4)
    assert Notification.objects.get().title == "稿件审核通过"
    with pytest.raises(IntegrityError, match="已办结的送审不可更改"), transaction.atomic():
        Submission.objects.update(passed=0)


def test_a_submission_is_not_called_sealed_without_its_seal(cast: Cast) -> None:
    """不变量一：绕过程序把送审写成已签封，数据库拒绝。"""
    submission = submitted(cast)
    with pytest.raises(IntegrityError, match="没有签封的送审"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(state="sealed", ended_at=SEALED_AT)


def test_the_final_stage_asks_again_who_is_there(cast: Cast) -> None:
    """终审须再次验证本人身份：没有验证，不登记意见。"""
    panel, submission = make_panel(cast), submitted(cast)
    for kind in IN_ORDER[:3]:
        approve(submission, panel[kind], Signing())
    with pytest.raises(ReviewRefused, match="终审须再次验证本人身份"):
        approve(submission, panel[StageKind.FINAL], Signing())
    assert (Verdict.objects.count(), Seal.objects.count()) == (3, 0)


def test_the_author_takes_back_with_a_reason(cast: Cast) -> None:
    """办结前作者可撤回，要写理由；别人不能撤；撤回后不能再签。"""
    panel, submission = make_panel(cast), submitted(cast)
    with pytest.raises(ReviewRefused, match="只有作者本人能撤回"):
        withdraw_submission(submission, reason="不发了", by=cast.li)
    with pytest.raises(ReviewRefused, match="必须写明理由"):
        withdraw_submission(submission, reason=" ", by=cast.chen)
    withdraw_submission(submission, reason="数据更新", by=cast.chen)
    assert (submission.state, submission.withdrawn_reason) == (State.WITHDRAWN, "数据更新")
    with pytest.raises(ReviewRefused, match="这次送审已撤回"):
        approve_stage(
            submission,
            StageKind.SECRECY,
            sha256=submission.edition.sha256,
            signing=PROVED,
            by=panel[StageKind.SECRECY],
        )


def test_what_was_taken_meanwhile_is_told(cast: Cast) -> None:
    """两人同时在同一级：先到的算数，后到的被告知，什么都不多写。"""
    submission = submitted(cast)
    one, two = (reviewer(cast, name, StageKind.SECRECY) for name in ("甲", "乙"))
    sha256 = submission.edition.sha256
    stale = Submission.objects.get(pk=submission.pk)
    approve(submission, one)
    with pytest.raises(ReviewRefused, match="现在轮到初审，不是保密审查"):
        approve_stage(stale, StageKind.SECRECY, sha256=sha256, signing=PROVED, by=two)
    assert Verdict.objects.get().reviewer_person == one


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_wins() -> None:
    """两人真的同时签署同一级（PostgreSQL 两个连接）：一人办成，另一人得到中文说明。"""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的内存库只有一个连接；先后由上一条证明")
    cast = make_cast()
    submission = submitted(cast)
    both = [reviewer(cast, name, StageKind.SECRECY) for name in ("甲", "乙")]
    start, said = threading.Barrier(2), []

    def judge(number: int) -> None:
        row = Submission.objects.get(pk=submission.pk)
        start.wait()
        try:
            approve(row, both[number])
            said.append("办成")
        except ReviewRefused as refused:
            said.append(str(refused)[:4])
        finally:
            connection.close()

    threads = [threading.Thread(target=judge, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (said.count("办成"), len(said), Verdict.objects.count()) == (1, 2, 1)


def lend(cast: Cast, submission: Submission, who: Person, by: Person | None = None) -> Loan:
    return lend_reviewer(
        submission,
        StageKind.SECRECY,
        reviewer=who,
        lender=cast.office,
        reason="本局只有两人",
        by=by or cast.li,
    )


def test_a_small_bureau_borrows_a_reviewer(cast: Cast) -> None:
    """小单位借审核人：县办批准、出借机关在册、记入借用并计数；借来的人只审这一级。"""
    submission = submitted(cast)
    lent = reviewer(cast, "借来的", StageKind.SECRECY, StageKind.FIRST, agency=cast.office)
    with pytest.raises(ReviewRefused, match="不在出借审核人的机关之列"):
        lend(cast, submission, lent)
    set_lending(cast.office, lends=True, since=clock.today(), by=cast.li)
    with pytest.raises(RoleRefused, match="批准借用审核人由"):
        lend(cast, submission, lent, by=cast.chen)
    with pytest.raises(ReviewRefused, match="不担任“保密审查”"):
        lend(cast, submission, cast.wang)
    loan = lend(cast, submission, lent)
    assert list(waiting_for(standing_on(lent, clock.today()))) == [submission]
    approve(submission, lent)
    assert Verdict.objects.get().loan == loan
    assert list(loans_between(clock.today(), clock.today())) == [loan]
    with pytest.raises(ReviewRefused, match="一人不能签署两级"):
        approve(submission, lent)


def test_what_goes_out_in_haste_is_made_good_by_the_next_working_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """紧急发布：负责人批准，写理由，下一工作日前补审；逾期列出，补审签封后消失。"""
    at = clock.start_of(date(2024, 9, 30)) + timedelta(hours=9)
    monkeypatch.setattr(clock, "now", lambda: at)
    boss = reviewer(cast, "局长")
    _lead(cast, boss)
    edition = draft(cast, "暴雨红色预警")
    with pytest.raises(RoleRefused, match="批准紧急发布由"):
        grant_urgent_waiver(edition, reason="暴雨", by=cast.chen)
    with pytest.raises(WaiverRefused, match="紧急发布必须写明理由"):
        grant_urgent_waiver(edition, reason=" ", by=boss)
    waiver = grant_urgent_waiver(edition, reason="暴雨将至", by=boss)
    assert waiver.due == date(2024, 10, 8)
    assert list(overdue_waivers(date(2024, 10, 8))) == []
    assert list(overdue_waivers(date(2024, 10, 9))) == [waiver]
    rules = rules_on(clock.today())
    (waiting,) = told(todo(standing_on(boss, clock.today()), rules))
    assert (waiting.due, waiting.what) == (waiver.due, "紧急发布待补审：暴雨红色预警")
    assert list(drafts_of(standing_on(cast.chen, clock.today()))) == [edition]
    edition.refresh_from_db()
    Publication.objects.create(
        document=edition.document, edition=edition, published_at=at, seq=1, waiver=waiver
    )
    assert urgent_share(date(2024, 9, 30), date(2024, 9, 30)) == UrgentShare(1, 1)
    approve_through(submit_for_review(edition, by=cast.chen), make_panel(cast))
    assert list(not_made_good(Agency.objects.all())) == []


def test_the_share_of_nothing_is_no_share() -> None:
    """没有发布就没有比例，不写成零。"""
    assert (UrgentShare(0, 0).percent, UrgentShare(1, 4).percent) == (None, 25.0)


def test_authors_do_not_let_their_own_out_in_haste(cast: Cast) -> None:
    """不变量二：作者担任负责人，也不能批准自己的紧急发布；数据库同样拒绝。"""
    _lead(cast, cast.chen)
    with pytest.raises(WaiverRefused, match="不能是作者本人"):
        grant_urgent_waiver(draft(cast), reason="暴雨", by=cast.chen)


@pytest.mark.parametrize(("minutes", "found"), [(10, 1), (11, 0)])
def test_two_stages_from_one_device_are_asked_about(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, minutes: int, found: int
) -> None:
    """内部控制建议：十分钟内两级出自同一设备的列出核实；再久的、不同设备的不列。"""
    at = clock.now()
    panel, submission = make_panel(cast), submitted(cast)
    approve(submission, panel[StageKind.SECRECY], Signing("a" * 64))
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=minutes))
    approve(submission, panel[StageKind.FIRST], Signing("b" * 64))
    approve(submission, panel[StageKind.SECOND], Signing("a" * 64))
    pairs = list(same_device_submissions(Agency.objects.all(), clock.today()))
    assert len(pairs) == found
    if found:
        assert (pairs[0].first.stage, pairs[0].second.stage) == ("secrecy", "second")


def test_what_waits_for_whom(cast: Cast) -> None:
    """待办：轮到哪一级，只有担任那一级角色、没有签过也不是作者的人看到。"""
    panel, submission = make_panel(cast), submitted(cast)
    rules = rules_on(clock.today())

    def waits() -> list[str]:
        people = [*panel.values(), cast.chen, cast.sun]
        return [p.name for p in people if told(todo(standing_on(p, clock.today()), rules))]

    assert waits() == ["保密审查甲"]
    approve(submission, panel[StageKind.SECRECY])
    assert waits() == ["初审甲"]


def _lead(cast: Cast, person: Person) -> None:
    appoint(person, cast.grain, role=Role.LEADER, since=SINCE, by=cast.li)
