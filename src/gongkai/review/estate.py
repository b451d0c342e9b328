"""What an agency or an author has in hand in this room: submissions not ended yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.people.models import Person
from gongkai.review.models import State, Submission


def _open(agency: Agency, on: date) -> Iterable[object]:
    rows = Submission.objects.filter(document__agency=agency, state=State.OPEN)
    return rows.values_list("uid", flat=True)


def _submitted_by(person: Person, agency: Agency) -> Iterable[object]:
    rows = Submission.objects.filter(document__agency=agency, state=State.OPEN, submitted_by=person)
    return rows.values_list("uid", flat=True)


register_estate(
    Estate(
        "submissions",
        "正在审核的稿件",
        "由承接机关担任同一角色的审核人续审；已签署的各级意见仍然有效。",
        _open,
        _submitted_by,
    )
)
