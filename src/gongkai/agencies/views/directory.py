"""The agencies as a tree, each with its page, and the list as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import standing_of
from gongkai.agencies.estates import in_hand
from gongkai.agencies.models import Agency, Level, Membership
from gongkai.agencies.portrait import Portrait, portrait_of
from gongkai.agencies.queries import name_of, tree_on, visible_to
from gongkai.agencies.rules import (
    may_appoint,
    may_keep_directory,
    may_record_contact,
    may_see_people,
)
from gongkai.agencies.standing import Standing
from gongkai.agencies.tree import Node, Tree
from gongkai.agencies.views.asking import day_asked
from gongkai.audit import clock
from gongkai.people.audience import staff
from gongkai.text.spreadsheet import csv_bytes

_LONGEST = 60
_HEADINGS = (
    *("机关代码", "名称", "简称", "代字", "层级", "性质", "统一社会信用代码"),
    *("上级代码", "计入县级年报", "撤销日期"),
)


@staff
def agencies(request: HttpRequest) -> HttpResponse:
    standing, on = standing_of(request), day_asked(request)
    tree = tree_on(on)
    asked = _Asked(request)
    shown = tree.shown(asked.wants(tree))
    context = {
        "on": on,
        "today": clock.today(),
        "asked": asked,
        "levels": Level.choices,
        "tree": shown,
        "count": sum(1 for node in tree.nodes.values() if asked.wants(tree)(node)),
        "may_keep": may_keep_directory(standing),
    }
    return render(request, "agencies/tree.html", context)


@staff
def agencies_csv(request: HttpRequest) -> HttpResponse:
    """The list of a day for a spreadsheet, with the marks that keep it from reading text as formulas."""
    tree = tree_on(day_asked(request))
    wanted = _Asked(request).wants(tree)
    nodes = sorted(tree.nodes.values(), key=lambda node: node.agency.code)
    lines = [_HEADINGS, *(_cells(node, tree) for node in nodes if wanted(node))]
    answer = HttpResponse(csv_bytes(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="agencies-{tree.on.isoformat()}.csv"'
    return answer


@staff
def agency(request: HttpRequest, code: str) -> HttpResponse:
    standing, on = standing_of(request), day_asked(request)
    portrait = portrait_of(code, on)
    if portrait is None:
        raise Http404(code)
    seats = _seats(portrait) if may_see_people(standing, portrait.agency) else None
    context = {"p": portrait, "seats": seats, "today": clock.today(), **_steps(standing, portrait)}
    return render(request, "agencies/agency.html", context)


@staff
def work(request: HttpRequest, code: str) -> HttpResponse:
    """What an agency has in hand, by kind: for those who may see its unpublished work."""
    standing = standing_of(request)
    found = visible_to(standing).filter(code=code).first()
    if found is None:
        raise Http404(code)
    context = {
        "agency": found,
        "name": name_of(found, standing.on).name,
        "on": standing.on,
        "hand": in_hand(found, standing.on),
    }
    return render(request, "agencies/work.html", context)


class _Asked:
    """What the list is narrowed to."""

    def __init__(self, request: HttpRequest) -> None:
        self.text = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
        level = request.GET.get("level", "")
        self.level = level if level in Level.values else ""
        self.closed = request.GET.get("closed", "") == "1"

    def wants(self, tree: Tree) -> Callable[[Node], bool]:
        """Return whether a node is asked for; those that are no more only when asked for."""
        text = self.text.casefold()

        def wanted(node: Node) -> bool:
            said = (node.named.name, node.named.short, node.agency.code)
            return (
                any(text in one.casefold() for one in said)
                and self.level in ("", node.level)
                and (self.closed or not tree.is_gone(node))
            )

        return wanted


def _cells(node: Node, tree: Tree) -> list[str]:
    agency = node.agency
    parent = tree.nodes.get(node.parent_id) if node.parent_id else None
    return [
        agency.code,
        node.named.name,
        node.named.short,
        node.named.mark,
        agency.get_level_display(),
        agency.get_kind_display(),
        agency.credit_code,
        parent.agency.code if parent else "",
        "是" if agency.rolls_up else "否",
        node.ended.isoformat() if node.ended else "",
    ]


def _seats(portrait: Portrait) -> dict[str, list[Membership]]:
    """The roles of the day, those before and those to come."""
    rows = Membership.objects.filter(agency=portrait.agency)
    every = list(rows.select_related("person", "in_place_of").order_by("role", "since", "pk"))
    on = portrait.on
    return {
        "now": [row for row in every if row.since <= on and (row.ended is None or row.ended > on)],
        "before": [row for row in every if row.ended is not None and row.ended <= on],
        "ahead": [row for row in every if row.since > on],
    }


def _steps(standing: Standing, portrait: Portrait) -> dict[str, bool]:
    agency: Agency = portrait.agency
    open_ = portrait.ending is None
    return {
        "may_keep": open_ and may_keep_directory(standing),
        "may_describe": open_ and may_record_contact(standing, agency),
        "may_appoint": may_appoint(standing, agency),
        "may_see_work": may_see_people(standing, agency),
    }
