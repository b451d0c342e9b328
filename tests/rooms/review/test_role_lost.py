"""A reviewer who loses the role in the middle of a chain: what was said stays said, what is said afterwards is refused."""

from __future__ import annotations

import pytest

from gongkai.agencies.actions.reorganising import carry_out
from gongkai.agencies.models import Membership
from gongkai.agencies.queries import standing_on, visible_to
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.reorganisation import Change, ChangeKind, plan_of
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.people.models import Person
from gongkai.publication.actions import publish_edition
from gongkai.review.actions import lend_reviewer, set_lending
from gongkai.review.models import Seal, StageKind, State, Submission
from gongkai.review.queries import able_to_judge, standing_still
from gongkai.review.rules import LENDERS
from gongkai.review.todo import todo
from gongkai.rulebook.queries import rules_on
from tests.rooms.agencies.county import BASIS, REFORM
from tests.rooms.cast import Cast
from tests.rooms.publication.test_desk import signed_in
from tests.rooms.review.panel import approve, approve_through, make_panel, reviewer, submitted


def leaves(person: Person) -> None:
    """End every role of *person* today."""
    Membership.objects.filter(person=person, ended=None).update(ended=clock.today())


def still(cast: Cast) -> list[tuple[Submission, StageKind]]:
    """Return what the county office is told that nobody can judge."""
    return standing_still(visible_to(standing_on(cast.li, clock.today())), clock.today())


def stuck_of(person: Person) -> list[tuple[str, object]]:
    """Return what the to-do of *person* says that nobody can judge, and where it leads."""
    today = clock.today()
    found = told(todo(standing_on(person, today), rules_on(today)))
    return [(one.what, one.page) for one in found if one.what.startswith("没有人能做")]


def test_what_was_signed_in_office_holds_and_nothing_is_signed_after(cast: Cast) -> None:
    """谁审核谁负责：在任时签的意见有效，离任后签的拒绝；没有人能接着审的，页面和待办说明怎么办，借人续审；签封之后离任不影响发布。"""
    panel, submission = make_panel(cast), submitted(cast, "清淤通知")
    chen, address = signed_in(cast.chen), f"/desk/review/{submission.uid}/"
    approve_through(submission, panel, StageKind.SECRECY, StageKind.FIRST)
    leaves(panel[StageKind.FIRST])
    assert still(cast) == []
    assert "可以办理的：复审甲" in chen.get(address).text
    leaves(panel[StageKind.SECOND])
    with pytest.raises(RoleRefused, match=r"您今天不担任这一角色.*各级意见仍然有效"):
        approve(submission, panel[StageKind.SECOND])
    assert still(cast) == [(submission, StageKind.SECOND)]
    assert "复审：清淤通知</a>" in signed_in(cast.li).get("/desk/review/").text
    assert stuck_of(cast.li) == [
        ("没有人能做复审：清淤通知", ("review-submission", submission.uid))
    ]
    assert stuck_of(cast.chen) == []
    told = chen.get(address).text
    assert "可以办理的" not in told
    assert "今天没有人能做复审" in told
    assert f"由{LENDERS}批准借用审核人" in told
    set_lending(cast.office, lends=True, since=clock.today(), by=cast.li)
    lent = reviewer(cast, "借来的", StageKind.SECOND, agency=cast.office)
    lend_reviewer(
        submission,
        StageKind.SECOND,
        reviewer=lent,
        lender=cast.office,
        reason="复审人离任",
        by=cast.li,
    )
    assert (still(cast), stuck_of(cast.li)) == ([], [])
    approve(submission, lent)
    approve(submission, panel[StageKind.FINAL])
    for person in (*panel.values(), lent):
        leaves(person)
    seal = Seal.objects.get(edition=submission.edition)
    assert (submission.state, seal.stages) == (State.SEALED, 4)
    submission.edition.refresh_from_db()
    assert publish_edition(submission.edition, by=cast.chen).seal == seal


def test_who_is_lent_and_loses_the_role_signs_nothing(cast: Cast) -> None:
    """借用以在出借机关的任职为准：离任的不能再签，又算没有人可办。"""
    submission = submitted(cast)
    set_lending(cast.office, lends=True, since=clock.today(), by=cast.li)
    lent = reviewer(cast, "借来的", StageKind.SECRECY, agency=cast.office)
    lend_reviewer(
        submission,
        StageKind.SECRECY,
        reviewer=lent,
        lender=cast.office,
        reason="本局只有一人",
        by=cast.li,
    )
    assert able_to_judge(submission, StageKind.SECRECY, clock.today()) == [lent]
    leaves(lent)
    with pytest.raises(RoleRefused, match="您今天不担任这一角色"):
        approve(submission, lent)
    assert still(cast) == [(submission, StageKind.SECRECY)]


def test_the_heirs_reviewers_go_on(cast: Cast) -> None:
    """机构改革：原机关撤销，角色随之结束，由承接机关的审核人续审；签过一级的仍不能签第二级，只剩这样的人就算没有人能审。"""
    submission = submitted(cast)
    secrecy = reviewer(cast, "保密", StageKind.SECRECY, StageKind.FIRST)
    approve(submission, secrecy)
    assert still(cast) == [(submission, StageKind.FIRST)]
    heir = reviewer(cast, "承接", StageKind.FIRST, agency=cast.lakes)
    assert still(cast) == [(submission, StageKind.FIRST)]
    change = Change(ChangeKind.MERGE, (cast.grain,), ((cast.lakes, "全部"),), REFORM, BASIS)
    carry_out(change, seen=plan_of(change).sha256, by=cast.li)
    assert able_to_judge(submission, StageKind.FIRST, clock.today()) == [heir]
    assert still(cast) == []
    approve(submission, heir)
