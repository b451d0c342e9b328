"""The desk: what waits for the person signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import names_of, standing_of
from gongkai.desk.todo import collected, groups
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on

_SHOWN = 20


@staff
def desk_home(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    names = names_of(request)
    short = {pk: name.short for pk, name in names.items()}
    rules = rules_on(standing.on)
    todos = collected(standing, rules)
    most = None if request.GET.get("all") else _SHOWN
    context = {
        "groups": groups(todos, rules, short, most),
        "total": len(todos),
        "today": standing.on,
    }
    return render(request, "desk/home.html", context)
