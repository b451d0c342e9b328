"""The desk's search finds what one may see, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.people.models import Person
from gongkai.returns.season import year_in_view
from gongkai.rulebook.queries import rules_on
from tests.rooms.portal.scene import SECRETS, Scene, account


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"p{person.pk}"))
    return client


def found(client: Client, text: str) -> list[tuple[str, str]]:
    answer = client.get("/desk/search/", {"q": text})
    assert answer.status_code == 200
    return [(one.kind, one.title) for one, _ in answer.context["found"]]


def test_the_office_finds_requests_reports_and_units(scene: Scene) -> None:
    """县政务公开办：申请按编号，报告按年份和机关，单位按名称。"""
    office = signed_in(scene.cast.li)
    assert found(office, "粮食") == [("单位报送", f"示例县粮食局 {_year()} 年报送")]
    assert found(office, "年度报告") == [
        ("年度报告", "示例县人民政府 2024 年政府信息公开工作年度报告")
    ]


def test_a_bureau_finds_its_own_only(scene: Scene) -> None:
    """不变量四：湖泊局的人查编号，只有湖泊局的申请，虽然粮食局有同号。"""
    bureau = signed_in(scene.cast.sun)
    assert found(bureau, "2024-000") == [("申请", scene.late.number)]
    assert found(bureau, "粮食") == []


@pytest.mark.parametrize("text", [*SECRETS, "", "   ", "\0", "%", "'; DROP TABLE", "<script>"])
def test_nobody_is_found_by_who_asked(scene: Scene, text: str) -> None:
    """个人信息不能用来查找；怪字符不出错。"""
    assert [one for one in found(signed_in(scene.cast.li), text) if one[0] == "申请"] == []


def _year() -> int:
    return year_in_view(rules_on(clock.today()))
