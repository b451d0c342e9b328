"""Who is writing a draft; taking it over is told to the other and kept in the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from gongkai.audit.models import Event
from gongkai.documents.actions import begin_editing, take_over
from gongkai.documents.models import DraftLock
from gongkai.documents.queries import lock_of
from gongkai.documents.refusal import DocumentRefused, DraftOvertaken
from gongkai.inbox.models import Notification
from tests.rooms.cast import Cast
from tests.rooms.documents.drafts import draft, save
from tests.rooms.documents.test_drafting import second_editor


def test_a_held_draft_is_not_begun_by_another(cast: Cast) -> None:
    """有人在写：第二个人被告知是谁，从几点起。"""
    edition = draft(second_editor(cast))
    with pytest.raises(DraftOvertaken, match=r"信息员小陈从 .* 起正在编辑"):
        begin_editing(edition, by=cast.wang)
    assert DraftLock.objects.get().person == cast.chen


def test_a_lock_that_ran_out_holds_nobody_up(cast: Cast) -> None:
    """过了规定的分钟数没有保存，别人可以接着写，不必理由。"""
    edition = draft(second_editor(cast))
    lapsed = timedelta(minutes=settings.DRAFT_LOCK_MINUTES, seconds=1)
    lock = DraftLock.objects.get()
    DraftLock.objects.update(refreshed_at=lock.refreshed_at - lapsed)
    assert lock_of(edition) is None
    begin_editing(edition, by=cast.wang)
    save(edition, "王接着写", expecting=1, by=cast.wang)
    held = lock_of(edition)
    assert held is not None
    assert (held.person, Event.objects.latest("pk").actor_name) == (cast.wang, "复审王")


def test_taking_over_needs_a_reason_and_is_told(cast: Cast) -> None:
    """接过编辑：没有理由不行；有理由的记入日志，对方收到消息，原来的人再保存被拒。"""
    edition = draft(second_editor(cast))
    with pytest.raises(DocumentRefused, match="须写明理由"):
        take_over(edition, reason=" ", by=cast.wang)
    take_over(edition, reason="小陈出差，今天要发", by=cast.wang)
    event = Event.objects.filter(kind="draft.taken_over").get()
    assert event.payload_text == (
        f'{{"from":"{cast.chen.uid}","n":1,"reason":"小陈出差，今天要发"}}'
    )
    assert [note.person for note in Notification.objects.filter(kind="draft.taken_over")] == [
        cast.chen
    ]
    with pytest.raises(DraftOvertaken, match="复审王从"):
        save(edition, "小陈还在写", expecting=1, by=cast.chen)
