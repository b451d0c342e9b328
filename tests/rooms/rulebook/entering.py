"""Notices and values put in force by two people: 初审李 proposes, 终审赵 approves."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from gongkai.audit import clock
from gongkai.law.notice import parse_notice
from gongkai.rulebook.actions import (
    approve_notice,
    approve_parameter,
    propose_notice,
    propose_parameter,
)
from gongkai.rulebook.models import HolidayNotice, Parameter
from gongkai.rulebook.plans import notice_plan, parameter_plan
from tests.rooms.cast import Cast


def notice(**changed: Any) -> bytes:
    """A well-formed notice for 2027, invented."""
    row = {
        "schema": "gongkai.holiday-notice/1",
        "year": 2027,
        "title": "2027年放假安排（测试用，虚构）",
        "number": "示办发〔2026〕9号",
        "published_on": "2026-11-01",
        "source": "测试",
        "festivals": [
            {"name": "元旦", "off": ["2027-01-01", "2027-01-03"]},
            {"name": "春节", "off": ["2027-02-05", "2027-02-12"]},
            {"name": "清明节", "off": ["2027-04-03", "2027-04-05"]},
            {"name": "劳动节", "off": ["2027-05-01", "2027-05-05"]},
            {"name": "端午节", "off": ["2027-06-09", "2027-06-09"]},
            {"name": "中秋节", "off": ["2027-09-15", "2027-09-15"]},
            {"name": "国庆节", "off": ["2027-10-01", "2027-10-07"]},
        ],
        "makeup": ["2027-02-20", "2027-05-08", "2027-10-09"],
    }
    return json.dumps(row | changed, ensure_ascii=False).encode()


def put_notice(cast: Cast, body: bytes | None = None) -> HolidayNotice:
    """Propose and approve a notice."""
    data = body or notice()
    proposed = propose_notice(data, by=cast.li)
    seen = notice_plan(parse_notice(data), clock.today()).sha256
    return approve_notice(proposed, seen=seen, by=cast.zhao)


def propose_value(
    cast: Cast, key: str, value: str, since: date, source: str = "县办规定"
) -> Parameter:
    """Propose a county's own value, as what is done and no law."""
    return propose_parameter(
        key, value=value, since=since, source=source, certainty="P", by=cast.li
    )


def put_value(cast: Cast, key: str, value: str, since: date, source: str = "县办规定") -> Parameter:
    """Propose and approve a county's own value."""
    proposed = propose_value(cast, key, value, since, source)
    seen = parameter_plan(proposed, clock.today()).sha256
    return approve_parameter(proposed, seen=seen, by=cast.zhao)
