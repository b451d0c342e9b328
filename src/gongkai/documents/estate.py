"""What an agency or an author has in hand in this room: drafts not closed yet, and what is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.documents.models import Withholding
from gongkai.documents.queries import open_editions
from gongkai.people.models import Person


def _drafts(agency: Agency, on: date) -> Iterable[object]:
    return open_editions().filter(document__agency=agency).values_list("uid", flat=True)


def _drafts_of(person: Person, agency: Agency) -> Iterable[object]:
    own = open_editions().filter(document__agency=agency, author_person=person)
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


def _withheld(agency: Agency, on: date) -> Iterable[object]:
    running = Withholding.objects.filter(document__agency=agency, ended_on=None)
    return running.values_list("uid", flat=True)


register_estate(
    Estate(
        "withheld",
        "登记为不予公开的信息",
        "由承接机关按期重新评估（条例第十八条）；理由、起始日期和下次评估日期不变。",
        _withheld,
    )
)
