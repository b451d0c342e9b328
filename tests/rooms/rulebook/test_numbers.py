"""Number series without gaps, whoever asks, however often a transaction fails, however many ask at once."""

from __future__ import annotations

import itertools
import threading
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.models import Agency
from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.rulebook.actions import take_number, take_numbers, void_number
from gongkai.rulebook.models import NumberSeries, NumberUse
from gongkai.rulebook.queries import gaps
from tests.rooms.cast import Cast, make_cast

YEAR = 2024
_fresh = itertools.count()
COURSES = st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=12)
"""How many numbers are asked for, and whether the transaction that asked is then rolled back."""


def take(agency: Agency, count: int, kind: str = "case") -> list[int]:
    subjects = [uuid4() for _ in range(count)]
    return take_numbers(agency, kind=kind, year=YEAR, subjects=subjects)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(COURSES)
def test_no_course_of_events_leaves_a_gap(cast: Cast, course: list[tuple[int, bool]]) -> None:
    """编号连续：任意次取号与退回之后，留下的号恰是 1 到末号，一个不少一个不重。"""
    kind = f"k{next(_fresh)}"
    kept: list[int] = []
    for count, fails in course:
        with transaction.atomic():
            taken = take(cast.grain, count, kind)
            assert taken == list(range(len(kept) + 1, len(kept) + count + 1))
            transaction.set_rollback(fails)
        kept += [] if fails else taken
    used = NumberUse.objects.filter(series__kind=kind).order_by("n").values_list("n", flat=True)
    last = NumberSeries.objects.filter(kind=kind).values_list("last", flat=True).first()
    assert (kept, list(used), last or 0) == (list(range(1, len(kept) + 1)), kept, len(kept))
    assert gaps() == []


def test_series_are_apart_by_agency_kind_and_year(cast: Cast) -> None:
    """每个机关、种类、年度各编各的号，都从 1 起。"""
    uid = UUID(int=1)
    taken = [
        take_number(agency, kind=kind, year=year, subject=uid)
        for agency in (cast.grain, cast.lakes)
        for kind in ("case", "index_no")
        for year in (2023, 2024)
    ]
    assert (taken, NumberSeries.objects.count()) == ([1] * 8, 8)


def test_a_number_knows_what_it_was_taken_for(cast: Cast) -> None:
    """号与用途一一对应，按给出的次序。"""
    subjects = [UUID(int=n) for n in (5, 3, 4)]
    numbers = take_numbers(cast.grain, kind="case", year=YEAR, subjects=subjects)
    uses = dict(NumberUse.objects.values_list("n", "subject_uid"))
    assert uses == dict(zip(numbers, subjects, strict=True))


def test_a_number_that_lost_its_row_is_a_gap(cast: Cast) -> None:
    """缺号可查：用号记录被删，指出是哪一号。"""
    take(cast.grain, 3)
    guards.drop_all(connection)
    NumberUse.objects.filter(n=2).delete()
    assert gaps() == [(NumberSeries.objects.get(), 2)]


def test_the_database_refuses_a_number_twice_and_number_zero(cast: Cast) -> None:
    """同一序列一号一用，从 1 起，由数据库保证。"""
    take(cast.grain, 1)
    series = NumberSeries.objects.get()
    for n, name in ((1, "number_used_once|UNIQUE"), (0, "number_from_one")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            NumberUse.objects.create(series=series, n=n, subject_uid=uuid4())
    assert NumberUse.objects.count() == 1


def test_a_voided_number_says_why_and_is_not_given_again(cast: Cast) -> None:
    """作废的编号须有说明，仍占其号。"""
    take(cast.grain, 2)
    use = NumberUse.objects.get(n=2)
    before = Event.objects.count()
    for empty in ("", "  "):
        with pytest.raises(ValueError, match="必须写明原因"):
            void_number(use, reason=empty, by=cast.li)
    assert (NumberUse.objects.get(n=2).void_reason, Event.objects.count()) == ("", before)
    void_number(use, reason="登记错机关", by=cast.li)
    assert NumberUse.objects.get(n=2).void_reason == "登记错机关"
    event = Event.objects.latest("pk")
    assert (event.kind, event.subject, event.payload_text) == (
        "number.voided",
        f"number:{use.uid}",
        '{"n":2,"reason":"登记错机关"}',
    )
    assert (take(cast.grain, 1), gaps()) == ([3], [])


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_never_share_a_number() -> None:
    """编号连续且唯一：两人同时取号，后到者等前者提交，不重不缺。"""
    agency, rounds = make_cast().grain, 15
    together, taken = threading.Barrier(2), []

    def officer() -> None:
        try:
            for _ in range(rounds):
                together.wait(timeout=20)
                with transaction.atomic():
                    taken.extend(take(agency, 2))
        finally:
            connection.close()

    threads = [threading.Thread(target=officer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(taken) == list(range(1, 4 * rounds + 1))
    assert (NumberSeries.objects.get().last, gaps()) == (4 * rounds, [])
