"""Which pages follow from what is registered: a rename, a new owner or another telephone number reaches them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from gongkai.audit.followers import follow
from gongkai.columns.models import Column
from gongkai.portal.filed import addresses
from gongkai.publication.actions.pages import ask_for
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.listings import of_column, page_of
from gongkai.publication.pages.kinds import PageKind, kind_of
from gongkai.publication.queries import taken

COLUMNS = (
    *("column.opened", "column.renamed", "column.moved", "column.handed_over", "column.closed"),
    "columns.adopted",
)
AGENCIES = (
    *("agency.established", "agency.renamed", "agency.described", "agency.moved"),
    "agency.reorganised",
)
CATALOGUES = ("catalogue.entered", "catalogue.linked")
_OF_COLUMNS, _OF_CATALOGUES = ("columns", "column", "guide"), ("standard", "workbook")


def follow_changes() -> None:
    """Have the pages follow columns, agencies and the standard catalogues."""
    follow(COLUMNS, _columns_changed)
    follow(AGENCIES, _agency_changed)
    follow(CATALOGUES, _catalogue_changed)


def _columns_changed(kind: str, subject: str) -> None:
    _ask(*_OF_COLUMNS)
    if kind == "column.renamed":
        ask_for(_archive_of(subject))


def _agency_changed(kind: str, subject: str) -> None:
    _ask(*_OF_COLUMNS, *_OF_CATALOGUES)


def _catalogue_changed(kind: str, subject: str) -> None:
    _ask(*_OF_CATALOGUES)
    ask_for((one, "") for one in _kinds(("catalogue",)))  # it leads on to them


def _ask(*names: str) -> None:
    ask_for((kind, key) for kind in _kinds(names) for key in kind.every())
    transaction.on_commit(begin_writing)


def _kinds(names: tuple[str, ...]) -> Iterator[PageKind]:
    yield from (kind for name in names if (kind := kind_of(name)))


def _archive_of(subject: str) -> Iterator[tuple[PageKind, str]]:
    """Yield the pages of a column's archive: they bear its name."""
    slug = Column.objects.values_list("slug", flat=True).get(uid=subject.removeprefix("column:"))
    listing = of_column(slug)
    last = taken(listing)
    for kind in _kinds(("archive",)):
        for number in range(1, page_of(last) + 1 if last else 1):
            yield kind, addresses.archive_key(listing, number)
