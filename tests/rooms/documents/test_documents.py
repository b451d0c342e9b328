"""A document is for ever the same; its text is bytes that cannot change once closed."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.audit import guards
from gongkai.audit.identity import new_uid
from gongkai.audit.models import Event
from gongkai.documents.actions import (
    Draft,
    close_edition,
    enter_documents,
    entering,
    open_draft,
)
from gongkai.documents.models import Disclosure, Document, Edition, Kind
from gongkai.documents.queries import altered_editions
from tests.rooms.cast import SEALED_AT, Cast, items


def test_canonical_bytes_are_what_was_written(cast: Cast) -> None:
    """不变量十一：版本的规范字节逐字可写出，哈希取自所存字节。"""
    edition = Edition.objects.get(pk=items(cast, "公告")[0].pk)
    written = (
        '{"attachments":[],"columns":[],"disclosure":"public","disclosure_reason":"",'
        f'"document":"{edition.document.uid}","fields":{{}},"format":3,"kind":"notice","n":1,'
        '"text":"<p>公告正文。</p>","title":"公告"}'
    ).encode()
    assert bytes(edition.canonical) == written
    assert edition.sha256 == hashlib.sha256(written).hexdigest()
    assert (edition.n, edition.title, edition.author_person, edition.closed_at) == (
        1,
        "公告",
        cast.chen,
        SEALED_AT,
    )


def test_index_numbers_run_on_without_a_gap(cast: Cast) -> None:
    """国办秘函〔2009〕6号：索引号为机关代码、年份、五位流水号，连续不缺。"""
    items(cast, "甲", "乙")
    items(cast, "丙")
    numbers = list(Document.objects.order_by("pk").values_list("index_no", flat=True))
    assert numbers == ["T00000003/2024-00001", "T00000003/2024-00002", "T00000003/2024-00003"]


def test_every_document_has_its_own_address(cast: Cast) -> None:
    """网址键八位，可在电话里念出，互不相同。"""
    items(cast, *(f"公告{n}" for n in range(40)))
    keys = list(Document.objects.values_list("url_key", flat=True))
    assert [key for key in keys if not re.fullmatch("[0-9a-hjkmnp-tv-z]{8}", key)] == []
    assert len(set(keys)) == 40


def test_a_key_somebody_has_is_drawn_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """不变量三：网址永远只指一件信息。抽到用过的键，或者一批里两件相同，重新抽，不出错。"""
    first = items(cast, "甲")[0].document
    drawn = [UUID(int=first.uid.int ^ (n << 100)) for n in (1, 2, 3)] + [new_uid()] * 2
    monkeypatch.setattr(entering, "new_uid", lambda: drawn.pop(0) if drawn else new_uid())
    items(cast, "乙", "丙")
    open_draft(cast.grain, Draft(Kind.NOTICE, "丁", "正文"), by=cast.chen)
    assert (drawn, len(set(Document.objects.values_list("url_key", flat=True)))) == ([], 4)


def test_finished_texts_keep_their_own_days(cast: Cast) -> None:
    """国办秘函〔2009〕6号：补录的每件信息有自己的生成日期，不是一批一个。"""
    days = [datetime(2024, month, 5, tzinfo=UTC) for month in (1, 7)]
    drafts = [Draft(Kind.NOTICE, title, "正文") for title in ("甲", "乙")]
    editions = enter_documents(drafts, agency=cast.grain, year=2024, closed_at=days, by=cast.chen)
    assert [edition.closed_at for edition in editions] == days


def test_one_event_tells_of_the_whole_batch(cast: Cast) -> None:
    """不变量八：一批文档一个事件，带各版本哈希之上的哈希。"""
    before = Event.objects.count()
    editions = items(cast, "甲", "乙")
    event = Event.objects.latest("pk")
    over = hashlib.sha256("".join(e.sha256 for e in editions).encode()).hexdigest()
    assert Event.objects.count() == before + 1
    assert (event.stream, event.kind, event.payload_text) == (
        cast.grain.code,
        "documents.entered",
        f'{{"count":2,"sha256":"{over}","year":2024}}',
    )


@pytest.mark.parametrize("disclosure", [Disclosure.ON_REQUEST, Disclosure.WITHHELD])
def test_what_is_withheld_says_why(disclosure: Disclosure, cast: Cast) -> None:
    """国办发〔2016〕80号：不公开须说明理由，数据库拒绝没有理由的，编号一并退回。"""

    def enter(reason: str) -> list[Edition]:
        draft = Draft(Kind.NOTICE, "内部通知", "正文", disclosure, disclosure_reason=reason)
        return enter_documents([draft], agency=cast.grain, year=2024, by=cast.chen)

    with pytest.raises(IntegrityError, match="document_withheld_with_reason"), transaction.atomic():
        enter("")
    assert Document.objects.count() == 0
    document = enter("条例第十六条第一款")[0].document
    assert (document.disclosure, document.disclosure_reason, document.index_no) == (
        disclosure,
        "条例第十六条第一款",
        "T00000003/2024-00001",
    )


def test_an_open_edition_can_be_written_until_it_is_closed(cast: Cast) -> None:
    """不变量一：封存之前可改，封存之后连标题也改不了、删不掉、启不开。"""
    edition = items(cast, "草稿", closed_at=None)[0]
    Edition.objects.filter(pk=edition.pk).update(title="改过的草稿")
    edition.refresh_from_db()
    close_edition(edition, by=cast.li)
    before = Edition.objects.filter(pk=edition.pk).values().get()
    for change in ({"title": "又改"}, {"closed_at": None}, {"canonical": b"{}"}):
        with pytest.raises(IntegrityError, match="封存的版本不可更改或删除"), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)
    with pytest.raises(IntegrityError, match="封存的版本不可更改或删除"), transaction.atomic():
        edition.delete()
    assert before["title"] == "改过的草稿"
    assert Edition.objects.filter(pk=before["id"]).values().get() == before


def test_altered_bytes_are_found(cast: Cast) -> None:
    """不变量八：绕过触发器改了字节，核对指出是哪一个版本。"""
    _, second = items(cast, "甲", "乙")
    connection.check_constraints()
    guards.drop_all(connection)
    assert list(altered_editions()) == []
    Edition.objects.filter(pk=second.pk).update(canonical=bytes(second.canonical) + b" ")
    assert list(altered_editions()) == [second]
