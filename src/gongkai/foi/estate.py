"""What an agency has in hand in this room: requests to answer, disputes to see through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.foi.models import Case, Dispute
from gongkai.foi.receiving.models import OPEN_STATES, Submission


def _unconfirmed(agency: Agency, on: date) -> Iterable[object]:
    waiting = Submission.objects.filter(agency=agency, state__in=OPEN_STATES)
    return waiting.values_list("uid", flat=True)


def _open_cases(agency: Agency, on: date) -> Iterable[object]:
    return Case.objects.filter(agency=agency, decided_on=None).values_list("uid", flat=True)


def _open_disputes(agency: Agency, on: date) -> Iterable[object]:
    running = Dispute.objects.filter(case__agency=agency, concluded_on=None)
    return running.values_list("uid", flat=True)


register_estate(
    Estate(
        "intake",
        "还没有双方确认的收件",
        "由承接机关的人员继续与申请人确认，确认后登记为承接机关的案件；承接机关不止一个的，须在撤并前确认完。",
        _unconfirmed,
    )
)
register_estate(
    Estate(
        "cases",
        "尚未答复的申请",
        "由承接机关的人员继续办理，答复期限照旧计算；受理机关、编号和统计归属不变。",
        _open_cases,
    )
)
register_estate(
    Estate(
        "disputes",
        "尚未审结的复议、诉讼",
        "由承接机关应对，仍计在原机关名下的案件里。",
        _open_disputes,
    )
)
