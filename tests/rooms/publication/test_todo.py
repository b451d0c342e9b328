"""What is approved waits in somebody's to-do until it is public."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Membership
from gongkai.agencies.queries import standing_on
from gongkai.audit import clock
from gongkai.desk.todo import collected
from gongkai.documents.actions import next_edition
from gongkai.people.models import Person
from gongkai.publication.actions import publish_edition
from gongkai.publication.actions.planning import cancel_plan, plan_publication
from gongkai.publication.models import Publication
from gongkai.publication.plans import Plan
from gongkai.review.actions import submit_for_review
from gongkai.rulebook.queries import rules_on
from tests.rooms.cast import Cast
from tests.rooms.review.panel import approve_through, draft, make_panel
from tests.rooms.walk.world import signed_in

MOST_QUERIES = 12


def to_publish(person: Person) -> list[tuple[str, str]]:
    """Return the titles *person* is to publish, each with the page where it is done."""
    on = clock.today()
    found = collected(standing_on(person, on), rules_on(on))
    return [
        (one.what.removeprefix("审核通过，等待发布："), one.address)
        for one in found
        if one.act == "发布"
    ]


def test_what_is_approved_waits_for_whoever_publishes_it(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """条例第二十六条：签封以后、公开以前，列在本机关信息员的待办里，新版签封了只列新版；外局没有，公开以后没有。"""
    panel = make_panel(cast)
    first = draft(cast, "清淤通知")
    approve_through(submit_for_review(first, by=cast.chen), panel)
    line = ("清淤通知", f"/desk/publication/{first.document.url_key}/")
    assert [to_publish(one) for one in (cast.chen, cast.li, cast.sun)] == [[line], [], []]
    second = next_edition(first.document, by=cast.chen)
    approve_through(submit_for_review(second, by=cast.chen), panel)
    assert to_publish(cast.chen) == [line]
    client = signed_in(cast.chen)
    client.get("/desk/")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "审核通过，等待发布：清淤通知" in client.get("/desk/").text
    second.refresh_from_db()
    publish_edition(second, by=cast.chen)
    assert to_publish(cast.chen) == []


def test_what_is_planned_goes_out_by_itself(cast: Cast) -> None:
    """已经安排时间的不催；到时没有发出的、取消安排的，又列出来。"""
    edition = draft(cast, "清淤通知")
    approve_through(submit_for_review(edition, by=cast.chen), make_panel(cast))
    edition.refresh_from_db()
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(9), clock.SHANGHAI)
    plan = plan_publication(edition, at=tomorrow, by=cast.chen)
    assert to_publish(cast.chen) == []
    Plan.objects.update(fault="磁盘已满")
    assert [title for title, _ in to_publish(cast.chen)] == ["清淤通知"]
    Plan.objects.update(fault="")
    cancel_plan(plan, reason="改为直接发布", by=cast.chen)
    assert [title for title, _ in to_publish(cast.chen)] == ["清淤通知"]


def test_where_nobody_publishes_the_office_does(cast: Cast) -> None:
    """条例第三条：本机关没有信息员的，待发布的列在县政务公开办的待办里。"""
    edition = draft(cast, "清淤通知")
    approve_through(submit_for_review(edition, by=cast.chen), make_panel(cast))
    Membership.objects.filter(person=cast.chen).update(ended=clock.today())
    found = [[title for title, _ in to_publish(one)] for one in (cast.chen, cast.li, cast.sun)]
    assert (found, Publication.objects.count()) == ([[], ["清淤通知"], []], 0)
