"""What is known of an agency on a day, for its 指南."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import contact_on, name_of
from gongkai.columns.guide import LABELS, Known, Part
from gongkai.columns.queries import columns_of, names_on, open_on
from gongkai.law.publishing import CHANNELS

_INDEX_RULE = "索引号由机关代码、年度和五位流水号组成，中间用“/”和“-”隔开，编定后不再改变。"
_TOLD = (*LABELS, "email")


def known_of(agency: Agency, on: date) -> Known:
    """Return what the guide of *agency* can say. Its classification are the platform's upper columns."""
    contact = contact_on(agency, on)
    columns = list(open_on(on))
    names = names_on(on, columns)
    below: dict[int, list[str]] = {}
    for column in columns:
        if column.parent_id is not None:
            below.setdefault(column.parent_id, []).append(names[column.pk])
    used = {code for column in columns_of(agency, on) for code in column.channels}
    return Known(
        agency=name_of(agency, on).name,
        contact={key: getattr(contact, key) if contact else "" for key in _TOLD},
        parts=tuple(
            Part(names[column.pk], tuple(below.get(column.pk, ())))
            for column in columns
            if column.parent_id is None
        ),
        ways=tuple(channel.title for code, channel in CHANNELS.items() if code in used),
        index_rule=_INDEX_RULE,
    )
