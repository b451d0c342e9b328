"""A case's public line: the due day with its proof, and whether the answer was on time (条例第三十三条)."""

from __future__ import annotations

from datetime import date

from django.test import Client

from gongkai.foi.models import Case
from tests.rooms.portal.scene import Scene, request


def test_on_time_late_extended_and_open(released: Scene, client: Client) -> None:
    """按期、逾期、延期后按期、未办结，各说各的。"""
    said = {name: _said(client, released, getattr(released, name)) for name in _DUE}
    assert said == _DUE


_DUE = {
    "prompt": ("按期办结", date(2024, 4, 1)),
    "late": ("逾期办结", date(2024, 5, 31)),
    "extended": ("按期办结", date(2024, 8, 26)),
    "waiting": ("尚未作出处理决定", date(2025, 1, 14)),
}


def test_proof_counts_to_the_limit(released: Scene, client: Client) -> None:
    """日表最后一个计入日就是期满日，序号等于期限的工作日数。"""
    answer = client.get(f"{released.address}clock/{released.extended.url_key}/")
    deadline = answer.context["deadline"]
    last = deadline.proof[-1]
    assert (last.on, last.n) == (deadline.due, deadline.limit.count)
    assert f"第 {deadline.limit.count} 日" in answer.content.decode()


def test_case_outside_the_report_is_not_found(released: Scene, client: Client) -> None:
    """不在已公布清单里的案件，没有公开的期限页。"""
    later = request(released.cast, released.cast.grain, 9, date(2025, 2, 10))
    assert client.get(f"{released.address}clock/{later.url_key}/").status_code == 404


def _said(client: Client, scene: Scene, case: Case) -> tuple[str, date]:
    context = client.get(f"{scene.address}clock/{case.url_key}/").context
    return context["verdict"].text, context["deadline"].due
