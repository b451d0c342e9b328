"""Behind a figure: what it means and the records it counts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.figures import registry
from gongkai.figures.registry import Definition
from gongkai.people.audience import public
from gongkai.portal.lists import frozen_list, page_number, unit_of
from gongkai.portal.released import Released, released_or_404


@public
def cell(request: HttpRequest, code: str, year: int, key: str) -> HttpResponse:
    found = released_or_404(code, year)
    definition = definition_or_404(key)
    page = page_number(request.GET.get("page", "1"))
    listed, movement = frozen_list(found.freeze, found.scope, key, page)
    context = {
        "found": found,
        "report": found.report,
        "definition": definition,
        "name": found.report.form.names.get(key, definition.title),
        "value": _printed(found, key, listed.total + movement.gone),
        "unit": unit_of(key),
        "list": listed,
        "movement": movement,
        "errata": [erratum for erratum in found.errata if erratum.cell == key],
    }
    return render(request, "portal/cell.html", context)


def definition_or_404(key: str) -> Definition:
    """Return what *key* means. Raises ``Http404`` for a key no room has registered."""
    try:
        return registry.definition(key)
    except registry.UnknownFigure as unknown:
        raise Http404(key) from unknown


def _printed(found: Released, key: str, counted: int) -> str:
    """A figure of the text has no cell: each of its records counts one, so its list is its value."""
    if key not in found.report.figures:
        return str(counted)
    value = found.report.cell(key)
    return "" if value is None else str(value)
