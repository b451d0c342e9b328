"""What several applicants got: put together by officers, decided about once, waiting in the to-do (条例第四十四条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.todo import told
from gongkai.audit import clock
from gongkai.foi import actions
from gongkai.foi.actions import CaseRefused
from gongkai.foi.models import Case
from gongkai.foi.proactive.actions import keep_topic, publish_topic, tag_case
from gongkai.foi.proactive.models import Topic, TopicCase
from gongkai.foi.proactive.todo import todo
from gongkai.people.models import Person
from gongkai.publication.actions import publish_imported
from gongkai.review.actions import waive_as_imported
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import SEALED_AT, SINCE, Cast, items
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root

TITLE = "某地块征收补偿方案"


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


def given(cast: Cast, n: int, result: str = "granted") -> Case:
    case = request_of(cast.county, cast.wang, who=f"00000019800101{n:04d}")
    facts = {"material": "一份", "where_published": "网站"}
    return actions.decide(case, result=result, on=date(2024, 3, 8), facts=facts, by=cast.wang)


def waiting(person: Person) -> list[str]:
    today = clock.today()
    return [one.what for one in told(todo(standing_on(person, today), rules_on(today)))]


def test_three_applicants_make_a_topic_wait(cast: Cast) -> None:
    """参数 proactive.requests：三个申请人才提请；一个人要三次不算；登记结果之后不再提。"""
    for n in (1, 1, 1, 2):
        tag_case(given(cast, n), title=f" {TITLE}\n", by=cast.wang)
    assert (waiting(cast.wang), Topic.objects.count()) == ([], 1)
    tag_case(given(cast, 3), title=TITLE, by=cast.wang)
    wanted = [f"3 个申请人要过“{TITLE}”"]
    assert (waiting(cast.wang), waiting(cast.li), waiting(cast.sun)) == (wanted, wanted, [])
    topic = Topic.objects.get()
    with pytest.raises(CaseRefused, match="须写明理由"):
        keep_topic(topic, reason=" ", by=cast.wang)
    keep_topic(topic, reason="只涉及申请人自己", by=cast.wang)
    assert waiting(cast.wang) == []
    with pytest.raises(CaseRefused, match="刚刚由另一位同志登记过"):
        keep_topic(topic, reason="再来", by=cast.wang)


def test_a_request_stands_under_one_topic_and_only_if_something_was_given(cast: Cast) -> None:
    """决定公开、部分公开的才归入；改归另一主题，不会两处都算；外机关的人不能归。"""
    case = given(cast, 1)
    tag_case(case, title="甲", by=cast.wang)
    tag_case(case, title="乙", by=cast.li)
    assert list(TopicCase.objects.values_list("topic__title", flat=True)) == ["乙"]
    with pytest.raises(CaseRefused, match="本案不是"):
        tag_case(request_of(cast.county, cast.wang), title="甲", by=cast.wang)
    with pytest.raises(CaseRefused, match="请写明主题"):
        tag_case(case, title=" \n", by=cast.wang)
    with pytest.raises(RoleRefused, match="第四十四条"):
        tag_case(case, title="甲", by=cast.sun)
    with pytest.raises(DatabaseError, match="不可删除"), transaction.atomic():
        TopicCase.objects.all().delete()


def test_a_topic_goes_public_with_an_item_that_is_shown(cast: Cast) -> None:
    """已转主动公开的，须是本机关正在公开的信息；没有、别的机关的不行；转了不能再改。"""
    editions, grain, officer = items(cast, "征收补偿方案"), cast.grain, cast.chen
    waivers = waive_as_imported(editions, agency=grain, reason="旧网站迁入", by=cast.li)
    publish_imported(waivers, at=[SEALED_AT], agency=grain, by=cast.li)
    shown = editions[0].document
    topic = Topic.objects.create(agency=grain, title=TITLE)
    appoint(officer, grain, role=Role.CASE_OFFICER, since=SINCE, by=cast.li)
    for number in ("", "没有"):
        with pytest.raises(CaseRefused, match="请先发布"):
            publish_topic(topic, index_no=number, by=officer)
    strange = Topic.objects.create(agency=cast.county, title=TITLE)
    with pytest.raises(CaseRefused, match="本机关正在公开"):
        publish_topic(strange, index_no=shown.index_no, by=cast.wang)
    keep_topic(topic, reason="先不转", by=officer)
    publish_topic(topic, index_no=f" {shown.index_no} ", by=officer)
    assert (topic.state, topic.document, topic.reason) == ("published", shown, "")
    with pytest.raises(CaseRefused, match="另一位同志"):
        keep_topic(topic, reason="不转", by=officer)


def test_the_pages_lead_from_the_request_to_the_verdict(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """案件页归入主题，名单按申请人数排，登记结果；外机关 404，没有职务 403；不超过 12 次查询。"""
    client, case = desk(cast.wang), given(cast, 1)
    page = f"/desk/case/{case.url_key}/topic/"
    assert (
        "归入主题（条例第四十四条）" in client.get(f"/desk/case/{case.url_key}/").content.decode()
    )
    assert [
        client.post(page, {"title": typed}).status_code for typed in ("", "长" * 61, TITLE)
    ] == [
        409,
        400,
        302,
    ]
    for n in range(2, 6):
        tag_case(given(cast, n), title=f"主题{n}", by=cast.wang)
    with django_assert_max_num_queries(12):
        listed = client.get("/desk/cases/topics/")
    assert [row.applicants for row, _ in listed.context["rows"]] == [1] * 5
    topic = Topic.objects.get(title=TITLE)
    one = f"/desk/cases/topics/{topic.uid}/"
    assert TITLE in client.get(f"/desk/case/{case.url_key}/").content.decode()
    assert client.post(one, {"verdict": "published", "index_no": "x"}).status_code == 409
    assert client.post(one, {"verdict": "x"}).status_code == 400
    assert desk(cast.zhao).post(one, {"verdict": "kept"}).status_code == 403
    stranger = desk(cast.sun)
    assert [stranger.get(one).status_code, stranger.post(one).status_code] == [404, 404]
    assert client.post(one, {"verdict": "kept", "reason": "只涉及本人"}).status_code == 302
    assert "只涉及本人" in client.get(one).content.decode()
