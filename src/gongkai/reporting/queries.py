"""Reports as released, and the lists a freeze keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from gongkai.agencies.models import Agency
from gongkai.annualreport import model as printed
from gongkai.reporting.models import CellList, Freeze, Report
from gongkai.text.canonical import canonical_bytes, from_canonical, sha256_hex

_UID_BYTES = 16


def released() -> QuerySet[Report]:
    """Return the reports the public may read, newest year first."""
    rows = Report.objects.filter(released__isnull=False).select_related("agency", "released")
    return rows.order_by("-year", "agency__code")


def released_report(agency: Agency, year: int) -> printed.Report | None:
    """Return the printed report of *agency* for *year*, or None while it is not released."""
    row = released().filter(agency=agency, year=year).first()
    return printed_report(row) if row else None


def printed_report(row: Report) -> printed.Report:
    """Return what the released freeze of *row* says, with its day of publication."""
    assert row.released is not None  # noqa: S101  # callers select released reports
    return replace(frozen_report(row.released), published_on=row.released_on)


def frozen_report(freeze: Freeze) -> printed.Report:
    """Return the report inside *freeze*."""
    tree = cast("dict[str, object]", from_canonical(bytes(freeze.canonical)))
    return printed.from_json(canonical_bytes(cast("dict[str, str]", tree["report"])))


def frozen_uids(freeze: Freeze, leaf: str) -> frozenset[UUID]:
    """Return the uids behind one figure when it was frozen."""
    found = CellList.objects.get(freeze=freeze, leaf=leaf)
    return frozenset(unpack_uids(bytes(found.uids)))


def cell_sizes(freeze: int) -> Iterator[tuple[str, int]]:
    """Yield the figures of the freeze with that row, and how many records each counted."""
    lists = CellList.objects.filter(freeze=freeze).annotate(size=Length(F("uids")))
    for leaf, size in lists.order_by("leaf").values_list("leaf", "size"):
        yield leaf, size // _UID_BYTES


def pack_uids(uids: list[UUID]) -> bytes:
    """Return *uids* sixteen bytes each in rising order."""
    return b"".join(sorted(uid.bytes for uid in uids))


def unpack_uids(packed: bytes) -> list[UUID]:
    return [UUID(bytes=packed[at : at + _UID_BYTES]) for at in range(0, len(packed), _UID_BYTES)]


def broken_freezes() -> list[str]:
    """Return a sentence for every freeze or cell list whose bytes no longer match their hash."""
    broken = [
        f"{freeze.report} 第 {freeze.n} 稿：内容与哈希不符"
        for freeze in Freeze.objects.select_related("report__agency").iterator()
        if sha256_hex(bytes(freeze.canonical)) != freeze.sha256
    ]
    lists = CellList.objects.select_related("freeze__report__agency").iterator()
    return broken + [
        f"{row.freeze} 的 {row.leaf} 清单：内容与哈希不符"
        for row in lists
        if sha256_hex(bytes(row.uids)) != row.sha256
    ]
