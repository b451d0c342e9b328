"""Two bureaus with the same things in each, and somebody in every role: whose eyes the walk uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.test import Client

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import ADMINISTRATORS, Agency, Role
from gongkai.audit import clock
from gongkai.foi.actions import Arrival, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.reporting.actions import open_report
from gongkai.reporting.models import Report
from gongkai.returns.actions import file_return
from gongkai.returns.models import Item, Return
from tests.rooms.cast import SINCE, Cast, make_cast
from tests.rooms.portal.scene import account

YEAR = 2024
RECEIVED = date(2024, 3, 4)
WORKING = tuple(role for role in Role if role not in ADMINISTRATORS)


@dataclass(frozen=True)
class Things:
    """What one agency has, with words that occur nowhere else: *marks* may not reach a stranger."""

    agency: Agency
    case: Case
    report: Report
    filed: Return
    marks: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """*ours* and *theirs* have the same; *insiders* work for ours, one in each role."""

    cast: Cast
    ours: Things
    theirs: Things
    insiders: Mapping[Role, Client]
    administrators: Mapping[Role, Client]


def make_world() -> World:
    cast = make_cast()
    filler = register_person(name="外局填报", staff_no="W-FILL", by=cast.li)
    return World(
        cast,
        ours=_things(cast, cast.grain, cast.chen, "本局"),
        theirs=_things(cast, cast.lakes, filler, "外局"),
        insiders={role: signed_in(_member(role, cast.grain, cast.li)) for role in WORKING},
        administrators={
            role: signed_in(_member(role, cast.office, cast.li)) for role in ADMINISTRATORS
        },
    )


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(account(person, f"w{person.pk}"))
    return client


def _member(role: Role, agency: Agency, by: Person) -> Person:
    person = register_person(name=f"{role.label}甲", staff_no=f"W-{role.value}"[:40], by=by)
    appoint(person, agency, role=role, since=SINCE, by=by)
    return person


def _things(cast: Cast, agency: Agency, filler: Person, word: str) -> Things:
    who = Identity(f"{word}申请人甲", f"00000019800101{agency.pk:04d}", f"{word}地址甲")
    arrival = Arrival(
        Channel.IN_PERSON, ReceiptFacts(submitted_on=RECEIVED), clock.start_of(RECEIVED)
    )
    case = register_case(agency, applicant=who, klass="nat", arrival=arrival, by=cast.wang)
    contact, source = f"{word}联系方式甲", f"{word}数据来源甲"
    report = open_report(agency, year=YEAR, contact=contact, sections={}, by=cast.li)
    filed = file_return(agency, period=YEAR, item=Item.LICENCE, value=3, source=source, by=filler)
    marks = (case.url_key, contact, source, who.name, who.contact, str(filed.uid))
    return Things(agency, case, report, filed, marks)
