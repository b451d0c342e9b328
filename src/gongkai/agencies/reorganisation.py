"""What a change among agencies (机构改革) would do: worked out first, shown, and only then done.

The plan has a hash. The action takes the hash of the plan that was seen, works the plan out again and
refuses when it has become another: nobody confirms what they did not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from gongkai.agencies.estates import estates
from gongkai.agencies.models import (
    Agency,
    AgencyContact,
    AgencyEnding,
    AgencyName,
    Level,
    Membership,
    Subordination,
)
from gongkai.agencies.queries import names_on, parents_on
from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex


class ChangeKind(StrEnum):
    """How functions pass on. Only in a transfer does the old agency go on."""

    MERGE = "merge"
    SPLIT = "split"
    TRANSFER = "transfer"
    CLOSE = "close"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def ends(self) -> bool:
        """Whether the old agencies are no more afterwards."""
        return self is not ChangeKind.TRANSFER


_LABELS = {
    ChangeKind.MERGE: "并入其他机关",
    ChangeKind.SPLIT: "撤销并分给几个机关",
    ChangeKind.TRANSFER: "划出部分职能（机关保留）",
    ChangeKind.CLOSE: "撤销（没有承接机关）",
}
_STAYS = "原机关继续存在，已在办的仍由它办完。"


@dataclass(frozen=True)
class Change:
    """*heirs* take over, each a described part of the functions; *basis* is the document that decided it."""

    kind: ChangeKind
    sources: tuple[Agency, ...]
    heirs: tuple[tuple[Agency, str], ...]
    on: date
    basis: str

    @property
    def involved(self) -> tuple[Agency, ...]:
        return (*self.sources, *(agency for agency, _ in self.heirs))


@dataclass(frozen=True)
class Line:
    """How much of one kind an old agency has in hand, and what becomes of it."""

    agency: Agency
    title: str
    fate: str
    count: int
    fingerprint: str


@dataclass(frozen=True)
class Plan:
    """What *change* would touch and what stands in its way."""

    change: Change
    lines: tuple[Line, ...]
    obstacles: tuple[str, ...]

    @cached_property
    def sha256(self) -> str:
        change = self.change
        seen: dict[str, Plain] = {
            "kind": change.kind.value,
            "sources": [agency.code for agency in change.sources],
            "heirs": [[agency.code, scope] for agency, scope in change.heirs],
            "on": change.on.isoformat(),
            "basis": change.basis,
            "lines": [
                [line.agency.code, line.title, line.fate, line.fingerprint] for line in self.lines
            ],
            "obstacles": list(self.obstacles),
        }
        return sha256_hex(canonical_bytes(seen))


def plan_of(change: Change) -> Plan:
    """Return what *change* would do as things stand now. Nothing is written."""
    return Plan(change, tuple(_lines(change)), tuple(_obstacles(change)))


def _lines(change: Change) -> Iterator[Line]:
    for agency in change.sources:
        for estate in estates():
            names = sorted(str(one) for one in estate.of_agency(agency, change.on))
            if names:
                yield Line(
                    agency,
                    estate.title,
                    estate.fate if change.kind.ends else _STAYS,
                    len(names),
                    sha256_hex("\n".join(names).encode()),
                )


def _obstacles(change: Change) -> Iterator[str]:
    names = {key: name.name for key, name in names_on(date.max, change.involved).items()}
    yield from _odd_parties(change, names)
    for agency in change.sources:
        yield from _of_source(agency, names[agency.pk], change)
    for agency, scope in change.heirs:
        yield from _of_heir(agency, names[agency.pk], change.on)
        if not scope.strip():
            yield f"没有写明“{names[agency.pk]}”承接哪些职能，请补写。"
    if not change.basis.strip():
        yield "没有写明依据（机构改革方案或批复的文号），请补写。"


def _odd_parties(change: Change, names: dict[int, str]) -> Iterator[str]:
    sources = {agency.pk for agency in change.sources}
    heirs = [agency.pk for agency, _ in change.heirs]
    for key in sorted(sources & set(heirs)):
        yield f"“{names[key]}”不能由自己承接，请另选承接机关。"
    if len(set(heirs)) < len(heirs):
        yield "同一个承接机关写了两次，请合并为一行。"
    if not sources:
        yield "没有选择要调整的机关。"
    if bool(heirs) == (change.kind is ChangeKind.CLOSE):
        yield "撤销而没有承接机关的，不选承接机关；其他情形至少选一个承接机关。"


def _of_source(agency: Agency, name: str, change: Change) -> Iterator[str]:
    ending = AgencyEnding.objects.filter(agency=agency).first()
    if ending is not None:
        yield f"“{name}”已登记自 {ending.on} 起撤销，不能再次调整。"
    if not change.kind.ends:
        return
    if agency.level in (Level.COUNTY, Level.OFFICE):
        yield (
            f"“{name}”是县级人民政府或其信息公开主管部门（条例第三条），不能撤并；"
            "名称变化请办理更名。"
        )
    yield from _later_than(agency, name, change.on)
    yield from _left_behind(agency, name, change)


def _later_than(agency: Agency, name: str, on: date) -> Iterator[str]:
    """What is on record of days on which the agency would be no more."""
    begun = AgencyName.objects.filter(agency=agency, since__gte=on).order_by("since").first()
    if begun is not None:
        yield f"“{begun.name}”的名称自 {begun.since} 起启用，撤销日期应在其后。"
    late = Membership.objects.filter(agency=agency, since__gte=on).count()
    if late:
        yield f"“{name}”有 {late} 项任职自撤销之日或以后开始，请先更正这些任职或者改撤销日期。"
    if AgencyContact.objects.filter(agency=agency, since__gte=on).exists():
        yield f"“{name}”有机构信息自撤销之日或以后启用，撤销日期应在其后。"
    if Subordination.objects.filter(agency=agency, since__gte=on).exists():
        yield f"“{name}”的隶属关系在撤销之日或以后还有变化，撤销日期应在其后。"


def _left_behind(agency: Agency, name: str, change: Change) -> Iterator[str]:
    parents = parents_on(change.on)
    gone = AgencyEnding.objects.filter(on__lte=change.on).values_list("agency", flat=True)
    leaving = {*gone, *(source.pk for source in change.sources)}
    below = [key for key, parent in parents.items() if parent == agency.pk and key not in leaving]
    if below:
        listed = "、".join(names_on(change.on)[key].name for key in sorted(below))
        yield f"“{name}”下面还有：{listed}。请先调整它们的隶属。"
    if change.kind is ChangeKind.CLOSE:
        unfinished = [
            estate.title
            for estate in estates()
            if estate.needs_heir and any(True for _ in estate.of_agency(agency, change.on))
        ]
        if unfinished:
            yield f"“{name}”还有{'、'.join(unfinished)}，没有承接机关就无人办理；请改选承接机关，或先办完。"


def _of_heir(agency: Agency, name: str, on: date) -> Iterator[str]:
    ending = AgencyEnding.objects.filter(agency=agency).first()
    if ending is not None and ending.on <= on:
        yield f"承接机关“{name}”自 {ending.on} 起已撤销，请改选现有机关。"
    if not AgencyName.objects.filter(agency=agency, since__lte=on).exists():
        yield f"承接机关“{name}”在 {on} 还没有设立，请核对日期。"
