"""The released annual report, readable and as data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from gongkai.annualreport.model import to_json
from gongkai.figures import registry
from gongkai.people.audience import public
from gongkai.portal.illustrations import illustrations
from gongkai.portal.narrative import paragraphs
from gongkai.portal.released import Released, released_or_404
from gongkai.portal.tables import tables
from gongkai.text.canonical import sha256_hex


@public
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The report as the office format prints it, every figure a door to its list."""
    found = released_or_404(code, year)
    context = {
        "found": found,
        "report": found.report,
        "sections": _sections(found),
        "charts": illustrations(found),
        "errata": [(erratum, registry.definition(erratum.cell)) for erratum in found.errata],
    }
    return render(request, "portal/report.html", context)


@public
def report_json(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The same report as data, with its hash as the entity tag."""
    body = to_json(released_or_404(code, year).report)
    etag = f'"{sha256_hex(body)}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


def _sections(found: Released) -> list[dict[str, object]]:
    corrections = {erratum.cell: erratum.new for erratum in found.errata}
    by_section = tables(found.report, found.cell_address, corrections)
    sources = {str(section.n): section.text for section in found.row.sections.all()}
    return [
        {
            "n": section.key,
            "heading": section.heading,
            "paragraphs": paragraphs(
                sources.get(section.key, ""), found.report.sections.get(section.key, "")
            ),
            "table": by_section.get(section.key),
        }
        for section in found.report.form.sections
    ]
