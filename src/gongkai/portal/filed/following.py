"""Which pages follow from what is registered: a rename, a new owner or another telephone number reaches them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, AgencyName
from gongkai.agencies.queries import changed_on
from gongkai.audit.subscribers import Told, subscribe
from gongkai.columns.models import Column
from gongkai.portal.filed import addresses
from gongkai.portal.filed.feeds import feed_keys_of
from gongkai.portal.filed.site_maps import STANDING
from gongkai.publication.actions.pages import ask_for
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.listings import of_agency, of_column, page_of
from gongkai.publication.pages.dated import register_beginning
from gongkai.publication.pages.kinds import PageKind, kind_of
from gongkai.publication.queries import taken

_OF_COLUMNS, _OF_CATALOGUES = ("columns", "column", "guide"), ("standard", "workbook")
_WAYS_IN = ("home", "site-map")
_NAMING = ("catalogue", "feed")
"""What calls the agencies of items by their names of today, whatever list it is of."""


def follow_changes() -> None:
    """Have the pages follow columns, agencies and the standard catalogues."""
    for family in ("column", "columns"):
        subscribe(family, _columns_changed)
    subscribe("agency", _agency_changed)
    register_beginning(_agencies_begin)
    subscribe("catalogue", _catalogue_changed)


def _columns_changed(told: Told) -> None:
    _ask(*_OF_COLUMNS, *_WAYS_IN)
    ask_for(_of_the_map())
    if told.kind == "column.renamed":
        slugs = Column.objects.filter(uid=_uid(told)).values_list("slug", flat=True)
        ask_for(page for slug in slugs for page in _of_list(of_column(slug)))


def _agency_changed(told: Told) -> None:
    ask_for(_of_agencies())
    if told.kind == "agency.renamed":
        codes = Agency.objects.filter(uid=_uid(told)).values_list("code", flat=True)
        ask_for(_of_names(list(codes)))
    transaction.on_commit(begin_writing)


def _agencies_begin(day: date) -> Iterator[tuple[PageKind, str]]:
    """Yield what changes when a change of agencies that was registered ahead comes about."""
    if not changed_on(day):
        return
    yield from _of_agencies()
    renamed = AgencyName.objects.filter(since=day).values_list("agency__code", flat=True)
    yield from _of_names(list(renamed))


def _of_agencies() -> Iterator[tuple[PageKind, str]]:
    """Yield what tells of all agencies."""
    yield from _every(*_OF_COLUMNS, *_OF_CATALOGUES)
    yield from _of_the_map()
    named = Agency.objects.values_list("code", flat=True)  # one may be new
    yield from ((kind, code) for kind in _kinds(("organ-catalogue",)) for code in named)


def _of_names(codes: Sequence[str]) -> Iterator[tuple[PageKind, str]]:
    """Yield what calls the agencies with *codes* by their names of today."""
    if not codes:
        return
    yield from _every(*_NAMING)
    lists = list(map(of_agency, codes))
    yield from (page for code in codes for page in _of_catalogue(code))
    yield from ((kind, listing) for kind in _kinds(("list",)) for listing in lists)
    yield from (page for listing in lists for page in _of_list(listing))


def _catalogue_changed(told: Told) -> None:
    _ask(*_OF_CATALOGUES)
    ask_for((one, "") for one in _kinds(("catalogue",)))  # it leads on to them


def _of_the_map() -> Iterator[tuple[PageKind, str]]:
    """A column or an agency may be new: its page is named in the map."""
    yield from ((kind, STANDING) for kind in _kinds(("sitemap-part",)))


def _ask(*names: str) -> None:
    ask_for(_every(*names))
    transaction.on_commit(begin_writing)


def _every(*names: str) -> Iterator[tuple[PageKind, str]]:
    yield from ((kind, key) for kind in _kinds(names) for key in kind.every())


def _kinds(names: tuple[str, ...]) -> Iterator[PageKind]:
    yield from (kind for name in names if (kind := kind_of(name)))


def _of_list(listing: str) -> Iterator[tuple[PageKind, str]]:
    """Yield the pages of a list, which bear its name: its archive, their data, its feeds."""
    last = taken(listing)
    if not last:
        return
    for kind in _kinds(("list-twin",)):
        yield kind, listing
    for kind in _kinds(("feed",)):
        yield from ((kind, key) for key in feed_keys_of(listing))
    for kind in _kinds(("archive", "archive-twin")):
        for number in range(1, page_of(last) + 1):
            yield kind, addresses.archive_key(listing, number)


def _of_catalogue(code: str) -> Iterator[tuple[PageKind, str]]:
    """Yield the pages of an agency's catalogue, which bear its name."""
    for kind in _kinds(("organ-catalogue",)):
        yield from ((kind, key) for key in kind.every() if key.partition(":")[0] == code)


def _uid(told: Told) -> str:
    return told.subject.partition(":")[2]
