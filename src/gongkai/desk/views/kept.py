"""Autosave: what a page's script keeps, asks back and drops. Without script a form is simply sent."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import person_of
from gongkai.desk.actions import MOST_BYTES, TooMuchToKeep, drop_form, keep_form
from gongkai.desk.queries import kept_form
from gongkai.people.audience import staff
from gongkai.people.models import Person

_MOST_PLACE = 200
_TOO_LARGE = 413


@staff
@require_http_methods(["GET", "POST", "DELETE"])
def kept(request: HttpRequest) -> HttpResponse:
    """What the person signed in has typed at ``?place=``: read it, keep it, drop it."""
    person, place = person_of(request), request.GET.get("place", "")
    if not place.startswith("/desk/") or len(place) > _MOST_PLACE or "\0" in place:
        return HttpResponseBadRequest(
            "没有这个页面，无法暂存。", content_type="text/plain; charset=utf-8"
        )
    if request.method == "GET":
        return _read(person, place)
    if request.method == "DELETE":
        drop_form(place, by=person)
        return JsonResponse({"kept": None})
    return _keep(request, person, place)


def _read(person: Person, place: str) -> HttpResponse:
    found = kept_form(person, place)
    if found is None:
        return JsonResponse({"kept": None})
    values, at = found
    return JsonResponse({"kept": values, "at": at.isoformat()})


def _keep(request: HttpRequest, person: Person, place: str) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * MOST_BYTES:
        return _refused("内容太长，没有自动暂存。请先提交，或者分几次填写。")
    try:
        values = json.loads(request.body)
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        return HttpResponseBadRequest(
            "暂存的内容无法识别。", content_type="text/plain; charset=utf-8"
        )
    try:
        at = keep_form(place, values, by=person)
    except TooMuchToKeep as refused:
        return _refused(str(refused))
    return JsonResponse({"at": at.isoformat()})


def _refused(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=_TOO_LARGE, content_type="text/plain; charset=utf-8")
