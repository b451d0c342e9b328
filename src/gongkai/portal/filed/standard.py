"""The 基层政务公开标准目录 (国办发〔2019〕54号): a page for each field, and the official table to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet

from gongkai.agencies.queries import county, name_of, names_on
from gongkai.audit import clock
from gongkai.columns.catalogue.layout import headings, title_of
from gongkai.columns.catalogue.writing import write_catalogue
from gongkai.columns.models import CatalogueItem
from gongkai.columns.queries import names_on as columns_on
from gongkai.law.fields import FIELDS
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata

TITLE = "基层政务公开标准目录"
WORKBOOK = "catalogue/standard.xlsx"


def standard_path(key: str) -> str:
    """The overview has the empty key, a field its code."""
    return (
        f"catalogue/standard/{key}/{addresses.INDEX}"
        if key
        else f"catalogue/standard/{addresses.INDEX}"
    )


def render_standard(key: str) -> bytes | None:
    """The fields with the number of their items, or the table of one field."""
    where = addresses.address(standard_path(key))
    if not key:
        counts = Counter(CatalogueItem.objects.values_list("field", flat=True))
        fields = [(one, counts[one.code]) for one in FIELDS.values() if counts[one.code]]
        values: dict[str, object] = {"fields": fields, "workbook": f"/{WORKBOOK}"}
        return page("portal/standard.html", where, values, meta=column_metadata(TITLE))
    items = _items().filter(field=key)
    if key not in FIELDS or not items:
        return None
    return page(
        "portal/standard_field.html", where, _field(key, list(items)), meta=column_metadata(TITLE)
    )


def render_workbook(key: str) -> bytes | None:
    """The official table of every field that has items; none where none has."""
    today, items = clock.today(), list(_items())
    names = {pk: name.name for pk, name in names_on(today).items()}
    return write_catalogue(items, names, name_of(county(), today).short) if items else None


def every_field() -> Iterator[str]:
    yield ""
    yield from CatalogueItem.objects.order_by("field").values_list("field", flat=True).distinct()


def workbook_path(key: str) -> str:
    return WORKBOOK


def every_workbook() -> Iterator[str]:
    yield ""


def _items() -> QuerySet[CatalogueItem]:
    return CatalogueItem.objects.select_related("agency", "column").order_by("field", "pk")


def _field(key: str, items: list[CatalogueItem]) -> dict[str, object]:
    today = clock.today()
    agencies, columns = names_on(today), columns_on(today)
    village = any(item.at_village for item in items)
    top = headings(village=village)
    rows = [
        (n, item, agencies[item.agency_id], columns.get(item.column_id or 0, ""))
        for n, item in enumerate(items, 1)
    ]
    return {
        "caption": title_of(FIELDS[key].title, name_of(county(), today).short),
        "top": top,
        "second": [text for heading in top for text in heading.below],
        "rows": rows,
        "village": village,
        "workbook": f"/{WORKBOOK}",
    }
