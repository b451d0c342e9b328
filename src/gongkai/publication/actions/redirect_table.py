"""Old addresses by the table: looked at first, entered when whoever saw it confirms exactly that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import new_uid
from gongkai.people.models import Person
from gongkai.publication.actions.alerting import STREAM
from gongkai.publication.actions.asking import ask_soon
from gongkai.publication.actions.redirecting import (
    MAP,
    TAKEN,
    files_above,
    refuse_new,
    refuse_old,
)
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Redirect
from gongkai.publication.redirect_table import Pair, TableRefused
from gongkai.publication.rules import ALERTERS, may_alert
from gongkai.text.canonical import sha256_hex

_BATCH = 500


@dataclass(frozen=True)
class Plan:
    """What entering a table would do now: *new* ones, and those *known* already. *sha256* is of both."""

    new: tuple[Pair, ...]
    known: tuple[Pair, ...]
    sha256: str


def plan_redirects(pairs: Sequence[Pair], *, by: Person) -> Plan:
    """Return what entering *pairs* would do. Raises :class:`TableRefused` with every problem, ``RoleRefused``."""
    authorise(by, may_alert, step="登记网址转向", whose=ALERTERS)
    there = _there(pairs)
    problems = list(_problems(pairs, there))
    if problems:
        raise TableRefused(problems)
    known = tuple(pair for pair in pairs if pair.path in there)
    new = tuple(pair for pair in pairs if pair.path not in there)
    seen = "\n".join(f"{one.path} {one.target} {one.path in there}" for one in pairs)
    return Plan(new, known, sha256_hex(seen.encode()))


@transaction.atomic
def enter_redirects(
    pairs: Sequence[Pair], *, kind: str, reason: str, seen: str, by: Person
) -> Plan:
    """Have all old addresses of a table lead on: all of them, or none; those known already stay as they are.

    *seen* is the hash of the plan that was looked at. Raises :class:`PublicationRefused` where it is another one
    now, :class:`TableRefused`, ``RoleRefused``.
    """
    plan = plan_redirects(pairs, by=by)
    if plan.sha256 != seen:
        raise PublicationRefused("对照以后又有别的登记，这次没有录入。请重新上传，看过再确认。")
    rows = [
        Redirect(
            path=one.path,
            target=one.target,
            kind=kind,
            reason=reason.strip(),
            by_person=by,
            at=clock.now(),
        )
        for one in plan.new
    ]
    _save(rows)
    ask_soon([*(("redirect", row.path.removeprefix("/")) for row in rows), (MAP, "")])
    record(
        "redirect.table_entered",
        stream=STREAM,
        subject=f"redirect:{new_uid()}",
        payload={"new": len(plan.new), "known": len(plan.known), "sha256": plan.sha256},
        by=by,
    )
    return plan


def _save(rows: Sequence[Redirect]) -> None:
    try:
        for row in rows:
            row.clean_fields(exclude=["by_person"])
        with transaction.atomic():
            Redirect.objects.bulk_create(rows, batch_size=_BATCH)
    except ValidationError as wrong:
        raise PublicationRefused("；".join(wrong.messages)) from wrong
    except IntegrityError as taken:
        raise PublicationRefused(TAKEN) from taken


def _there(pairs: Sequence[Pair]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(pairs), _BATCH):
        paths = [pair.path for pair in pairs[start : start + _BATCH]]
        found |= dict(Redirect.objects.filter(path__in=paths).values_list("path", "target"))
    return found


def _problems(pairs: Sequence[Pair], there: dict[str, str]) -> Iterator[str]:
    counts = Counter(pair.path for pair in pairs)
    for pair in pairs:
        if there.get(pair.path) == pair.target and counts[pair.path] == 1:
            continue
        if counts[pair.path] > 1:
            yield f"{pair.at(0)}：同一个旧网址写了 {counts[pair.path]} 次，只能有一行。"
        elif pair.path in there:
            yield f"{pair.at(0)}：{TAKEN}"
        elif above := [one for one in files_above(pair.path) if one in counts]:
            yield f"{pair.at(0)}：表里的 {above[0]} 是网页，不能同时是它的目录。请核对旧网站的网址。"
        else:
            yield from _wrong(pair.at(0), refuse_old, pair.path)
        if pair.target in counts:
            yield f"{pair.at(1)}：新网址在这张表里又转向别处，请直接写最后的网址。"
        else:
            yield from _wrong(pair.at(1), refuse_new, pair.target)


def _wrong(place: str, refuse: Callable[[str], None], address: str) -> Iterator[str]:
    try:
        refuse(address)
    except PublicationRefused as refused:
        yield f"{place}：{refused}"
