"""Light item rows: news, notices, meetings; interpretations and responses; relayed information."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from gongkai.audit import clock
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.models import Kind
from gongkai.publication.actions import publish_imported
from gongkai.review.actions import waive_as_imported
from gongkai_demo.cast import Cast
from gongkai_demo.organs import Organ
from gongkai_demo.shares import divide
from gongkai_demo.stock import WAIVED

# Normative documents are items too: they are entered by stock.py and belong to the published total.
COUNTS = {
    2023: {
        Kind.NEWS: 520,
        Kind.NOTICE: 90,
        Kind.MEETING: 30,
        Kind.INTERPRETATION: 8,
        Kind.RESPONSE: 2,
        Kind.RELAY: 64,
    },
    2024: {
        Kind.NEWS: 7_600,
        Kind.NOTICE: 1_900,
        Kind.MEETING: 247,
        Kind.INTERPRETATION: 12,
        Kind.RESPONSE: 3,
        Kind.RELAY: 107,
    },
}
_CENTRAL = (Kind.INTERPRETATION, Kind.RESPONSE, Kind.RELAY)


def publish_year(
    year: int, organs: Sequence[Organ], cast: Cast, said: Callable[[str], None]
) -> None:
    """Enter the year's items agency by agency: what the office alone does goes to the office."""
    rolled_up = [organ for organ in organs if organ.agency.rolls_up]
    shares = {
        kind: [count if place == 1 else 0 for place in range(len(rolled_up))]
        if kind in _CENTRAL
        else divide(count, [6 if place < 2 else 1 for place in range(len(rolled_up))])
        for kind, count in COUNTS[year].items()
    }
    for place, organ in enumerate(rolled_up):
        drafts = [
            Draft(kind, f"{kind.label}第 {n + 1} 条（演示 {year}）", "演示内容。")
            for kind, parts in shares.items()
            for n in range(parts[place])
        ]
        _publish(drafts, organ, year, cast)
        said(f"{year} 年主动公开信息：{place + 1}/{len(rolled_up)} 个单位")


def _publish(drafts: Sequence[Draft], organ: Organ, year: int, cast: Cast) -> None:
    if not drafts:
        return
    first = clock.start_of(date(year, 1, 2)) + timedelta(hours=9)
    step = timedelta(days=360) / len(drafts)
    editions = enter_documents(
        drafts, agency=organ.agency, year=year, closed_at=first, by=cast.author
    )
    waivers = waive_as_imported(editions, agency=organ.agency, reason=WAIVED, by=cast.leader)
    publish_imported(
        waivers,
        at=[first + n * step for n in range(len(drafts))],
        agency=organ.agency,
        by=cast.leader,
    )
