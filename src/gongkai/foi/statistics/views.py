"""The rows behind the statistics for a spreadsheet, and the anonymised list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.foi.models import CLASSES
from gongkai.foi.statistics.anonymity import Released, TooFew, Traits, band, released, smallest
from gongkai.foi.statistics.asking import Period, asked
from gongkai.foi.statistics.courses import Course, courses
from gongkai.foi.statistics.rules import RELEASES, may_release
from gongkai.law.outcomes import ROW_TITLES
from gongkai.law.rules import Rules
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on
from gongkai.text.spreadsheet import csv_lines

LEAST = "requestlog.least"
_HEADINGS = (
    *("受理编号", "受理机关", "收到日期", "决定日期", "办理工作日", "处理结果（年报行）"),
    *("是否逾期", "是否延期"),
)
_PUBLIC_HEADINGS = ("收到月份", "受理机关", "申请人类别", "处理结果", "办理时间", "件数")
_YES = {True: "是", False: "否"}


@staff
@require_safe
def statistics_csv(request: HttpRequest) -> StreamingHttpResponse:
    """One line a request, streamed: number, days, outcome; nothing of who asked, or for what."""
    standing = standing_of(request)
    period, rules = asked(standing, request.GET.dict()), rules_on(standing.on)
    short = {key: name.short for key, name in names_of(request).items()}
    found = courses(period.keys, period.first, period.last, rules)
    return _file(
        f"requests-{period.first:%Y%m}",
        _HEADINGS,
        (_line(one, short[one.agency_id]) for one in found),
    )


@staff
@require_safe
def request_log(request: HttpRequest) -> HttpResponse:
    """The anonymised list of a year, as it would be released, and what was merged for it."""
    standing = standing_of(request)
    require(may_release(standing), RELEASES)
    period, rules = asked(standing, request.GET.dict()), rules_on(standing.on)
    try:
        rows, refusal = _released(request, period, rules), ""
    except TooFew as few:
        rows, refusal = [], str(few)
    merged = sum(row.count for row in rows if "不细分" in _words(row))
    context = {
        **chosen(request, period),
        "rows": [(_words(row), row.count) for row in rows],
        "headings": _PUBLIC_HEADINGS[:-1],
        "least": rules.parameter(LEAST),
        "total": sum(row.count for row in rows),
        "merged": merged,
        "refusal": refusal,
    }
    return render(request, "foi/statistics/log.html", context, status=409 if refusal else 200)


@staff
@require_safe
def request_log_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file to be put on the site."""
    standing = standing_of(request)
    require(may_release(standing), RELEASES)
    period, rules = asked(standing, request.GET.dict()), rules_on(standing.on)
    try:
        rows = _released(request, period, rules)
    except TooFew:
        return request_log(request)
    lines = ((*_words(row), str(row.count)) for row in rows)
    return _file(f"request-log-{period.first:%Y}", _PUBLIC_HEADINGS, lines)


def _released(request: HttpRequest, period: Period, rules: Rules) -> Sequence[Released]:
    """Return the rows of the whole year: one of months beside it would tell the difference."""
    whole = Period(period.year, 0, period.agency, period.agencies)
    short = {key: name.short for key, name in names_of(request).items()}
    klasses, least = dict(CLASSES), rules.number(LEAST)
    found = (
        Traits(
            month=f"{one.received_on:%Y-%m}",
            agency=short[one.agency_id],
            klass=klasses[one.klass],
            outcome=ROW_TITLES.get(one.row, "办理中"),
            days=band(one.days),
        )
        for one in courses(whole.keys, whole.first, whole.last, rules)
    )
    rows = released(found, least)
    if smallest(rows) < least:
        raise AssertionError("a combination is smaller than it may be")
    return rows


def chosen(request: HttpRequest, period: Period) -> dict[str, object]:
    """Return what the form that chooses period and agency shows."""
    names, this_year = names_of(request), standing_of(request).on.year
    return {
        "period": period,
        "years": range(this_year, this_year - 6, -1),
        "months": range(1, 13),
        "agencies": [(one.code, names[one.pk].short) for one in period.agencies],
    }


def _line(one: Course, agency: str) -> tuple[str, ...]:
    decided = one.decided_on.isoformat() if one.decided_on else ""
    return (
        one.number,
        agency,
        one.received_on.isoformat(),
        decided,
        "" if one.days is None else str(one.days),
        ROW_TITLES.get(one.row, ""),
        _YES[one.late],
        _YES[one.extended],
    )


def _words(row: Released) -> tuple[str, ...]:
    one = row.traits
    return (one.month, one.agency, one.klass, one.outcome, one.days)


def _file(
    name: str, headings: Sequence[str], lines: Iterator[Sequence[str]]
) -> StreamingHttpResponse:
    def every() -> Iterator[Sequence[str]]:
        yield headings
        yield from lines

    answer = StreamingHttpResponse(csv_lines(every()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
