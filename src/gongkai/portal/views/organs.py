"""The county's agencies, and what the law has each make known of itself (条例第十二条、第二十条第二项)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.portrait import portrait_of
from gongkai.agencies.queries import tree_on
from gongkai.audit import clock
from gongkai.people.audience import public


@public
def organs(request: HttpRequest) -> HttpResponse:
    tree = tree_on(clock.today())
    living = tree.shown(lambda node: not tree.is_gone(node))
    gone = sorted(
        (node for node in tree.nodes.values() if tree.is_gone(node)),
        key=lambda node: node.agency.code,
    )
    return render(request, "portal/organs.html", {"tree": living, "gone": gone})


@public
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """An agency's own page. It stays where it is when the agency is no more, and names the heirs."""
    portrait = portrait_of(code, clock.today())
    if portrait is None:
        raise Http404(code)
    return render(request, "portal/organ.html", {"p": portrait})
