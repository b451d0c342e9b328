"""机构改革: what an agency has published stays where it is, counts as it did, and is found from its heir's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from gongkai.agencies.actions import rename_agency
from gongkai.agencies.actions.reorganising import carry_out
from gongkai.agencies.reorganisation import Change, ChangeKind, plan_of
from gongkai.audit import clock
from gongkai.figures import registry
from gongkai.publication.actions import publish_edition
from gongkai.publication.actions.asking import ask_for_the_day
from gongkai.publication.actions.writing import Mended, ask_everything, mend, write_all_due
from gongkai.publication.models import Listed
from gongkai.publication.pages import folder
from gongkai.reporting.compile import scope_of
from gongkai.search.queries import find
from tests.rooms.agencies.county import BASIS, REFORM, station
from tests.rooms.cast import Cast
from tests.rooms.publication.approving import publish, urgent
from tests.rooms.publication.test_pages import unmoved
from tests.rooms.publication.test_publishing import nothing

SETTLED = Mended([], 0)


def counted(cast: Cast) -> list[Sequence[UUID]]:
    """Return what counts as published in 2024, of the county and of the grain bureau."""
    last = date(2024, 12, 31)
    scopes = [scope_of(agency, 2024, last) for agency in (cast.county, cast.grain)]
    return [sorted(registry.uids(scope, "n.items")) for scope in scopes]


def test_what_a_merged_agency_published_stays_and_counts(cast: Cast, public: Path) -> None:
    """4.9：并入、更名之后，信息和列表的网址照旧、字节照旧，计数不变；承接机关的页面通向它们；在办的照常发布；核对无误。"""
    publish(cast, "公告", "通知")
    pending = urgent(cast, "撤并前批准的")
    ask_everything()
    write_all_due(nothing)
    own = [p for p in folder.paths(public) if p.startswith(("n/", "seal/", "o/T00000003/n/"))]
    before = {path: (public / path).read_bytes() for path in own}
    counts, places = counted(cast), list(Listed.objects.order_by("pk").values_list())
    change = Change(ChangeKind.MERGE, (cast.grain,), ((cast.lakes, "全部职能"),), REFORM, BASIS)
    carry_out(change, seen=plan_of(change).sha256, by=cast.li)
    write_all_due(nothing)
    assert mend(unmoved) == SETTLED
    assert {path: (public / path).read_bytes() for path in own} == before
    assert (counted(cast), list(Listed.objects.order_by("pk").values_list())) == (counts, places)
    assert "原示例县粮食局公开的 2 条信息" in _page(public, "T00000004")
    assert {hit.url.strip("/") + "/index.html" for hit in find("公告").hits} <= before.keys()
    named = {"name": "示例县水利粮食局", "short": "水利粮食局", "mark": "示水"}
    rename_agency(cast.lakes, **named, since=REFORM, by=cast.li)
    one = publish_edition(pending, by=cast.sun)
    write_all_due(nothing)
    assert mend(unmoved) == SETTLED
    assert "原示例县粮食局公开的 3 条信息" in _page(public, "T00000004")
    assert "示例县水利粮食局" in _page(public, "T00000003")
    assert (one.document.agency, counted(cast)) == (cast.grain, counts)


def test_a_new_name_reaches_every_page_that_shows_it(cast: Cast, public: Path) -> None:
    """更名的机关有公开信息：写到它现名的网页全部重写，核对无误，不等夜里。"""
    publish(cast, "公告", "通知")
    ask_everything()
    write_all_due(nothing)
    named = {"name": "示例县粮食和物资储备局", "short": "粮储局", "mark": "示粮储"}
    rename_agency(cast.grain, **named, since=clock.today(), by=cast.li)
    write_all_due(nothing)
    assert mend(unmoved) == SETTLED
    assert "粮储局" in (public / "catalogue" / "index.html").read_text()


def test_a_name_registered_ahead_reaches_the_pages_in_the_first_minutes_of_its_day(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """4.1：提前登记的更名：到日子以前照旧，换日的工作写完当天该变的每一页，核对无误。"""
    publish(cast, "公告")
    ask_everything()
    _settled()
    ahead = clock.today() + timedelta(days=3)
    named = {"name": "示例县粮食和物资储备局", "short": "粮储局", "mark": "示粮储"}
    rename_agency(cast.grain, **named, since=ahead, by=cast.li)
    _settled()
    assert "粮储局" not in (public / "catalogue" / "index.html").read_text()
    _begin_day(monkeypatch, ahead)
    _settled()
    assert "粮储局" in (public / "catalogue" / "index.html").read_text()


def test_a_split_dated_ahead_comes_about_on_its_day(
    cast: Cast, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """4.9：提前登记的分立：到日子以前照旧，当天承接机关的页面都通向原机关的信息；网址、列表、计数不变；在办的由承接机关发布。"""
    publish(cast, "公告", "通知")
    pending = urgent(cast, "分立前批准的")
    ask_everything()
    _settled()
    before, counts = _own_files(public), counted(cast)
    ahead = clock.today() + timedelta(days=3)
    heirs = ((cast.lakes, "粮食购销"), (station(cast), "粮食储备"))
    change = Change(ChangeKind.SPLIT, (cast.grain,), heirs, ahead, BASIS)
    carry_out(change, seen=plan_of(change).sha256, by=cast.li)
    _settled()
    assert (_own_files(public), counted(cast)) == (before, counts)
    assert [_leads_on(public, code) for code in ("T00000004", "T00000009")] == [False, False]
    _begin_day(monkeypatch, ahead)
    _settled()
    assert (_own_files(public), counted(cast)) == (before, counts)
    assert [_leads_on(public, code) for code in ("T00000004", "T00000009")] == [True, True]
    one = publish_edition(pending, by=cast.sun)
    _settled()
    page = public / f"n/{ahead.year}/{one.document.url_key}/index.html"
    assert (one.document.agency, page.is_file()) == (cast.grain, True)


def test_a_partial_transfer_moves_no_page_and_no_list(cast: Cast, public: Path) -> None:
    """4.9：划出部分职能：原机关继续发布，列表接着编；划出前后的信息都在原处，计数不变，核对无误。"""
    publish(cast, "公告")
    ask_everything()
    _settled()
    before, counts = _own_files(public), counted(cast)
    change = Change(ChangeKind.TRANSFER, (cast.grain,), ((cast.lakes, "节水"),), REFORM, BASIS)
    carry_out(change, seen=plan_of(change).sha256, by=cast.li)
    _settled()
    assert (_own_files(public), counted(cast)) == (before, counts)
    publish(cast, "划出以后的通知")
    _settled()
    named = Listed.objects.filter(listing__contains="T00000003").order_by("pk")
    assert len({row.document_id for row in named}) == 2


def _begin_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be the morning of *day*, and the work of the new day be asked for."""
    morning = datetime.combine(day, time(0, 15), clock.SHANGHAI)
    monkeypatch.setattr(clock, "now", lambda: morning)
    ask_for_the_day()


def _settled() -> None:
    """Write what is due; a comparison finds nothing to mend."""
    write_all_due(nothing)
    assert mend(unmoved) == SETTLED


def _own_files(public: Path) -> dict[str, bytes]:
    own = [p for p in folder.paths(public) if p.startswith(("n/2", "seal/"))]
    return {path: (public / path).read_bytes() for path in own}


def _leads_on(public: Path, code: str) -> bool:
    return "原示例县粮食局公开的 2 条信息" in _page(public, code)


def _page(public: Path, code: str) -> str:
    return (public / "o" / code / "index.html").read_text()
