"""The list of requests and one of them: whose one sees, and never who asked."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.people.models import Person
from tests.rooms.portal.scene import SECRETS, Scene, account, make_scene
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def listed(client: Client, **query: str) -> list[str]:
    return [case.url_key for case, _, _ in client.get("/desk/cases/", query).context["rows"]]


def test_the_list_is_narrowed_by_what_is_asked(scene: Scene) -> None:
    """默认列未办结的；按状态、机关、年份、编号筛选；认不出的条件不起作用。"""
    client = signed_in(scene.cast.li)
    every = [scene.waiting, scene.extended, scene.late, scene.prompt]
    keys = [case.url_key for case in every]
    assert listed(client) == [scene.waiting.url_key]
    assert listed(client, state="") == keys
    assert listed(client, state="decided", agency="T00000003") == [keys[1], keys[3]]
    assert listed(client, state="", q="0001") == [keys[0], keys[2], keys[3]]
    assert listed(client, state="", year="2023") == []
    assert listed(client, state="nonsense", year="20x4") == [keys[0]]


def test_what_is_late_and_not_answered_says_so(scene: Scene) -> None:
    """条例第三十三条：期满没有决定的，清单和案件页写明已逾期；已经决定的不写。"""
    client = signed_in(scene.cast.li)
    said = [
        client.get(address).content.decode().count("已逾期")
        for address in (
            "/desk/cases/",
            "/desk/cases/?state=decided",
            f"/desk/case/{scene.waiting.url_key}/",
            f"/desk/case/{scene.late.url_key}/",
        )
    ]
    assert said == [1, 0, 1, 0]


def test_a_bureau_lists_its_own_only(scene: Scene) -> None:
    """不变量四：湖泊局只看到湖泊局的申请；筛选别的机关也不漏。"""
    client = signed_in(scene.cast.sun)
    assert listed(client, state="") == [scene.late.url_key]
    assert listed(client, state="", agency="T00000003") == []


def test_anothers_request_does_not_exist(scene: Scene) -> None:
    """不变量四：外单位的申请回答 404。"""
    client = signed_in(scene.cast.sun)
    keys = [scene.late.url_key, scene.prompt.url_key, "00000000"]
    assert [client.get(f"/desk/case/{key}/").status_code for key in keys] == [200, 404, 404]


def test_the_page_shows_the_clock_and_not_the_person(scene: Scene) -> None:
    """个人信息保护法第六条：页面有期限依据，没有姓名、证件号、电话。"""
    text = signed_in(scene.cast.li).get(f"/desk/case/{scene.prompt.url_key}/").content.decode()
    assert [word for word in SECRETS if word in text] == []
    assert ["第 20 日" in text, "期满" in text, "收到申请" in text] == [True] * 3


def test_the_list_asks_few_questions(scene: Scene, django_assert_max_num_queries: object) -> None:
    """申请列表按任何条件筛选都是 10 次查询（上限 12 次）。"""
    client = signed_in(scene.cast.li)
    for query in ({"state": ""}, {}, {"state": "decided", "agency": "T00000003", "year": "2024"}):
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            assert listed(client, **query)


def test_an_officer_of_the_office_lists_what_the_county_was_asked(scene: Scene) -> None:
    """条例第四条、不变量四：县政府收到的申请由办公室承办，承办人员的列表、搜索里都有；粮食局的没有。"""
    client, mine = signed_in(scene.cast.wang), [scene.waiting.url_key]
    assert listed(client, state="") == mine
    assert listed(client, state="", q=scene.waiting.number) == mine
    assert listed(client, state="", agency="T00000003") == []
    assert client.get("/desk/cases/").context["agencies"][0][0] == "T00000001"
    pages = [client.get(f"/desk/case/{one.url_key}/") for one in (scene.waiting, scene.prompt)]
    assert [page.status_code for page in pages] == [200, 404]
