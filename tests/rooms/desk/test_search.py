"""The desk's search finds what one may see, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.audit import clock
from gongkai.foi.receiving.actions import confirm_by_office
from gongkai.foi.receiving.models import Submission
from gongkai.foi.receiving.rules import How
from gongkai.people.models import Person
from gongkai.returns.season import year_in_view
from gongkai.rulebook.queries import rules_on
from tests.rooms.foi.receiving.filling import submitted
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


def test_the_number_on_the_slip_finds_what_came_in(scene: Scene) -> None:
    """条例第三十一条：申请人报回执上的收件编号，受理机关的承办怎样打都查得到；别的机关、只管信息的人查不到。"""
    cast, sent = scene.cast, submitted(scene.cast.office)
    number = sent.submission.number
    officer, head, bureau = (signed_in(one) for one in (cast.wang, cast.zhao, cast.sun))
    for typed in (number, number.replace("-", "").lower(), number[:6]):
        assert found(officer, typed) == [("收件", number)], typed
    assert found(head, number) == [("收件", number)]
    assert found(bureau, number) == []
    page = officer.get("/desk/search/", {"q": number})
    assert [(one.address, one.note) for one, _ in page.context["found"]] == [
        (f"/desk/intake/{number}/", "待双方确认")
    ]
    assert officer.get(f"/desk/intake/{number}/").status_code == 200
    confirm_by_office(sent.submission, how=How.CALL, by=cast.wang)
    case = Submission.objects.get(number=number).case
    assert case is not None
    page = officer.get("/desk/search/", {"q": number})
    assert [one.note for one, _ in page.context["found"]] == [f"受理编号 {case.number}"]


@pytest.mark.parametrize("text", [*SECRETS, "", "   ", "\0", "%", "'; DROP TABLE", "<script>"])
def test_nobody_is_found_by_who_asked(scene: Scene, text: str) -> None:
    """个人信息不能用来查找；怪字符不出错。"""
    assert [one for one in found(signed_in(scene.cast.li), text) if one[0] == "申请"] == []


def _year() -> int:
    return year_in_view(rules_on(clock.today()))
