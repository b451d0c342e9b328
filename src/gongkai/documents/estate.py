"""What an agency or an author has in hand in this room: drafts not closed yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.documents.models import Edition
from gongkai.people.models import Person


def _drafts(agency: Agency, on: date) -> Iterable[object]:
    return Edition.objects.filter(document__agency=agency, closed_at=None).values_list(
        "uid", flat=True
    )


def _drafts_of(person: Person, agency: Agency) -> Iterable[object]:
    own = Edition.objects.filter(document__agency=agency, closed_at=None, author_person=person)
    return own.values_list("uid", flat=True)


register_estate(
    Estate(
        "drafts",
        "尚未封存的稿件",
        "由承接机关的人员看到并续办；已公开的信息署名、索引号和网址都不变。",
        _drafts,
        _drafts_of,
    )
)
