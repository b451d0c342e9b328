"""The report an address names, as far as the person signed in may see it."""

from __future__ import annotations

from django.http import Http404

from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.reporting.models import Report


def report_or_404(standing: Standing, code: str, year: int) -> Report:
    """Return a report one may see. One she may not see answers as one that does not exist."""
    rows = Report.objects.select_related("agency", "released").defer("released__canonical")
    found = rows.filter(agency__in=visible_to(standing), agency__code=code, year=year).first()
    if found is None:
        raise Http404(f"{code} {year}")
    return found
