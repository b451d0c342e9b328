"""保存期限（个人信息保护法第十九条）：到期的身份信息销毁，报告的每一个数字不变。"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gongkai.audit.models import Event
from gongkai.figures import registry
from gongkai.foi.actions import serve
from gongkai.foi.disputes.actions.recording import conclude_dispute, record_dispute
from gongkai.foi.models import Applicant, Case, Dispute
from gongkai.foi.personal import actions
from gongkai.foi.personal.actions import PurgeRefused, purge
from gongkai.foi.personal.queries import cutoff, purge_list
from gongkai.law.rules import Rules
from gongkai.reporting.compile import scope_of
from tests.rooms.foi.conftest import request_of
from tests.rooms.portal.scene import Scene, make_scene

ON = date(2035, 6, 1)
"""Ten years and some months after the scene."""


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def rules(on: date = ON) -> Rules:
    return Rules.national(on)


def numbers(on: date = ON) -> list[str]:
    return [number for _, number in purge_list(rules(on)).cases]


def test_ended_long_ago_and_not_the_open_one(scene: Scene) -> None:
    """办结满十年的列入；没有办结的永远不列。"""
    assert purge_list(rules()).cases == (
        (scene.cast.grain.code, scene.prompt.number),
        (scene.cast.grain.code, scene.extended.number),
        (scene.cast.lakes.code, scene.late.number),
    )


@pytest.mark.parametrize(
    ("on", "due"),
    [(date(2034, 3, 19), False), (date(2034, 3, 20), True), (date(2034, 3, 21), True)],
)
def test_the_day_itself(scene: Scene, on: date, due: bool) -> None:
    """2024 年 3 月 20 日办结，2034 年 3 月 20 日起可以销毁。"""
    listed = purge_list(rules(on)).cases
    assert ((scene.cast.grain.code, scene.prompt.number) in listed) is due


def test_the_last_of_february(db: None) -> None:
    """闰日减十年：平年取 2 月 28 日，不会多销毁一天。"""
    assert cutoff(rules(date(2036, 2, 29))) == date(2026, 2, 28)


def test_later_service_and_disputes_keep_it(scene: Scene) -> None:
    """后来才送达的、争议未审结或审结未满十年的，都不列。"""
    serve(scene.prompt, on=date(2025, 7, 1), way="邮寄", by=scene.cast.wang)
    dispute = record_dispute(
        scene.late,
        kind=Dispute.Kind.REVIEW,
        number="示复1号",
        on=date(2024, 9, 1),
        by=scene.cast.wang,
    )
    assert numbers() == [scene.extended.number]
    conclude_dispute(
        dispute, result=Dispute.Result.MAINTAINED, on=date(2025, 6, 2), by=scene.cast.wang
    )
    assert numbers() == [scene.extended.number]
    assert len(numbers(date(2035, 6, 2))) == 2


def test_one_open_case_keeps_the_applicant(scene: Scene) -> None:
    """同一申请人还有一件在办：身份信息还要用，不列。"""
    before = Applicant.objects.get(pk=scene.prompt.applicant_id)
    case = request_of(scene.cast.grain, scene.cast.wang)
    Case.objects.filter(pk=case.pk).update(applicant=before)
    assert purge_list(rules()).cases == (
        (scene.cast.grain.code, scene.extended.number),
        (scene.cast.lakes.code, scene.late.number),
    )


def test_figures_stay_and_identities_go(scene: Scene) -> None:
    """销毁前后，报告的每一个数字、每一份清单都相同；身份信息和摘要都没有了。"""
    scope = scope_of(scene.cast.county, 2024, date(2025, 1, 10))
    before = registry.values(scope)
    lists = {key: list(registry.uids(scope, key)) for key in registry.registered()}
    listed = purge_list(rules())

    assert purge(listed.hash, rules=rules(), by=scene.cast.li) == listed

    after = registry.values(scope)
    assert after == before
    assert {key: list(registry.uids(scope, key)) for key in registry.registered()} == lists
    gone = Applicant.objects.filter(purged_on=ON)
    assert [
        (bytes(one.ciphertext), one.digest, one.key_id, one.alg, one.klass)
        for one in gone.order_by("klass")
    ] == [(b"", "", "", "", "com"), (b"", "", "", "", "nat"), (b"", "", "", "", "nat")]
    assert Applicant.objects.filter(purged_on=None).get().pk == scene.waiting.applicant_id


def test_purge_is_recorded_by_case_numbers(scene: Scene) -> None:
    """审计：各机关的流里记件数和案号，没有身份信息；再运行一次，没有可销毁的。"""
    listed = purge_list(rules())
    purge(listed.hash, rules=rules(), by=scene.cast.li)

    events = Event.objects.filter(kind="identity.purged").order_by("stream")
    assert [(event.stream, json.loads(event.payload_text)) for event in events] == [
        (
            code,
            {"cases": cases, "count": len(cases), "ended_by": "2025-06-01", "list": listed.hash},
        )
        for code, cases in (
            (scene.cast.grain.code, [scene.prompt.number, scene.extended.number]),
            (scene.cast.lakes.code, [scene.late.number]),
        )
    ]
    with pytest.raises(PurgeRefused, match="没有超过保存期限"):
        purge(listed.hash, rules=rules(), by=scene.cast.li)


def test_another_list_is_refused(scene: Scene) -> None:
    """核对之后清单变了（又结了一件、日期变了）：拒绝，一个也不销毁。"""
    listed = purge_list(rules(date(2034, 4, 1)))
    with pytest.raises(PurgeRefused, match="没有销毁任何内容"):
        purge(listed.hash, rules=rules(), by=scene.cast.li)
    with pytest.raises(PurgeRefused):
        purge("", rules=rules(), by=scene.cast.li)
    assert not Applicant.objects.exclude(purged_on=None).exists()


def test_a_request_coming_in_meanwhile_stops_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """列出之后、销毁之前，其中一人又提出申请：整批退回。"""
    listed = purge_list(rules())
    known = Applicant.objects.get(pk=scene.prompt.applicant_id)
    case = request_of(scene.cast.grain, scene.cast.wang)
    Case.objects.filter(pk=case.pk).update(applicant=known)
    monkeypatch.setattr(actions, "purge_list", lambda _: listed)

    with pytest.raises(PurgeRefused, match="又提出了申请"):
        purge(listed.hash, rules=rules(), by=scene.cast.li)
    assert not Applicant.objects.exclude(purged_on=None).exists()


def test_who_comes_back_is_somebody_new(scene: Scene) -> None:
    """销毁之后同一人再来：按新的申请人登记，旧的不再认得出。"""
    purge(purge_list(rules()).hash, rules=rules(), by=scene.cast.li)
    again = request_of(scene.cast.grain, scene.cast.wang, who="110101190001010001")
    assert again.applicant.purged_on is None
    assert again.applicant_id != scene.prompt.applicant_id


@pytest.mark.parametrize(
    "half",
    [
        {"ciphertext": b""},
        {"purged_on": ON},
        {"ciphertext": b"", "purged_on": ON},
        {"digest": ""},
    ],
)
def test_the_database_refuses_half_a_purge(scene: Scene, half: dict[str, object]) -> None:
    """密文为空与销毁日期必须同时成立，数据库自己把关。"""
    with pytest.raises(IntegrityError), transaction.atomic():
        Applicant.objects.filter(pk=scene.prompt.applicant_id).update(**half)


def test_the_database_refuses_to_bring_it_back(scene: Scene) -> None:
    """已销毁的一行不能再写入身份信息，也不能删除。"""
    purge(purge_list(rules()).hash, rules=rules(), by=scene.cast.li)
    gone = Applicant.objects.filter(pk=scene.prompt.applicant_id)
    with pytest.raises(DatabaseError, match="已按保存期限销毁"), transaction.atomic():
        gone.update(klass="com")
    with pytest.raises(DatabaseError), transaction.atomic():
        gone.delete()
