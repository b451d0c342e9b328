"""Eleven ways by which a text reached the public elsewhere without three people having read it.

Each was tried on a common publishing system; each is tried here on ours, through the actions or, where
an administrator would go round them, on the database itself.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gongkai.agencies.actions import appoint, end_membership
from gongkai.agencies.models import Membership, Role
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.documents.actions import next_edition
from gongkai.documents.models import Edition
from gongkai.publication.models import Publication
from gongkai.review.actions import ReviewRefused, approve_stage, reject_stage, submit_for_review
from gongkai.review.models import Seal, StageKind, State, Verdict, Word
from gongkai.review.queries import next_stage
from gongkai.review.rules import ROLE_OF
from tests.rooms.cast import SINCE, Cast, administrator
from tests.rooms.portal.scene import account
from tests.rooms.portal.static_root import make_static_root
from tests.rooms.review.panel import (
    IN_ORDER,
    PROVED,
    approve,
    approve_through,
    draft,
    make_panel,
    reviewer,
    submitted,
)

AT = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def publication(edition: Edition, **stands_on: Any) -> Publication:
    return Publication(
        document=edition.document, edition=edition, published_at=AT, seq=1, **stands_on
    )


def refused_by_the_database(row: Any, match: str) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        row.save(force_insert=True)


def test_probe_1_the_last_approval_is_never_lost(cast: Cast) -> None:
    """探针一：终审人没有发布权时，最后一次通过曾经无声地丢掉；这里四级通过即签封，各级意见都在案。"""
    submission = approve_through(submitted(cast), make_panel(cast))
    said = Verdict.objects.order_by("pk").values_list("stage", "verdict", "edition_sha256")
    sha256 = submission.edition.sha256
    assert list(said) == [(kind.value, "approve", sha256) for kind in IN_ORDER]
    assert (submission.state, Seal.objects.get().sha256) == (State.SEALED, sha256)


def test_probe_2_every_step_is_in_the_log(cast: Cast) -> None:
    """探针二：送审、各级通过、签封依次在审计链上，签封与最后一次通过在同一事务。"""
    submission = approve_through(submitted(cast), make_panel(cast))
    kinds = Event.objects.filter(subject=f"submission:{submission.uid}").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "review.submitted",
        *["review.approved"] * 4,
    ]
    assert '"sealed":true' in str(kinds.last() and kinds.latest("pk").payload_text)


def test_probe_3_the_author_in_every_group_passes_no_stage(cast: Cast) -> None:
    """探针三、不变量二：作者担任全部审核角色，一级也过不了；绕过程序，数据库也拒绝。"""
    for kind in IN_ORDER:
        appoint(cast.chen, cast.grain, role=ROLE_OF[kind], since=SINCE, by=cast.li)
    submission = submitted(cast)
    with pytest.raises(ReviewRefused, match="作者本人不能审核自己的稿件"):
        approve(submission, cast.chen)
    refused_by_the_database(forged(submission, cast.chen, StageKind.SECRECY), "not_by_the_author")
    assert (Verdict.objects.count(), submission.state) == (0, State.OPEN)


def test_probe_3_one_person_passes_one_stage(cast: Cast) -> None:
    """探针三、不变量二：一人担任全部审核角色，只能签署一级，第二级由程序和数据库先后拒绝。"""
    everything = reviewer(cast, "全能", *IN_ORDER)
    submission = submitted(cast)
    approve(submission, everything)
    with pytest.raises(ReviewRefused, match="您已在保密审查签署过这一版：一人不能签署两级"):
        approve(submission, everything)
    row = forged(submission, everything, StageKind.FIRST)
    refused_by_the_database(row, "verdict_one_stage_a_person|approver_person_id")
    assert Verdict.objects.count() == 1


def test_probe_4_a_reviewer_cannot_edit_at_the_last_stage(cast: Cast) -> None:
    """探针四、不变量一：到终审时谁也改不动文本，触发器拒绝；签封的是各级看过的同一字节。"""
    panel, submission = make_panel(cast), submitted(cast)
    approve_through(submission, panel, *IN_ORDER[:3])
    before = bytes(submission.edition.canonical)
    with pytest.raises(IntegrityError, match="封存的版本不可更改"), transaction.atomic():
        Edition.objects.filter(pk=submission.edition_id).update(canonical=b"{}")
    approve(submission, panel[StageKind.FINAL])
    assert bytes(Edition.objects.get(pk=submission.edition_id).canonical) == before


def test_probe_5_a_verdict_is_about_the_bytes_read(cast: Cast) -> None:
    """探针五、不变量一：签署的哈希不是送审的字节，程序不收；写进数据库也被触发器拒绝。"""
    panel, submission = make_panel(cast), submitted(cast)
    first = panel[StageKind.SECRECY]
    with pytest.raises(ReviewRefused, match="不是同一字节"):
        approve_stage(submission, StageKind.SECRECY, sha256="0" * 64, signing=PROVED, by=first)
    row = forged(submission, first, StageKind.SECRECY)
    row.edition_sha256 = "0" * 64
    refused_by_the_database(row, "必须针对正在送审的版本的字节")
    assert Verdict.objects.count() == 0


def test_probe_6_the_live_text_stays_while_another_is_written(cast: Cast) -> None:
    """探针六：已发布的一版改不动；新的一版没有签封，发布不了，在线的还是原来的。"""
    submission = approve_through(submitted(cast), make_panel(cast))
    live = publication(submission.edition, seal=Seal.objects.get())
    live.save()
    newer = next_edition(submission.document, by=cast.chen)
    refused_by_the_database(publication(newer), "sealed_or_waived|必须是签封或免审所指")
    with pytest.raises(IntegrityError, match="必须是签封或免审所指"), transaction.atomic():
        Publication.objects.filter(pk=live.pk).update(edition=newer)
    assert Publication.objects.get(live=True).edition == submission.edition


@pytest.mark.parametrize("approved", [0, 1, 2, 3])
def test_probe_7_nothing_is_sealed_before_the_last_stage(cast: Cast, approved: int) -> None:
    """探针七、不变量一：还差一级，就不能签封，也就不能发布；数据库拒绝。"""
    panel, submission = make_panel(cast), submitted(cast)
    for kind in IN_ORDER[:approved]:
        approve(submission, panel[kind])
    refused_by_the_database(seal_over(submission.edition), "没有对同一字节的全部审核通过意见")
    later = IN_ORDER[-1]
    if approved < 3:
        with pytest.raises(ReviewRefused, match="现在轮到"):
            approve_stage(
                submission,
                later,
                sha256=submission.edition.sha256,
                signing=PROVED,
                by=panel[later],
            )
    assert Seal.objects.count() == 0


def test_probe_8_what_was_never_submitted_is_not_published(cast: Cast) -> None:
    """探针八、不变量一：没有送审的稿件，既不能签封，也不能发布。"""
    edition = draft(cast)
    refused_by_the_database(publication(edition), "sealed_or_waived|必须是签封或免审")
    refused_by_the_database(seal_over(edition), "不能签封")
    assert (Publication.objects.count(), Seal.objects.count()) == (0, 0)


def test_probe_8_a_seal_lets_out_its_own_edition_only(cast: Cast) -> None:
    """探针八、不变量一：拿甲的签封发布乙，或者发布甲的另一版，数据库拒绝。"""
    seal = approve_through(submitted(cast, "甲"), make_panel(cast)).edition.seal
    other = draft(cast, "乙")
    for edition in (other, next_edition(seal.edition.document, by=cast.chen)):
        Edition.objects.filter(pk=edition.pk).update(closed_at=AT)
        refused_by_the_database(publication(edition, seal=seal), "必须是签封或免审所指的那一个版本")
    assert Publication.objects.count() == 0


@pytest.mark.parametrize("seat", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR])
def test_probe_9_no_administrator_publishes(cast: Cast, seat: Role) -> None:
    """探针九：系统里没有超级用户；管理员看不到稿件，不能签署，直接写库也写不成签封。"""
    person, submission = administrator(cast, seat), submitted(cast)
    with pytest.raises(RoleRefused, match="您今天不担任这一角色"):
        approve(submission, person)
    client = Client()
    client.force_login(account(person, f"a{person.pk}"))
    assert client.get(f"/desk/review/{submission.uid}/").status_code == 404
    refused_by_the_database(seal_over(submission.edition), "不能签封")
    assert (Verdict.objects.count(), Seal.objects.count()) == (0, 0)


def test_probe_10_after_a_rejection_every_stage_reads_anew(cast: Cast) -> None:
    """探针十：复审退回后，改好的一版从第一级重新审，前一版的通过不算数。"""
    panel, submission = make_panel(cast), submitted(cast)
    approve_through(submission, panel, *IN_ORDER[:2])
    reject_stage(
        submission,
        StageKind.SECOND,
        sha256=submission.edition.sha256,
        reason="数字有误",
        signing=PROVED,
        by=panel[StageKind.SECOND],
    )
    again = submit_for_review(next_edition(submission.document, by=cast.chen), by=cast.chen)
    assert (next_stage(again), again.passed) == (StageKind.SECRECY, 0)
    with pytest.raises(ReviewRefused, match="已经送审过（已退回）"):
        submit_for_review(submission.edition, by=cast.chen)
    refused_by_the_database(seal_over(again.edition), "不能签封")


def test_probe_11_another_agencys_drafts_do_not_exist(cast: Cast) -> None:
    """探针十一、不变量四：外单位的审核人看不到这件，列表里没有，每个地址都答 404。"""
    submission, stranger = submitted(cast, "粮食局稿件甲"), make_panel(cast, cast.lakes)
    with pytest.raises(RoleRefused):
        approve(submission, stranger[StageKind.SECRECY])
    client = Client()
    client.force_login(account(stranger[StageKind.SECRECY], "stranger"))
    pages = [f"/desk/review/{submission.uid}/{rest}" for rest in ("", "verdict/", "loan/")]
    edition = submission.edition.uid
    pages += [f"/desk/review/edition/{edition}/{rest}/" for rest in ("submit", "urgent")]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert "粮食局稿件甲" not in client.get("/desk/review/").content.decode()
    inside = Client()
    inside.force_login(account(cast.chen, "inside"))
    assert "粮食局稿件甲" in inside.get("/desk/review/").content.decode()


def test_a_role_lost_on_the_way_signs_nothing_more(cast: Cast) -> None:
    """谁审核谁负责：中途免职的不能再签，已签署的各级意见仍然有效。"""
    panel, submission = make_panel(cast), submitted(cast)
    approve(submission, panel[StageKind.SECRECY])
    for kind in (StageKind.SECRECY, StageKind.FIRST):
        held = Membership.objects.get(person=panel[kind])
        end_membership(held, on=clock.today(), by=cast.li)
    with pytest.raises(RoleRefused, match="已经签署的各级意见仍然有效"):
        approve(submission, panel[StageKind.FIRST])
    approve(submission, reviewer(cast, "接任", StageKind.FIRST))
    assert submission.passed == 2


def forged(submission: Any, person: Any, stage: StageKind) -> Verdict:
    """What somebody with the database in hand would write."""
    return Verdict(
        submission=submission,
        edition=submission.edition,
        stage=stage,
        verdict=Word.APPROVE,
        reviewer_person=person,
        author_person=submission.edition.author_person,
        approver_person=person,
        approved_stage=stage,
        edition_sha256=submission.edition.sha256,
        at=AT,
    )


def seal_over(edition: Edition) -> Seal:
    return Seal(edition=edition, sha256=edition.sha256, stages=4, sealed_at=AT)
