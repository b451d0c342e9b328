"""What a search finds of a register: each row that is shown, by what its page shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from gongkai.audit import clock
from gongkai.publication.pages.kinds import kind_of
from gongkai.registers.layout import layout_of
from gongkai.registers.listings import ARCHIVE, anchor_of, page_key, page_of
from gongkai.registers.models import Entry
from gongkai.registers.queries import names_at, said
from gongkai.search.entry import Audience
from gongkai.search.entry import Entry as Findable

_BATCH = 500
_INDEX = "index.html"


class Shown:
    """The rows that are shown, as a source of the search. A natural person's is a mask here as it is there."""

    def keys(self) -> set[UUID]:
        """Return the rows that are shown."""
        return set(_shown().values_list("uid", flat=True))

    def entries(self, keys: Sequence[UUID]) -> Iterator[Findable]:
        """Yield what is found of those of *keys* that are rows and shown."""
        for start in range(0, len(keys), _BATCH):
            yield from entries_of(list(_shown().filter(uid__in=keys[start : start + _BATCH])))

    def every(self) -> Iterator[Findable]:
        """Yield every row that is shown."""
        return in_batches(_shown().order_by("pk").iterator(chunk_size=_BATCH))


def in_batches(rows: Iterable[Entry]) -> Iterator[Findable]:
    """Yield what is found of *rows*, however many they are."""
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield from entries_of(batch)


def entries_of(rows: Sequence[Entry]) -> Iterator[Findable]:
    """Yield what is found of each of *rows*."""
    for row, agency in zip(rows, names_at(rows), strict=True):
        yield _entry(row, agency)


def _entry(row: Entry, agency: str) -> Findable:
    lines = (f"{label} {text}" for label, text in [*said(row), ("决定机关", agency)])
    return Findable(
        key=row.uid,
        audience=Audience.PUBLIC,
        title=f"{row.title or layout_of(row.register).title + '决定'}（{row.subject}）",
        text="\n".join(lines),
        agency_id=row.agency_id,
        kind=row.register,
        published_on=clock.legal_date(row.entered_at),
        year=row.decided_on.year,
        url=_address(row),
        number=row.number,
    )


def _address(row: Entry) -> str:
    """The row on the numbered page of the county's table: the place where it stays."""
    kind = kind_of(ARCHIVE[0])
    path = kind.path(page_key(row.register, "", page_of(row.county_n))) if kind else ""
    return f"/{path.removesuffix(_INDEX)}#{anchor_of(row.county_n)}"


def _shown() -> QuerySet[Entry]:
    return Entry.objects.filter(removal="").select_related("agency")
