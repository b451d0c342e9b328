"""Publishing and taking away on the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.documents.actions import next_edition
from gongkai.documents.models import Edition
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.portal.filed.item import render_item
from gongkai.publication.actions import PublicationRefused, publish_edition, withdraw
from gongkai.publication.models import Ending, Publication
from gongkai.review.actions import submit_for_review
from tests.rooms.cast import SINCE, Cast, items
from tests.rooms.portal.scene import account
from tests.rooms.publication.approving import publish
from tests.rooms.review.panel import approve_through, draft, make_panel, sealed

Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
MOST_QUERIES = 12


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def approved(cast: Cast, title: str = "清淤通知") -> Edition:
    edition = draft(cast, title)
    sealed(cast, edition)
    edition.refresh_from_db()
    return edition


def hidden(page: str) -> dict[str, str]:
    """Return what the button of a page sends unseen."""
    return dict(re.findall(r'type="hidden" name="(n|sha256)" value="([^"]+)"', page))


def test_approved_published_and_taken_away(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """审核通过 → 列在“等待发布” → 信息员发布，网页随即写好 → 负责人写明理由撤下，原网址留着理由。"""
    edition = approved(cast)
    officer, key = signed_in(cast.chen), edition.document.url_key
    assert "清淤通知" in officer.get("/desk/publication/").content.decode()
    address = f"/desk/publication/{key}/"
    typed = hidden(officer.get(address).content.decode())
    assert typed == {"n": "1", "sha256": edition.sha256}
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(f"{address}publish/", typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = officer.get(address).content.decode()
    (where,) = set(re.findall(r'href="(/n/\d{4}/\w{8}/)"', page))
    file = public / where.strip("/") / "index.html"
    assert "清淤通知正文。" in file.read_text()
    assert hidden(page) == {}
    leader = register_person(name="局长钱", staff_no="T-LEAD", by=cast.li)
    appoint(leader, cast.grain, role=Role.LEADER, since=SINCE, by=cast.li)
    refused = officer.post(f"{address}withdraw/", {"reason": "内容有误"})
    assert refused.status_code == 403
    client = signed_in(leader)
    assert client.post(f"{address}withdraw/", {"reason": " "}).status_code == 409
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{address}withdraw/", {"reason": "内容有误"}).status_code == 302
    assert [(one.reason, one.by_person) for one in Ending.objects.all()] == [("内容有误", leader)]
    gone = file.read_text()
    assert ("内容有误" in gone, "清淤通知正文。" in gone) == (True, False)
    assert "示例县粮食局于" in gone
    assert "没有可撤下的" in client.post(f"{address}withdraw/", {"reason": "再撤"}).content.decode()
    listed = client.get("/desk/publication/?state=withdrawn").content.decode()
    assert ("清淤通知" in listed, "内容有误" in listed) == (True, True)


def test_the_address_names_who_took_it_away(
    cast: Cast, public: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """县政务公开办撤下的，原网址写的是县政府办公室，公开机关仍是粮食局；没有记下是谁的，不说是谁。"""
    publication = publish(cast, "清淤通知")[0]
    with django_capture_on_commit_callbacks(execute=True):
        ending = withdraw(publication, reason="内容有误", by=cast.li)
    assert ending.by_agency == cast.office
    (file,) = public.glob("n/*/*/index.html")
    page = file.read_text()
    assert ("示例县人民政府办公室于" in page, "示例县粮食局于" in page) == (True, False)
    key = f"{file.parent.parent.name}/{file.parent.name}"
    Ending.objects.update(by_agency=None)
    silent = render_item(key)
    assert silent is not None
    assert "这个网址上的信息于" in silent.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"n": "2", "sha256": "0" * 64}, {"n": "1", "sha256": "0" * 64}]
)
def test_only_what_was_seen_goes_out(cast: Cast, typed: dict[str, str]) -> None:
    """打开页面以后版本变了，或者请求是拼出来的：不发布，说明原因（不变量一）。"""
    edition = approved(cast)
    answer = signed_in(cast.chen).post(
        f"/desk/publication/{edition.document.url_key}/publish/", typed
    )
    assert (answer.status_code, "可以发布的版本变了" in answer.content.decode()) == (409, True)
    assert Publication.objects.count() == 0


def test_who_may_not_publish_is_told_whose_task_it_is(cast: Cast) -> None:
    """本机关的审核人能看到待发布的版本，发布由信息员或者政务公开办办理：没有按钮，直接提交也被拒绝。"""
    edition = approved(cast)
    reader = register_person(name="审计员周", staff_no="T-AUD", by=cast.li)
    appoint(reader, cast.grain, role=Role.LEADER, since=SINCE, by=cast.li)
    client, address = signed_in(reader), f"/desk/publication/{edition.document.url_key}/"
    page = client.get(address).content.decode()
    assert ("现在发布" in page, "发布由信息员或者县政务公开办办理" in page) == (False, True)
    typed = {"n": "1", "sha256": edition.sha256}
    assert client.post(f"{address}publish/", typed).status_code == 403
    assert Publication.objects.count() == 0


def test_an_older_edition_never_covers_a_newer_one(
    cast: Cast, django_capture_on_commit_callbacks: Commits
) -> None:
    """第二版公开以后，早先签封而没有发布的第一版不能再发布，也不再列为待发布。"""
    panel = make_panel(cast)
    first = draft(cast, "清淤通知")
    approve_through(submit_for_review(first, by=cast.chen), panel)
    second = next_edition(first.document, by=cast.chen)
    approve_through(submit_for_review(second, by=cast.chen), panel)
    for edition in (first, second):
        edition.refresh_from_db()
    publish_edition(second, by=cast.chen)
    with pytest.raises(PublicationRefused, match="旧版不能再盖过它"):
        publish_edition(first, by=cast.chen)
    assert "没有等待发布的信息" in signed_in(cast.chen).get("/desk/publication/").content.decode()


def test_the_list_asks_a_fixed_number_of_questions(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """列表的查询次数不随条数增加；按标题、状态筛选。"""
    publish(cast, *[f"公告{n}" for n in range(12)])
    approved(cast)
    client = signed_in(cast.li)
    client.get("/desk/publication/")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get("/desk/publication/?q=公告1").content.decode()
    assert re.findall(r'/desk/publication/\w{8}/">([^<]+)</a>', page) == [
        "清淤通知",
        "公告11",
        "公告10",
        "公告1",
    ]
    assert items(cast, "未审的稿", closed_at=None)
    assert "未审的稿" not in client.get("/desk/publication/").content.decode()
