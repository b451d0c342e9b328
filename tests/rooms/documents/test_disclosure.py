"""公开属性 with its reason; what is withheld is in a register and looked at again."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.documents.actions import (
    Draft,
    close_edition,
    next_edition,
    open_draft,
    reassess,
    set_disclosure,
)
from gongkai.documents.models import Disclosure, Document, Kind, Reassessment, Withholding
from gongkai.documents.queries import open_edition, withheld_due
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.todo import todo
from gongkai.publication.actions import publish_imported
from gongkai.review.actions import waive_as_imported
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SEALED_AT, Cast, items
from tests.rooms.documents.drafts import draft, withheld


@pytest.mark.parametrize(
    ("disclosure", "reason", "ground", "words"),
    [
        (Disclosure.ON_REQUEST, "", "", "须写明理由"),
        (Disclosure.WITHHELD, "内部", "", "请选择一项"),
        (Disclosure.WITHHELD, "内部", "ND9", "请选择一项"),
        (Disclosure.PUBLIC, "", "ND1", "不用选"),
    ],
)
def test_what_is_not_public_says_why(
    disclosure: Disclosure, reason: str, ground: str, words: str, cast: Cast
) -> None:
    """国办发〔2016〕80号、条例第十三条：不主动公开须有理由，不予公开只能依据法定的八种。"""
    kept = Draft(Kind.NOTICE, "通知", "", disclosure, disclosure_reason=reason)
    with pytest.raises(DocumentRefused, match=words):
        open_draft(cast.grain, kept, ground=ground, by=cast.chen)
    assert (Document.objects.count(), Withholding.objects.count()) == (0, 0)


def test_what_is_withheld_is_in_the_register(cast: Cast) -> None:
    """条例第十六条、第十八条：登记理由、决定人、起始日，满一年评估（参数 withheld.review）。"""
    entry = withheld(cast).document.withholdings.get()
    today = clock.today()
    assert (entry.ground, entry.decided_by, entry.since, entry.ended_on) == (
        "ND5",
        cast.chen,
        today,
        None,
    )
    assert entry.review_due.year == today.year + 1


def test_disclosure_is_part_of_what_is_approved(cast: Cast) -> None:
    """国办发〔2016〕80号：改属性就是改规范字节；封存之后不能单独改。"""
    edition = draft(cast)
    before = edition.sha256
    set_disclosure(edition.document, Disclosure.ON_REQUEST, reason="涉及第三方", by=cast.chen)
    edition.refresh_from_db()
    assert b'"disclosure":"on_request","disclosure_reason":"' in bytes(edition.canonical)
    assert edition.sha256 != before
    close_edition(edition, by=cast.chen)
    with pytest.raises(DocumentRefused, match="先另立新版本"):
        set_disclosure(edition.document, Disclosure.PUBLIC, by=cast.chen)


def test_what_is_live_keeps_its_disclosure(cast: Cast) -> None:
    """条例第十八条、不变量一：正在公开的不能改成不公开，先撤下；别的都没变。"""
    edition = items(cast, "公告")[0]
    waivers = waive_as_imported([edition], agency=cast.grain, reason="补录", by=cast.zhao)
    publish_imported(waivers, at=[SEALED_AT], agency=cast.grain, by=cast.zhao)
    following = next_edition(edition.document, by=cast.chen)
    before = following.sha256
    with pytest.raises(DocumentRefused, match="正在公开"):
        set_disclosure(
            edition.document, Disclosure.WITHHELD, reason="不宜公开", ground="ND5", by=cast.chen
        )
    following.refresh_from_db()
    stored = Document.objects.get(pk=edition.document.pk)
    assert (stored.disclosure, following.sha256, Withholding.objects.count()) == (
        "public",
        before,
        0,
    )


def test_looking_again_and_keeping_moves_the_day(cast: Cast) -> None:
    """条例第十八条：继续不予公开的，写明理由，一年后再看；同一页提交第二次被拒。"""
    entry = withheld(cast).document.withholdings.get()
    Withholding.objects.filter(pk=entry.pk).update(review_due=date(2024, 3, 1))
    entry.refresh_from_db()
    stale = Withholding.objects.get(pk=entry.pk)
    keep = Reassessment.Result.KEEP
    reassess(entry, result=keep, reason="情况没有变化", by=cast.chen)
    with pytest.raises(DocumentRefused, match="已由他人评估"):
        reassess(stale, result=keep, reason="再来一次", by=cast.chen)
    assert Withholding.objects.get(pk=entry.pk).review_due.year == clock.today().year + 1
    assert [(one.result, one.reason) for one in entry.reassessments.all()] == [
        ("keep", "情况没有变化")
    ]


def test_looking_again_and_publishing_opens_an_edition(cast: Cast) -> None:
    """条例第十八条：转为公开的，登记结束，另开一稿走审核，旧版不动。"""
    edition = withheld(cast)
    close_edition(edition, by=cast.chen)
    entry = edition.document.withholdings.get()
    with pytest.raises(RoleRefused):
        reassess(entry, result=Reassessment.Result.PUBLISH, reason="情况变化", by=cast.sun)
    reassess(entry, result=Reassessment.Result.PUBLISH, reason="情况变化", by=cast.chen)
    document = Document.objects.get(pk=edition.document.pk)
    following = open_edition(document)
    assert following is not None
    assert (document.disclosure, document.disclosure_reason, following.n) == ("public", "", 2)
    assert b'"disclosure":"public"' in bytes(following.canonical)
    assert Withholding.objects.get(pk=entry.pk).ended_on == clock.today()


def test_what_is_registered_is_reassessed_not_just_changed(cast: Cast) -> None:
    """条例第十八条：封存过的不予公开信息，改属性须先评估。"""
    edition = withheld(cast)
    close_edition(edition, by=cast.chen)
    next_edition(edition.document, by=cast.chen)
    with pytest.raises(DocumentRefused, match="先重新评估"):
        set_disclosure(edition.document, Disclosure.PUBLIC, by=cast.chen)


def test_the_due_list_and_the_desk_name_what_is_due(cast: Cast) -> None:
    """条例第十八条：到期的进清单和待办；没到期的、别的机关的人都不见。"""
    entry = withheld(cast).document.withholdings.get()
    today = clock.today()
    rules = rules_on(today)

    def waiting(person: object) -> list[str]:
        standing = standing_on(cast.chen if person == cast.chen else cast.sun, today)
        return [one.act for one in told(todo(standing, rules)) if one.act == "重新评估"]

    assert (list(withheld_due(today)), waiting(cast.chen)) == ([], [])
    Withholding.objects.filter(pk=entry.pk).update(review_due=today)
    assert (list(withheld_due(today)), waiting(cast.chen), waiting(cast.sun)) == (
        [entry],
        ["重新评估"],
        [],
    )
