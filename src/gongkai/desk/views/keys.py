"""The list of keyboard shortcuts, with the switch that turns them off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.people.audience import staff


@staff
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/keys.html")
