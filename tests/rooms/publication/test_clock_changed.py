"""The machine's clock is put back or forward in the middle: the log's order holds, no date precedes what it follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.audit.queries import verify_all
from gongkai.documents.models import Document
from gongkai.publication.actions import PublicationRefused, publish_edition, withdraw
from gongkai.publication.actions.planning import plan_publication, publish_due
from gongkai.publication.actions.writing import Mended, ask_everything, mend, write_all_due
from gongkai.publication.models import Ending, Publication
from gongkai.review.actions import submit_for_review
from gongkai.review.models import Seal, StageKind, Submission, Verdict
from tests.rooms.cast import Cast
from tests.rooms.publication.conftest import only_touched
from tests.rooms.publication.test_pages import unmoved
from tests.rooms.publication.test_publishing import nothing
from tests.rooms.review.panel import approve_through, draft, make_panel, sealed

EVE = datetime(2026, 12, 31, 23, 30, tzinfo=clock.SHANGHAI)
HOUR = timedelta(hours=1)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the clock says: its one element."""
    says = [EVE]
    monkeypatch.setattr(clock, "now", lambda: says[0])
    return says


def test_put_back_over_the_turn_of_the_year_nothing_precedes_what_it_follows(
    cast: Cast, public: Path, at: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """时钟拨过年界又拨回一小时：审核、签封、发布、撤下的时间都不早于前一步；网址的年份与发布日期一致；日志按序完整，核对无误。"""
    panel, edition = make_panel(cast), draft(cast, "清淤通知")
    submission = submit_for_review(edition, by=cast.chen)
    at[0] = EVE + HOUR
    approve_through(submission, panel, StageKind.SECRECY, StageKind.FIRST)
    at[0] = EVE - HOUR / 2
    approve_through(submission, panel, StageKind.SECOND, StageKind.FINAL)
    edition.refresh_from_db()
    one = publish_edition(edition, by=cast.chen)
    only_touched(monkeypatch)
    ask_everything()
    write_all_due(nothing)
    assert (public / f"n/2027/{one.document.url_key}/index.html").is_file()
    assert mend(unmoved) == Mended([], 0)
    withdraw(one, reason="误发", by=cast.zhao)
    seal, row = Seal.objects.get(), Submission.objects.get()
    assert edition.closed_at
    assert row.ended_at
    steps = [
        edition.closed_at,
        row.at,
        *Verdict.objects.order_by("pk").values_list("at", flat=True),
    ]
    steps += [seal.sealed_at, row.ended_at, one.published_at, Ending.objects.get().at]
    assert steps == sorted(steps)
    assert clock.legal_date(one.published_at).year == 2027
    events = Event.objects.filter(stream=cast.grain.code).order_by("seq")
    assert list(events.values_list("kind", flat=True))[-2:] == [
        "publication.live",
        "publication.withdrawn",
    ]
    assert verify_all() == []


def test_a_clock_that_is_far_wrong_dates_no_publication(cast: Cast, at: list[datetime]) -> None:
    """审核时的时钟快了一年，后来改正：不写一个将来的发布日期，说明怎么办；另立新版本重审即可。"""
    at[0] = EVE.replace(year=2027)
    edition = draft(cast, "清淤通知")
    sealed(cast, edition)
    edition.refresh_from_db()
    at[0] = EVE
    with pytest.raises(PublicationRefused, match=r"2027-12-31 23:30.*请系统管理员核对服务器时钟"):
        publish_edition(edition, by=cast.chen)
    assert Publication.objects.count() == 0


def test_what_is_planned_goes_out_once_whatever_the_clock_does(
    cast: Cast, public: Path, at: list[datetime]
) -> None:
    """时钟拨过计划的时间又拨回，再走到：只发布一次；拨回到计划之前不提早发。"""
    edition = draft(cast, "清淤通知")
    sealed(cast, edition)
    edition.refresh_from_db()
    due = EVE + HOUR
    plan_publication(edition, at=due, by=cast.chen)
    said = []
    for now in (due - HOUR / 2, due - HOUR, due + HOUR, due - HOUR / 2, due, due + HOUR):
        at[0] = now
        said.append(publish_due())
    assert said == [(0, 0), (0, 0), (1, 0), (0, 0), (0, 0), (0, 0)]
    assert Publication.objects.count() == Document.objects.count() == 1
