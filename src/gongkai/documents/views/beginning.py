"""What both ways of beginning a document ask: for which agency, and as what."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from gongkai.agencies.access import names_of, require
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.documents.actions import Draft
from gongkai.documents.forms import NewForm
from gongkai.documents.models import Disclosure, Kind
from gongkai.documents.queries import drafted_last_for
from gongkai.documents.rules import DRAFTERS, DRAFTING


def drafted_for(standing: Standing) -> dict[str, Agency]:
    """Return the agencies one drafts for, by code. Raises ``PermissionDenied`` where there is none."""
    agencies = {one.code: one for one in working_as(standing, *DRAFTING).order_by("code")}
    require(bool(agencies), DRAFTERS)
    return agencies


def first_for(standing: Standing) -> str:
    """Return the code of the agency a new document begins with: that one wrote for last, "" where there is none."""
    last = drafted_last_for(standing.person, working_as(standing, *DRAFTING))
    return last.code if last else ""


def choices_of(request: HttpRequest, agencies: Mapping[str, Agency]) -> list[tuple[str, str]]:
    """Return *agencies* by the names of today."""
    names = names_of(request)
    return [(code, names[one.pk].name) for code, one in agencies.items()]


def drafted(form: NewForm) -> Draft:
    """Return what was chosen, without a text."""
    said = form.cleaned_data
    return Draft(
        Kind(said["kind"]),
        said["title"],
        "",
        Disclosure(said["disclosure"]),
        disclosure_reason=said["reason"],
        art20=said["art20"],
    )
