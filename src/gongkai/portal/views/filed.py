"""Filed pages at their addresses, for an installation whose files are not written yet or not at hand.

Where the public folder is, its file has been handed out before a request arrives here.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.people.audience import public
from gongkai.portal.filed import addresses
from gongkai.publication.listings import of_column
from gongkai.publication.pages.kinds import kind_of
from gongkai.registers.listings import list_key, page_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CSS = "text/css; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
XML = "text/xml; charset=utf-8"


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
def organ_catalogue(request: HttpRequest, code: str) -> HttpResponse:
    return filed("organ-catalogue", code)


@public
def organ_catalogue_archive(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return filed("organ-catalogue", f"{code}:{number:04d}")


@public
def standard(request: HttpRequest) -> HttpResponse:
    return filed("standard", "")


@public
def standard_field(request: HttpRequest, field: str) -> HttpResponse:
    return filed("standard", field)


@public
def standard_workbook(request: HttpRequest) -> HttpResponse:
    return filed("workbook", "", XLSX)


@public
def register_page(request: HttpRequest, register: str, code: str = "") -> HttpResponse:
    """The newest rows of a register, of the county or of an agency."""
    return filed("register", list_key(register, code))


@public
def register_archive(
    request: HttpRequest, register: str, number: int, code: str = ""
) -> HttpResponse:
    return filed("register-pages", page_key(register, code, number))


@public
def register_file(
    request: HttpRequest, register: str, form: str, number: int | None = None, code: str = ""
) -> HttpResponse:
    """The rows of a page as ``csv`` or ``json``."""
    media = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    if number is None:
        return filed(f"register-{form}", list_key(register, code), media)
    return filed(f"register-pages-{form}", page_key(register, code, number), media)


def filed(kind: str, key: str = "", content_type: str = HTML) -> HttpResponse:
    """Answer with the page *key* of *kind*. Raises ``Http404`` when there is to be no such page."""
    known = kind_of(kind)
    data = known.render(key) if known else None
    if data is None:
        raise Http404(key)
    return HttpResponse(data, content_type=content_type)
