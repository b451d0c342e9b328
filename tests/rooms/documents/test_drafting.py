"""From the first line of a document to its closed text and its next edition."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import AgencyEnding, Role
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit.models import Event
from gongkai.documents.actions import (
    Draft,
    close_edition,
    discard_draft,
    next_edition,
    open_draft,
    save_draft,
)
from gongkai.documents.canonical import Content
from gongkai.documents.models import Document, Edition, Kind
from gongkai.documents.queries import altered_editions, last_closed, open_edition, shortcomings
from gongkai.documents.refusal import DocumentRefused, DraftOvertaken
from tests.rooms.cast import SINCE, Cast
from tests.rooms.documents.drafts import attach, draft, save


def second_editor(cast: Cast) -> Cast:
    """Let 王 draft for the grain bureau too."""
    appoint(cast.wang, cast.grain, role=Role.OPENNESS_OFFICER, since=SINCE, by=cast.li)
    return cast


def test_a_draft_takes_a_number_and_is_held_by_its_writer(cast: Cast) -> None:
    """国办秘函〔2009〕6号、国办发〔2016〕80号：起草即取索引号、定公开属性；事件在最后，带哈希。"""
    edition = draft(cast)
    document = edition.document
    event = Event.objects.latest("pk")
    assert (document.agency, document.kind, document.disclosure, edition.n, edition.revision) == (
        cast.grain,
        Kind.NOTICE,
        "public",
        1,
        1,
    )
    assert (document.index_no, document.year) == (
        f"T00000003/{document.year}-00001",
        edition.saved_at.year,
    )
    assert edition.lock.person == cast.chen
    assert (event.kind, event.stream, event.subject, event.payload_text) == (
        "document.opened",
        "T00000003",
        f"document:{document.uid}",
        f'{{"disclosure":"public","ground":"","kind":"notice","sha256":"{edition.sha256}"}}',
    )


@pytest.mark.parametrize("who", ["sun", "zhao", "wang"])
def test_only_the_agencys_own_officers_draft(who: str, cast: Cast) -> None:
    """谁起草谁负责：外局的信息员、县办的负责人和承办都不能以粮食局名义起草，号也不取。"""
    with pytest.raises(RoleRefused, match="信息员"):
        open_draft(cast.grain, Draft(Kind.NEWS, "消息", ""), by=getattr(cast, who))
    assert Document.objects.count() == 0


def test_saving_keeps_text_fields_and_hash(cast: Cast) -> None:
    """不变量十一：保存的正文、栏目都在规范字节里；版次不变，保存次数加一。"""
    edition = draft(cast, "关于补贴的公示", Kind.PUBLICITY)
    typed = {"from_on": "2024-03-01", "to_on": "2024-03-07", "objection": "打电话\n或写信"}
    saved = save_draft(
        edition, title="公示", text="第一段\n\n第二段", fields=typed, expecting=1, by=cast.chen
    )
    stored = Edition.objects.get(pk=saved.pk)
    assert (stored.title, stored.n, stored.revision, stored.saved_by) == ("公示", 1, 2, cast.chen)
    assert stored.content == Content("公示", "<p>第一段</p>\n<p>第二段</p>", typed)
    assert list(altered_editions()) == []


def test_the_second_of_two_editors_is_told_who_and_when(cast: Cast) -> None:
    """两人各从第一稿改起：先保存的算数，后保存的得知是谁、何时，先前的稿子原样。"""
    edition = draft(cast)
    save(edition, "先保存的", expecting=1, by=cast.chen)
    stale = Edition.objects.get(pk=edition.pk)
    with pytest.raises(DraftOvertaken, match=r"信息员小陈已于 .* 保存了另一稿") as told:
        save(stale, "后保存的", expecting=1, by=cast.chen)
    stored = Edition.objects.get(pk=edition.pk)
    assert stored.saved_at.astimezone().strftime("%Y-%m-%d") in str(told.value)
    assert (stored.content.text, stored.revision) == ("<p>先保存的</p>", 2)


def test_who_is_not_at_the_draft_cannot_save_over_it(cast: Cast) -> None:
    """小陈正在编辑，王不能盖掉；话里说出是谁。"""
    edition = draft(second_editor(cast))
    with pytest.raises(DraftOvertaken, match="信息员小陈从"):
        save(edition, "王的稿子", expecting=1, by=cast.wang)
    assert Edition.objects.get(pk=edition.pk).revision == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_on": "三月一日"}, "“公示开始”请按 2024-03-01 的样子写。"),
        (
            {"from_on": "2024-03-07", "to_on": "2024-03-01"},
            "“公示结束”不能早于“公示开始”，请核对两个日期。",
        ),
    ],
)
def test_a_wrong_field_is_refused_in_words(
    typed: dict[str, str], sentence: str, cast: Cast
) -> None:
    """栏目写错的不保存，并说出该怎样写。"""
    edition = draft(cast, kind=Kind.PUBLICITY)
    with pytest.raises(DocumentRefused) as refused:
        save_draft(edition, title="公示", text="", fields=typed, expecting=1, by=cast.chen)
    assert str(refused.value) == sentence


def test_what_its_kind_needs_is_asked_for_before_closing(cast: Cast) -> None:
    """办事指南缺一项要素不能封存（国办秘函〔2019〕19号）；补齐八项就能。"""
    edition = draft(cast, "粮食收购许可办事指南", Kind.SERVICE_GUIDE)
    names = (
        *("item_name", "legal_basis", "conditions", "materials"),
        *("place", "hours", "telephone", "procedure"),
    )
    seven = dict.fromkeys(names[:-1], "示例")
    save_draft(edition, title="指南", text="正文", fields=seven, expecting=1, by=cast.chen)
    assert shortcomings(edition) == ["还没有填“办理流程”（国办秘函〔2019〕19号）。"]
    with pytest.raises(DocumentRefused, match="办理流程"):
        close_edition(edition, by=cast.chen)
    eight = dict.fromkeys(names, "示例")
    save_draft(edition, title="指南", text="正文", fields=eight, expecting=2, by=cast.chen)
    assert close_edition(edition, expecting=3, by=cast.chen).closed_at is not None


def test_a_text_that_changed_since_is_not_closed(cast: Cast) -> None:
    """不变量一：送审的人看的是第一稿，别人已经另存，不能封存没看过的。"""
    edition = draft(cast)
    save(edition, "另存的", expecting=1, by=cast.chen)
    with pytest.raises(DraftOvertaken):
        close_edition(Edition.objects.get(pk=edition.pk), expecting=1, by=cast.chen)
    assert open_edition(edition.document) == edition


def test_the_next_edition_says_what_the_last_one_said(cast: Cast) -> None:
    """封存后另立新版本：文字和附件照抄，版次加一，旧版一个字节不动。"""
    edition = draft(cast)
    attach(edition, cast.chen)
    close_edition(edition, by=cast.chen)
    old = bytes(Edition.objects.get(pk=edition.pk).canonical)
    following = next_edition(edition.document, by=cast.chen)
    assert (following.n, following.content) == (2, edition.content)
    assert [one.sha256 for one in following.content.attachments] == [
        one.blob.sha256 for one in following.attachments.all()
    ]
    assert bytes(Edition.objects.get(pk=edition.pk).canonical) == old != bytes(following.canonical)
    assert last_closed(edition.document) == edition


def test_there_is_one_open_edition_at_a_time(cast: Cast) -> None:
    """同时只能有一稿：动作用中文拒绝，数据库的唯一约束也拒绝。"""
    edition = draft(cast)
    with pytest.raises(DocumentRefused, match="还没有封存过的版本"):
        next_edition(edition.document, by=cast.chen)
    close_edition(edition, by=cast.chen)
    next_edition(edition.document, by=cast.chen)
    with pytest.raises(DocumentRefused, match="同时只能有一稿"):
        next_edition(edition.document, by=cast.chen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            document=edition.document,
            n=9,
            title="另一稿",
            canonical=b"{}",
            sha256="0" * 64,
            author_person=cast.chen,
        )
    assert edition.document.editions.count() == 2


def test_a_discarded_draft_stays_as_a_record(cast: Cast) -> None:
    """不变量三：作废须有理由，行和索引号都在，不能再改，也不算缺号。"""
    edition = draft(cast)
    with pytest.raises(DocumentRefused, match="须写明理由"):
        discard_draft(edition, reason=" ", by=cast.chen)
    discard_draft(edition, reason="与另一件重复", by=cast.chen)
    with pytest.raises(DocumentRefused, match="已经作废"):
        save(edition, "再写", expecting=1, by=cast.chen)
    stored = Edition.objects.get(pk=edition.pk)
    event = Event.objects.latest("pk")
    assert (stored.discarded_at is not None, open_edition(edition.document)) == (True, None)
    assert (event.kind, event.payload_text) == (
        "draft.discarded",
        '{"n":1,"reason":"与另一件重复"}',
    )


def test_a_dissolved_agency_begins_nothing(cast: Cast) -> None:
    """已撤销的机关不再起草；承接机关的人也不能以它的名义新开一件。"""
    AgencyEnding.objects.create(agency=cast.grain, on=date(2024, 1, 1), basis="示例批复")
    with pytest.raises(DocumentRefused, match="已经撤销"):
        draft(cast)


def test_an_empty_title_and_a_huge_text_are_refused(cast: Cast) -> None:
    """空标题、过长正文：说出为什么，什么也没存。"""
    edition = draft(cast)
    for title, text, words in (
        (" ", "正文", "标题不能为空"),
        ("题", "长" * 400_001, "正文有 400001 个字"),
    ):
        with pytest.raises(DocumentRefused, match=words):
            save_draft(edition, title=title, text=text, fields={}, expecting=1, by=cast.chen)
    assert Edition.objects.get(pk=edition.pk).revision == 1
