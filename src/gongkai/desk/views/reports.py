"""The annual reports one may see, the newest first, and the beginning of another."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import visible_to, working_as
from gongkai.agencies.standing import Standing
from gongkai.desk.forms import OpeningForm
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.people.models import Person
from gongkai.reporting.actions import open_report
from gongkai.reporting.models import Report
from gongkai.reporting.rules import WRITERS

_WRONG = 400


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports; whoever compiles one opens this or the last year's."""
    standing, names = standing_of(request), names_of(request)
    mine = _compiled_by(standing)
    choices = [(code, names[agency.pk].name) for code, agency in mine.items()]
    years = (standing.on.year, standing.on.year - 1)
    form = OpeningForm(choices, years, sent(request))
    if request.method == "POST":
        require(bool(mine), WRITERS)
        if form.is_valid() and (opened := _opened(form, mine, standing.person)):
            return HttpResponseRedirect(
                reverse("desk-report", args=[opened.agency.code, opened.year])
            )
    rows = Report.objects.filter(agency__in=visible_to(standing)).select_related("agency")
    found = [(row, names[row.agency_id].name) for row in rows.order_by("-year", "agency__code")]
    context = {"reports": found, "form": form if mine else None}
    return render(request, "desk/reports.html", context, status=_WRONG if form.errors else 200)


def _opened(form: OpeningForm, mine: Mapping[str, Agency], by: Person) -> Report | None:
    """Open the report that was asked for; None, with what is wrong told on *form*, where it cannot be."""
    said = form.cleaned_data
    agency, year = mine[said["agency"]], int(said["year"])
    try:
        return open_report(agency, year=year, contact=said["contact"], sections={}, by=by)
    except (ValidationError, IntegrityError):  # somebody opened it, perhaps this moment
        if not Report.objects.filter(agency=agency, year=year).exists():
            raise
        form.add_error("year", f"{year} 年的报告已经建立，请从上面的列表打开。")
    return None


def _compiled_by(standing: Standing) -> Mapping[str, Agency]:
    """Return the agencies whose reports the person compiles, by code."""
    held = working_as(standing, Role.OPENNESS_OFFICER).filter(ending=None).order_by("code")
    return {agency.code: agency for agency in held}
