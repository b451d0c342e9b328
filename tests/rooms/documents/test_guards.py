"""What the database itself refuses in this room, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from gongkai.audit import guards
from gongkai.documents.actions import close_edition, discard_draft
from gongkai.documents.models import Attachment, Blob, Document, Edition, Kind
from gongkai.publication.actions import publish_imported
from gongkai.review.actions import waive_as_imported
from tests.rooms.cast import SEALED_AT, Cast, items
from tests.rooms.documents.drafts import attach, draft

_FILES = "封存版本的附件不可增加、更改或取下"


def test_files_of_a_closed_edition_cannot_be_touched(cast: Cast) -> None:
    """不变量一：绕过动作直接写库，封存版本的附件增、改、移走都被触发器拒绝；没封存的可以。"""
    edition = draft(cast)
    attachment = attach(edition, cast.chen)
    other = attach(draft(cast, "另一件"), cast.chen, "丙.pdf")
    Attachment.objects.filter(pk=attachment.pk).update(label="改过的说明")
    close_edition(edition, by=cast.chen)
    blob = Blob.objects.create(sha256="1" * 64, size=1, kind="application/pdf")
    added = Attachment(
        edition=edition, blob=blob, name="乙.pdf", role="attachment", label="乙", order=9
    )
    with pytest.raises(IntegrityError, match=_FILES), transaction.atomic():
        added.save()
    for change in ({"label": "又改"}, {"edition": other.edition, "order": 5}):
        with pytest.raises(IntegrityError, match=_FILES), transaction.atomic():
            Attachment.objects.filter(pk=attachment.pk).update(**change)
    with pytest.raises(IntegrityError, match=_FILES), transaction.atomic():
        Attachment.objects.filter(pk=other.pk).update(edition=edition, order=5)
    assert list(edition.attachments.values_list("label", flat=True)) == ["改过的说明"]


def test_drafts_are_not_deleted_and_discarded_ones_stay(cast: Cast) -> None:
    """不变量三：草稿删不掉；作废的也改不动、删不掉。"""
    edition = draft(cast)
    edition.lock.delete()
    with pytest.raises(IntegrityError, match="草稿不可删除"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()
    discard_draft(edition, reason="重复", by=cast.chen)
    with pytest.raises(IntegrityError, match="作废的草稿留作记录"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(title="改")
    with pytest.raises(IntegrityError, match="作废的草稿留作记录"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()
    assert Edition.objects.get(pk=edition.pk).title == "关于开仓的通知"


def test_the_kind_of_a_closed_document_stays(cast: Cast) -> None:
    """不变量一：没封存过的可以改种类，封存过的不行。"""
    edition = draft(cast)
    mine = Document.objects.filter(pk=edition.document.pk)
    mine.update(kind=Kind.NEWS)
    close_edition(edition, by=cast.chen)
    with pytest.raises(IntegrityError, match="不能改变种类"), transaction.atomic():
        mine.update(kind=Kind.MEETING)
    mine.update(art20=15)
    assert mine.values_list("kind", "art20").get() == ("news", 15)


def test_the_disclosure_of_what_is_live_stays(cast: Cast) -> None:
    """条例第十八条、不变量一：在线的改不动公开属性，撤下之后可以。"""
    edition = items(cast, "公告")[0]
    waivers = waive_as_imported([edition], agency=cast.grain, reason="补录", by=cast.zhao)
    (publication,) = publish_imported(waivers, at=[SEALED_AT], agency=cast.grain, by=cast.zhao)
    mine = Document.objects.filter(pk=edition.document.pk)
    with pytest.raises(IntegrityError, match="不能改变公开属性"), transaction.atomic():
        mine.update(disclosure="withheld", disclosure_reason="内部")
    publication.live = None
    publication.save()
    mine.update(disclosure="withheld", disclosure_reason="内部")
    assert mine.get().disclosure == "withheld"


@pytest.mark.django_db(transaction=True)
def test_a_table_that_others_triggers_read_can_be_rebuilt() -> None:
    """迁移可以重建被别表触发器读到的表（SQLite 改名时会检查触发器），迁移后触发器一个不少。"""
    old, new = (_title(length) for length in (300, 310))
    guards.lift_for_migration(connection)
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Edition, old, new)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Edition, new, old)
        call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


def _title(length: int) -> models.Field[str, str]:
    field: models.Field[str, str] = models.CharField("标题", max_length=length)
    field.set_attributes_from_name("title")
    field.model = Edition
    return field
