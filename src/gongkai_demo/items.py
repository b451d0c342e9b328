"""The items of a year, agency by agency: who puts out how many of which kind is data, and so is what they say."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.audit import clock
from gongkai.documents.actions import Draft, enter_documents
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Edition, Kind
from gongkai.policies.models import Policy
from gongkai.publication.actions import publish_imported
from gongkai.review.actions import waive_as_imported
from gongkai_demo import composing, illustrated
from gongkai_demo.cast import Cast
from gongkai_demo.columns import OWNERS
from gongkai_demo.composing import Place
from gongkai_demo.organs import DATA, Organ
from gongkai_demo.shares import divide
from gongkai_demo.stock import WAIVED, subject_of

_OPENS = timedelta(hours=8, minutes=30)
_OFFICE_MINUTES = 540
_OWN_COLUMN = (Kind.NOTICE, Kind.PUBLICITY)
_SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """An item that is to go out: the *n*-th of its kind by its agency, at an instant."""

    kind: Kind
    n: int
    at: datetime


def publish_year(
    year: int,
    organs: Sequence[Organ],
    policies: Sequence[Policy],
    cast: Cast,
    said: Callable[[str], None],
) -> None:
    """Enter the year's items agency by agency; *policies* of the year are what its interpretations are about."""
    rolled_up = [organ for organ in organs if organ.agency.rolls_up]
    shares = _shares(year, [organ.short for organ in rolled_up])
    made = [policy for policy in policies if policy.written_on.year == year]
    for place, organ in enumerate(rolled_up):
        due = _due(year, {kind: parts[place] for kind, parts in shares.items()})
        _publish([(one, _draft(one, organ, made)) for one in due], organ, cast)
        said(f"{year} 年主动公开信息：{place + 1}/{len(rolled_up)} 个单位")


def _shares(year: int, shorts: Sequence[str]) -> dict[Kind, list[int]]:
    """Return how many items of each kind every agency puts out, in the order of *shorts*."""
    plan: Mapping[str, Any] = tomllib.loads((DATA / "plan.toml").read_text(encoding="utf-8"))
    return {
        Kind(code): divide(
            row["years"][str(year)],
            [row["shares"].get(short, row["shares"].get("*", 0)) for short in shorts],
        )
        for code, row in plan.items()
    }


def _due(year: int, counts: Mapping[Kind, int]) -> Iterator[Due]:
    """Yield one agency's items of a year by time: each kind spread over all of it, on working days."""
    spread = sorted(
        ((n + 0.5) / count, kind, n) for kind, count in counts.items() for n in range(count)
    )
    first = date(year, 1, 2)
    for place, (part, kind, n) in enumerate(spread):
        day = first + timedelta(days=int(part * 360))
        day -= timedelta(days=max(0, day.weekday() - _SATURDAY + 1))  # the Friday before
        minute = timedelta(minutes=place * 37 % _OFFICE_MINUTES)
        yield Due(kind, n, clock.start_of(max(day, first)) + _OPENS + minute)


def _draft(due: Due, organ: Organ, policies: Sequence[Policy]) -> Draft:
    place = Place(organ, due.n, clock.legal_date(due.at))
    more = _interpreted(policies[due.n]) if due.kind is Kind.INTERPRETATION else {}
    draft = composing.draft(due.kind, place, **more)
    own = [slug for slug, short in OWNERS.items() if short == organ.short]
    if own and due.kind in _OWN_COLUMN and due.n % 2:
        second = own[due.n // 2 % len(own)]
        return replace(draft, columns=(schema_of(due.kind).columns[0], second))
    return draft


def _interpreted(policy: Policy) -> dict[str, str]:
    """Return what an interpretation says of the document it is about."""
    edition = policy.document.editions.get()
    return {
        "policy_title": edition.title,
        "policy_number": policy.number,
        "policy_address": f"/n/{policy.published_on.year}/{policy.document.url_key}/",
        "subject": subject_of(edition.title),
    }


def _publish(written: Sequence[tuple[Due, Draft]], organ: Organ, cast: Cast) -> None:
    """Enter an agency's year: what is text alone at once, what has a picture or a file by who drafts there."""
    drafter = {"县政府办公室": cast.officer, "县自然资源局": cast.author}.get(organ.short)
    plain: list[tuple[Due, Draft]] = []
    rich: list[tuple[Due, Draft]] = []
    for one in written:
        (rich if drafter and illustrated.has_more(one[1], one[0].n) else plain).append(one)
    if plain:
        at, drafts = [due.at for due, _ in plain], [draft for _, draft in plain]
        year, author = at[0].year, cast.author
        editions = enter_documents(drafts, agency=organ.agency, year=year, closed_at=at, by=author)
        _let_out(editions, at, organ, cast)
    if rich and drafter:
        at, drafts = [due.at for due, _ in rich], [draft for _, draft in rich]
        editions = illustrated.enter(drafts, agency=organ.agency, year=at[0].year, by=drafter)
        _let_out(editions, at, organ, cast)


def _let_out(editions: Sequence[Edition], at: Sequence[datetime], organ: Organ, cast: Cast) -> None:
    waivers = waive_as_imported(editions, agency=organ.agency, reason=WAIVED, by=cast.leader)
    publish_imported(waivers, at=at, agency=organ.agency, by=cast.leader)
