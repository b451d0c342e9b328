"""Two people in the same second, on both databases."""

from __future__ import annotations

import pytest

from gongkai.documents.actions import close_edition, next_edition
from gongkai.documents.models import Edition
from gongkai.documents.queries import altered_editions
from gongkai.documents.refusal import DraftOvertaken
from tests.rooms.at_once import at_once
from tests.rooms.cast import make_cast
from tests.rooms.documents.drafts import attach, draft, save

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_saves_one_wins() -> None:
    """同一稿两处同时保存：一处成，一处得知被超过；存下的就是成的那一处。"""
    cast = make_cast()
    edition = draft(cast)
    copies = [Edition.objects.get(pk=edition.pk) for _ in range(2)]
    ended = at_once(
        lambda: save(copies[0], "甲写的", expecting=1, by=cast.chen),
        lambda: save(copies[1], "乙写的", expecting=1, by=cast.chen),
    )
    stored = Edition.objects.get(pk=edition.pk)
    assert ended == [DraftOvertaken.__name__, "done"]
    assert stored.revision == 2
    assert stored.content.text in ("<p>甲写的</p>", "<p>乙写的</p>")


def test_a_save_and_an_upload_lose_nothing() -> None:
    """一边保存正文，一边上传附件：两样都在规范字节里。"""
    cast = make_cast()
    edition = draft(cast)
    copies = [Edition.objects.get(pk=edition.pk) for _ in range(2)]
    ended = at_once(
        lambda: save(copies[0], "新的正文", expecting=1, by=cast.chen),
        lambda: attach(copies[1], cast.chen),
    )
    content = Edition.objects.get(pk=edition.pk).content
    assert ended == ["done", "done"]
    assert (content.text, len(content.attachments)) == ("<p>新的正文</p>", 1)
    assert list(altered_editions()) == []


def test_of_two_next_editions_one_is_opened() -> None:
    """两人同时另立新版本：只开出一稿。"""
    cast = make_cast()
    edition = draft(cast)
    close_edition(edition, by=cast.chen)
    document = edition.document
    ended = at_once(*[lambda: next_edition(document, by=cast.chen)] * 2)
    assert (ended, document.editions.count()) == (["DocumentRefused", "done"], 2)
