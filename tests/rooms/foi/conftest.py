"""One county with an organ and two officers, and a request that can be walked anywhere."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.actions import establish_agency
from gongkai.agencies.models import Agency, Level
from gongkai.audit import clock
from gongkai.foi.actions import Arrival, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.people.actions import register_person
from gongkai.people.models import Person

RECEIVED = date(2024, 3, 4)


@pytest.fixture
def officer(db: None) -> Person:
    return register_person(name="承办小陈", staff_no="T-01", by=None)


@pytest.fixture
def organ(officer: Person) -> Agency:
    return establish_agency(
        code="TS0000001",
        credit_code="11990000TS00000010",
        level=Level.COUNTY,
        name="试验县人民政府",
        short="县政府",
        mark="试政",
        since=date(2019, 1, 1),
        by=officer,
    )


@pytest.fixture
def case(organ: Agency, officer: Person) -> Case:
    return request_of(organ, officer)


def request_of(
    organ: Agency,
    officer: Person,
    *,
    klass: str = "nat",
    on: date = RECEIVED,
    who: str = "000000198001010015",
) -> Case:
    """Register a request handed in over the counter on *on*."""
    arrival = Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=on), clock.start_of(on))
    identity = Identity("试验申请人", who, "试验地址")
    return register_case(organ, applicant=identity, klass=klass, arrival=arrival, by=officer)
