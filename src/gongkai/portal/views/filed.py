"""Filed pages at their addresses, for an installation whose files are not written yet or not at hand.

Where the public folder is, its file has been handed out before a request arrives here.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.people.audience import public
from gongkai.portal.filed import addresses
from gongkai.publication.listings import of_column
from gongkai.publication.pages.kinds import kind_of

CSS = "text/css; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
XML = "text/xml; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
def item(request: HttpRequest, year: int, url_key: str) -> HttpResponse:
    return filed("item", f"{year}/{url_key}")


@public
def item_json(request: HttpRequest, year: int, url_key: str) -> HttpResponse:
    return filed("twin", f"{year}/{url_key}", JSON)


@public
def seal_json(request: HttpRequest, url_key: str, n: int) -> HttpResponse:
    return filed("seal", f"{url_key}/{n}", JSON)


@public
def items(request: HttpRequest) -> HttpResponse:
    return filed("list", "n")


@public
def items_archive(request: HttpRequest, number: int) -> HttpResponse:
    return filed("archive", addresses.archive_key("n", number))


@public
def organ_items(request: HttpRequest, code: str) -> HttpResponse:
    return filed("list", f"o/{code}")


@public
def organ_items_archive(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return filed("archive", addresses.archive_key(f"o/{code}", number))


@public
def columns(request: HttpRequest) -> HttpResponse:
    return filed("columns", "")


@public
def column(request: HttpRequest, slug: str) -> HttpResponse:
    return filed("column", slug)


@public
def column_archive(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return filed("archive", addresses.archive_key(of_column(slug), number))


@public
def guide(request: HttpRequest) -> HttpResponse:
    return filed("guide", "")


@public
def organ_guide(request: HttpRequest, code: str) -> HttpResponse:
    return filed("guide", code)


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    return filed("catalogue", "")


@public
def catalogue_archive(request: HttpRequest, number: int) -> HttpResponse:
    return filed("catalogue", f"{number:04d}")


@public
def standard(request: HttpRequest) -> HttpResponse:
    return filed("standard", "")


@public
def standard_field(request: HttpRequest, field: str) -> HttpResponse:
    return filed("standard", field)


@public
def standard_workbook(request: HttpRequest) -> HttpResponse:
    return filed("workbook", "", XLSX)


def filed(kind: str, key: str = "", content_type: str = HTML) -> HttpResponse:
    """Answer with the page *key* of *kind*. Raises ``Http404`` when there is to be no such page."""
    known = kind_of(kind)
    data = known.render(key) if known else None
    if data is None:
        raise Http404(key)
    return HttpResponse(data, content_type=content_type)
