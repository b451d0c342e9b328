"""Uploading a file to see what is in it."""

from __future__ import annotations

from django.conf import settings
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.files.outgoing.concern import ConcernKind
from gongkai.people.audience import staff
from gongkai.screening.actions import screen
from gongkai.screening.forms import CheckForm
from gongkai.screening.models import Screening
from gongkai.screening.refusal import ScreeningRefused
from gongkai.screening.rules import EXAMINERS, WORKING
from gongkai.screening.views.finding import REFUSED


@staff
def check(request: HttpRequest) -> HttpResponse:
    """Examine a file; of it only what was found is kept."""
    standing, names = standing_of(request), names_of(request)
    require(bool(standing.works_for), EXAMINERS)
    agencies = {one.code: one for one in working_as(standing, *WORKING).order_by("code")}
    choices = [(code, names[one.pk].name) for code, one in agencies.items() if one.pk in names]
    form, refusal = CheckForm(choices, request.POST or None, request.FILES or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("screening", _checked(form, agencies, standing).uid)
        except ScreeningRefused as refused:
            refusal = str(refused)
    context = {
        "form": form,
        "refusal": refusal,
        "most": settings.ATTACHMENT_MOST_BYTES // 1_000_000,
        "kinds": list(ConcernKind),
    }
    return render(request, "screening/check.html", context, status=REFUSED if refusal else 200)


def _checked(form: CheckForm, agencies: dict[str, Agency], standing: Standing) -> Screening:
    sent: File[bytes] = form.cleaned_data["file"]
    most: int = settings.ATTACHMENT_MOST_BYTES
    data = sent.read(most + 1)
    if len(data) > most:
        raise ScreeningRefused(f"文件超过 {most // 1_000_000} MB，没有检查；请压缩或者拆分。")
    agency = agencies[form.cleaned_data["agency"]]
    return screen(agency, data, sent.name or "", by=standing.person)
