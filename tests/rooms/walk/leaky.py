"""Planted: a page that forgets to ask whose request it is, and one that forgets to say who may open it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from gongkai.foi.models import Case
from gongkai.people.audience import staff


@staff
def open_to_all_staff(request: HttpRequest, url_key: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Case, url_key=url_key).number)


@staff
def list_of_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(Case.objects.values_list("url_key", flat=True)))


@staff
def tells_by_its_status(request: HttpRequest, url_key: str) -> HttpResponse:
    get_object_or_404(Case, url_key=url_key)
    return HttpResponse(status=403)


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("desk/planted/<slug:url_key>/", open_to_all_staff, name="planted-object"),
    path("desk/planted-status/<slug:url_key>/", tells_by_its_status, name="planted-status"),
    path("desk/planted/", list_of_all, name="planted-list"),
    path("desk/undeclared/", undeclared, name="planted-undeclared"),
]
