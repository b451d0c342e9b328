"""One county with an organ and two officers, and a request that can be walked anywhere."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.actions import establish_agency, record_contact
from gongkai.agencies.actions.establishing import Contact
from gongkai.agencies.models import Agency, Level
from gongkai.audit import clock
from gongkai.foi.actions import Arrival, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.letters.actions import set_forum
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from tests.rooms.cast import SINCE, Cast

RECEIVED = date(2024, 3, 4)
WORDS = "试验县2023年农村公路养护工程的中标单位和合同金额"


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
    return register_case(
        organ, applicant=identity, klass=klass, arrival=arrival, words=WORDS, by=officer
    )


def equip(cast: Cast) -> None:
    """Say what every letter of the county needs: how its office is reached, and where one complains."""
    contact = Contact("试验职能", "试验人", "试验工作机构", "试验路1号", "工作日", "0000-0000000")
    for agency in (cast.county, cast.office):
        record_contact(agency, contact, since=SINCE, by=cast.li)
    set_forum(
        None,
        review_organ="试验市人民政府",
        court="试验县人民法院",
        online="https://review.example.cn/",
        since=SINCE,
        by=cast.li,
    )
