"""The tree of columns, and one column with its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import names_of, standing_of
from gongkai.columns.freshness import Verdict
from gongkai.columns.models import DUTIES, Column, ColumnEnding
from gongkai.columns.queries import (
    Answering,
    answering_on,
    columns_visible_to,
    days_allowed,
    endings_on,
    judged_on,
    names_on,
)
from gongkai.columns.rules import may_keep_columns
from gongkai.columns.views.asking import column_or_404
from gongkai.law.fields import FIELDS
from gongkai.law.platform import INSTITUTIONS, STANDARD_TREE, Section
from gongkai.law.rules import Rules
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on


@dataclass(frozen=True)
class TreeRow:
    """A line of the tree. *above* names the parent where that one is not shown."""

    column: Column
    name: str
    indent: int
    above: str
    owner: str
    gone: bool
    every: int | None
    ending: ColumnEnding | None
    verdict: Verdict | None


@staff
def columns(request: HttpRequest) -> HttpResponse:
    """Who feeds which column, how fast and how often: all of them, or one's own."""
    standing = standing_of(request)
    rules, endings = rules_on(standing.on), endings_on(standing.on)
    with_closed = request.GET.get("closed") == "1"
    shown = [
        column
        for column in columns_visible_to(standing).select_related("parent")
        if with_closed or column.pk not in endings
    ]
    short = {key: name.short for key, name in names_of(request).items()}
    verdicts = _verdicts(rules)
    overdue = {key for key, verdict in (verdicts or {}).items() if verdict.overdue}
    late = [column for column in shown if column.pk in overdue]
    only_late = request.GET.get("overdue") == "1"
    context = {
        "rows": list(_rows(late if only_late else shown, rules, endings, short, verdicts)),
        "late": len(late),
        "only_late": only_late,
        "with_closed": with_closed,
        "told": verdicts is not None,
        "may_keep": may_keep_columns(standing),
        "missing": len({one.slug for one in STANDARD_TREE} - _all_slugs()),
    }
    return render(request, "columns/tree.html", context)


@staff
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """One column: what it is for, who answers for it, and what it was called."""
    standing = standing_of(request)
    found = column_or_404(standing, slug)
    rules, names = rules_on(standing.on), names_of(request)
    answering = answering_on(standing.on, [found]).get(found.pk)
    owners = found.owners.select_related("agency").order_by("since")
    context = {
        "column": found,
        "name": names_on(standing.on, [found]).get(found.pk, found.slug),
        "parent": names_on(standing.on, [found.parent])[found.parent.pk] if found.parent else "",
        "owner": names[answering.agency] if answering else None,
        "answering": answering,
        "names": found.names.order_by("since"),
        "owners": [(row, names[row.agency_id].name) for row in owners],
        "ending": ColumnEnding.objects.filter(column=found).select_related("moved_to").first(),
        "every": days_allowed(found, rules),
        "duty": DUTIES.get(found.duty),
        "field": FIELDS.get(found.field),
        "institutions": INSTITUTIONS if found.section == Section.INSTITUTIONS else (),
        "may_keep": may_keep_columns(standing),
    }
    return render(request, "columns/column.html", context)


def _all_slugs() -> set[str]:
    return set(Column.objects.values_list("slug", flat=True))


def _verdicts(rules: Rules) -> Mapping[int, Verdict] | None:
    """How fresh each column is of which something is asked, or None where no room tells what was published."""
    judged = judged_on(rules)
    return None if judged is None else {one.column: one.verdict for one in judged}


def _rows(
    columns: list[Column],
    rules: Rules,
    endings: Mapping[int, ColumnEnding],
    short: Mapping[int, str],
    verdicts: Mapping[int, Verdict] | None,
) -> Iterator[TreeRow]:
    names, answering = names_on(rules.on), answering_on(rules.on)
    shown = {column.pk for column in columns}
    for column, indent in _in_tree_order(columns):
        answers = answering.get(column.pk, Answering(0, 0, gone=True))
        hidden = column.parent_id is not None and column.parent_id not in shown
        yield TreeRow(
            column,
            names.get(column.pk, column.slug),
            indent,
            names.get(column.parent_id or 0, "") if hidden else "",
            short.get(answers.agency, ""),
            answers.gone,
            days_allowed(column, rules),
            endings.get(column.pk),
            (verdicts or {}).get(column.pk),
        )


def _in_tree_order(columns: list[Column]) -> Iterator[tuple[Column, int]]:
    shown = {column.pk for column in columns}
    below: dict[int | None, list[Column]] = {}
    for column in columns:
        place = column.parent_id if column.parent_id in shown else None
        below.setdefault(place, []).append(column)

    def walk(key: int | None, indent: int) -> Iterator[tuple[Column, int]]:
        for column in below.get(key, ()):
            yield column, indent
            yield from walk(column.pk, indent + 1)

    return walk(None, 1)
