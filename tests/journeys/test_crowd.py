"""Fifty people at once: nothing is lost, nothing is written twice, the chain holds."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import connection, connections

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.audit.queries import verify_all
from gongkai.foi.actions import Arrival, CaseRefused, decide, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case
from gongkai.foi.queries import drifted_cases
from gongkai.foi.rules import typed_facts
from gongkai.foi.serving.models import ServiceAttempt
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.rulebook.queries import gaps
from tests.rooms.at_once import DONE, at_once
from tests.rooms.cast import Cast, make_cast
from tests.rooms.foi.conftest import request_of
from tests.rooms.foi.serving.test_serving import recorded, sent
from tests.rooms.foi.test_steps import Office, drafted, make_office, sign_all

PEOPLE, EACH = 50, 3
ON = date(2024, 3, 4)
FACTS = dict.fromkeys(typed_facts(), "已写明")


class Crowd:
    """Fifty officers of two bureaus who start at the same moment; what one met is kept."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.people = [
            register_person(name=f"承办{n:02d}", staff_no=f"C-{n:02d}", by=cast.li)
            for n in range(PEOPLE)
        ]
        self.contested = self.register(self.people[0], 0)
        self.start = threading.Barrier(PEOPLE)
        self.refused: Counter[str] = Counter()
        self.broken: list[BaseException] = []

    def act(self) -> None:
        threads = [threading.Thread(target=self.one, args=(n,)) for n in range(PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)

    def one(self, n: int) -> None:
        person = self.people[n]
        try:
            self.start.wait(timeout=60)
            for turn in range(EACH):
                case = self.register(person, 1 + n * EACH + turn)
                decide(case, result="granted", on=ON, facts=FACTS, by=person)
            self.settle_the_contested(person)
        except BaseException as error:  # noqa: BLE001  # told by the test, whatever it was
            self.broken.append(error)
        finally:
            connections.close_all()

    def settle_the_contested(self, person: Person) -> None:
        try:
            case = Case.objects.get(pk=self.contested.pk)
            decide(case, result="granted", on=ON, facts=FACTS, by=person)
        except CaseRefused as refused:
            self.refused[type(refused).__name__] += 1

    def register(self, person: Person, n: int) -> Case:
        agency = self.cast.grain if n % 2 else self.cast.lakes
        who = Identity("试验申请人", f"00000019800101{n:04d}", "试验地址")
        arrival = Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=ON), clock.start_of(ON))
        return register_case(agency, applicant=who, klass="nat", arrival=arrival, by=person)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_lose_nothing() -> None:
    """不变量六、八：五十人同时登记和办理，一件不丢、不重号、不断链；抢办同一件只有一人办成。"""
    crowd = Crowd(make_cast())
    crowd.act()
    total = PEOPLE * EACH + 1
    numbers = Counter(Case.objects.values_list("agency__code", "number"))
    assert crowd.broken == []
    assert (Case.objects.count(), set(numbers.values())) == (total, {1})
    assert (Case.objects.filter(decided_on=ON).count(), crowd.refused.total()) == (
        total,
        PEOPLE - 1,
    )
    assert (list(gaps()), list(drifted_cases()), verify_all()) == ([], [], [])
    assert Event.objects.filter(kind__startswith="case.").count() == 2 * total


def walk_through(office: Office) -> None:
    """Take a request of one's own from its registration to the letter in hand."""
    own = replace(office, case=request_of(office.cast.county, office.officer))
    sign_all(own, drafted(own))
    recorded(own, sent(own))


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_from_the_register_to_the_letter_in_hand() -> None:
    """5.13：同一机关五十件同时登记、拟稿、三人签、签发成文书、送达：文号不重不缺，各有一份文书、一次送达，台账完整。"""
    # SQLite lets one write at a time and wait for twenty seconds: a county of fifty officers has PostgreSQL.
    many = PEOPLE if connection.vendor == "postgresql" else 8
    office = make_office(make_cast())
    assert at_once(*[partial(walk_through, office)] * many) == [DONE] * many
    letters = IssuedLetter.objects.exclude(number="").values_list("number", flat=True)
    assert sorted(letters) == sorted(f"示政公复〔2024〕{n}号" for n in range(1, many + 1))
    served = Case.objects.filter(state="served")
    assert (served.count(), ServiceAttempt.objects.count()) == (many, many)
    assert set(Counter(IssuedLetter.objects.values_list("case", "code")).values()) == {1}
    assert (list(gaps()), list(drifted_cases()), verify_all()) == ([], [], [])
