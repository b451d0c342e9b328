"""What is public stands on a seal or on a recorded waiver, never on neither, never on both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from gongkai.audit.models import Event
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.models import Disclosure, Edition, Kind
from gongkai.publication.actions import PublicationRefused, publish_imported
from gongkai.publication.models import Publication
from gongkai.publication.queries import published_between, waived
from gongkai.review.models import Waiver
from tests.rooms.cast import SEALED_AT, Cast, items
from tests.rooms.publication.approving import AT, publish, waive
from tests.rooms.review.panel import sealed


def test_an_imported_publication_stands_on_its_waiver(cast: Cast) -> None:
    """不变量一：补录的发布凭免审记录在线，列入“未经三审”清单，不隐瞒。"""
    (published,) = publish(cast, "公告")
    stored = Publication.objects.get()
    assert (stored, stored.edition.title, stored.published_at, stored.seq, stored.live) == (
        published,
        "公告",
        AT,
        1,
        True,
    )
    assert (stored.seal, stored.waiver, list(waived())) == (None, Waiver.objects.get(), [stored])
    event = Event.objects.latest("pk")
    assert (event.stream, event.kind, event.payload_text) == (
        cast.grain.code,
        "publications.imported",
        '{"count":1,"waiver":"imported"}',
    )


def test_a_publication_under_a_seal_is_not_among_the_waived(cast: Cast) -> None:
    """不变量一：有签封的发布不在免审之列。"""
    edition = items(cast, "公告")[0]
    Publication.objects.create(
        document=edition.document,
        edition=edition,
        published_at=AT,
        seq=1,
        seal=sealed(cast, edition),
    )
    assert list(waived()) == []


def test_an_open_edition_is_not_published(cast: Cast) -> None:
    """不变量一：未封存的版本不能发布；一批中有一件不合格，整批不写。"""
    good, open_ = items(cast, "公告")[0], items(cast, "草稿", closed_at=None)[0]
    waivers = waive(cast, [good, open_])
    before = Event.objects.count()
    with pytest.raises(PublicationRefused) as refused:
        publish_imported(waivers, at=[AT, AT], agency=cast.grain, by=cast.li)
    assert str(refused.value) == "《草稿》的版本尚未封存，不能发布；请先送审封存（不变量一）。"
    assert (Publication.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize("disclosure", [Disclosure.ON_REQUEST, Disclosure.WITHHELD])
def test_what_is_not_for_the_public_is_not_published(disclosure: Disclosure, cast: Cast) -> None:
    """国办发〔2016〕80号：公开属性不是主动公开的，不能发布。"""
    draft = Draft(Kind.NOTICE, "内部通知", "正文", disclosure, "条例第十六条")
    editions = enter_documents(
        [draft], agency=cast.grain, year=2024, closed_at=SEALED_AT, by=cast.chen
    )
    with pytest.raises(PublicationRefused) as refused:
        publish_imported(waive(cast, editions), at=[AT], agency=cast.grain, by=cast.li)
    said = f"《内部通知》的公开属性是“{disclosure.label}”，不能主动公开。"
    assert (str(refused.value), Publication.objects.count()) == (said, 0)


def test_every_publication_needs_its_own_instant(cast: Cast) -> None:
    """发布时间与发布一一对应，少一个即拒绝。"""
    waivers = waive(cast, items(cast, "甲", "乙"))
    with pytest.raises(ValueError, match="shorter"):
        publish_imported(waivers, at=[AT], agency=cast.grain, by=cast.li)
    assert Publication.objects.count() == 0


def refused_by(name: str, row: Mapping[str, object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Publication.objects.create(**row)


def test_the_database_refuses_neither_and_both(cast: Cast) -> None:
    """不变量一：既无签封又无免审、两者并有，数据库都拒绝。"""
    edition = items(cast, "公告")[0]
    row = {"document": edition.document, "edition": edition, "published_at": AT, "seq": 1}
    refused_by("publication_sealed_or_waived", row)
    seal, waiver = sealed(cast, edition), waive(cast, [edition])[0]
    refused_by("publication_sealed_or_waived", row | {"seal": seal, "waiver": waiver})
    assert Publication.objects.count() == 0
    Publication.objects.create(**row, seal=seal)
    assert Publication.objects.count() == 1


def test_one_edition_of_a_document_is_live(cast: Cast) -> None:
    """不变量三：一份文档同时只有一次发布在线；前一次结束后才有后一次，前一次仍在案。"""
    (first,) = publish(cast, "公告")
    edition = Edition.objects.create(
        document=first.document,
        n=2,
        title="公告（第二版）",
        canonical=b"{}",
        sha256="0" * 64,
        author_person=cast.chen,
        closed_at=SEALED_AT,
    )
    row = {
        "document": first.document,
        "edition": edition,
        "published_at": AT,
        "seal": sealed(cast, edition),
    }
    refused_by("publication_one_live|document_id.*live", row | {"seq": 2})
    refused_by("publication_live_or_ended", row | {"seq": 2, "live": False})
    Publication.objects.filter(pk=first.pk).update(live=None)
    refused_by("publication_numbered_once|document_id.*seq", row | {"seq": 1})
    Publication.objects.create(**row, seq=2)
    assert list(Publication.objects.order_by("seq").values_list("seq", "live")) == [
        (1, None),
        (2, True),
    ]


def test_what_a_publication_stands_on_cannot_be_removed(cast: Cast) -> None:
    """不变量三：已发布的文档、版本不能从它脚下抽走。"""
    (published,) = publish(cast, "公告")
    for row in (published.edition, published.document):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Publication.objects.get() == published


def test_a_document_counts_once_in_the_year_it_first_went_out(cast: Cast) -> None:
    """条例第五十条第一项、不变量十一：按北京时间的年界，只计首次发布，结束后仍计。"""
    eve = datetime(2023, 12, 31, 15, 59, 59, tzinfo=UTC)
    (old,) = publish(cast, "旧年最后一秒", at=eve)
    (new,) = publish(cast, "新年第一秒", at=datetime(2023, 12, 31, 16, 0, tzinfo=UTC))
    Publication.objects.filter(pk=new.pk).update(live=None)
    again = Publication.objects.filter(pk=old.pk)
    again.update(seq=1)
    assert list(published_between(date(2023, 1, 1), date(2023, 12, 31))) == [old]
    assert list(published_between(date(2024, 1, 1), date(2024, 12, 31))) == [new]
    again.update(seq=2)
    assert list(published_between(date(2023, 1, 1), date(2023, 12, 31))) == []
