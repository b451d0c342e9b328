"""Which unit returns count, and which ought to be there and are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.returns.models import Item, Return, State
from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex


def counted(agency_ids: Sequence[int], period: int) -> list[Return]:
    """Return the accepted return with the highest revision of each agency and item, in code order."""
    rows = (
        _accepted(agency_ids, period).select_related("agency").order_by("agency__code", "revision")
    )
    latest = {(row.agency_id, row.item): row for row in rows}
    return list(latest.values())


def missing(
    agencies: Iterable[Agency], period: int, present: Iterable[Return]
) -> list[tuple[Agency, Item, str]]:
    """Return what each agency still owes for *period*, and where it stands. Zero must be filed as zero."""
    known = {(row.agency_id, row.item) for row in present if row.value_int is not None}
    agencies = list(agencies)
    standing = _standing([agency.pk for agency in agencies], period)
    return [
        (agency, item, standing.get((agency.pk, item.value), "尚未报送"))
        for agency in agencies
        for item in Item
        if (agency.pk, item.value) not in known
    ]


def _standing(agency_ids: Sequence[int], period: int) -> dict[tuple[int, str], str]:
    rows = Return.objects.filter(agency__in=agency_ids, period=period).order_by("revision")
    return {(row.agency_id, row.item): _say(row) for row in rows}


def _say(row: Return) -> str:
    if row.state == State.ACCEPTED:
        return f"已报送但无数据：{row.absent_reason}"
    if row.state == State.SENT_BACK:
        return f"已退回：{row.sent_back_reason}"
    if row.state == State.WITHDRAWN:
        return "填报人已撤回，待重新报送"
    return "已报送，待接收"


def _accepted(agency_ids: Sequence[int], period: int) -> QuerySet[Return]:
    return Return.objects.filter(agency__in=agency_ids, period=period, state=State.ACCEPTED)


@dataclass(frozen=True)
class Place:
    """One agency's place for one item of a period: its last return, if any."""

    agency: Agency
    item: Item
    last: Return | None

    @property
    def state(self) -> str:
        return self.last.state if self.last else "none"

    @property
    def owed(self) -> bool:
        """Whether the unit has to do something: nothing filed, sent back, or taken back."""
        return self.state in ("none", State.SENT_BACK, State.WITHDRAWN)


def places(agencies: Iterable[Agency], period: int) -> list[Place]:
    """Return where each item of each agency stands, in code order. One query beside *agencies*'."""
    agencies = list(agencies)
    rows = Return.objects.filter(agency__in=agencies, period=period).order_by("revision")
    last = {(row.agency_id, row.item): row for row in rows.select_related("filler", "approver")}
    return [
        Place(agency, item, last.get((agency.pk, item.value)))
        for agency in agencies
        for item in Item
    ]


def altered_returns() -> Iterator[Return]:
    """Yield returns whose signed content no longer matches its hash."""
    for row in Return.objects.select_related("agency", "filler").iterator(chunk_size=2_000):
        if signed_hash(row) != row.sha256:
            yield row


def signed_hash(filed: Return) -> str:
    """Return the hash of what the filler signed."""
    signed: dict[str, Plain] = {
        "agency": filed.agency.code,
        "period": filed.period,
        "item": str(filed.item),
        "revision": filed.revision,
        "value": filed.value_int,
        "absent_reason": filed.absent_reason,
        "source": filed.source,
        "filler": str(filed.filler.uid),
    }
    return sha256_hex(canonical_bytes(signed))
