"""``/check/``: anybody may have a published annual report checked; nothing of it is kept."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.annualreport.verdict.html import write_body, write_page
from gongkai.annualreport.verdict.plain import write_line
from gongkai.annualreport.verdict.verdict import Verdict
from gongkai.audit import clock
from gongkai.people.audience import Audience, declare
from gongkai.people.limits import Limit, address_of, seconds_until
from gongkai.portal.checkpage.form import CheckForm
from gongkai.portal.checkpage.judging import PreviousRefused, chosen, judge_uploads
from gongkai.portal.checkpage.turns import only_one
from gongkai.portal.checkpage.uploads import MemoryOnly, far_too_large, too_large, too_many

_BAD, _TOO_LARGE, _TOO_OFTEN, _BUSY = 400, 413, 429, 503
_BUSY_FOR = 10  # seconds after which trying again is worth it
_PAGE, _LINES = "年度报告检查结论.html", "年度报告检查结论.jsonl"
_TYPES = {"html": "text/html; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _check(request: HttpRequest) -> HttpResponse:
    """Set the limits before anything reads the body, which the protection of forms does first."""
    if request.method != "POST":
        return _form(request)
    if far_too_large(request, settings.CHECK_MOST_BYTES):
        return _form(request, too_large(settings.CHECK_MOST_BYTES), _TOO_LARGE)
    until = Limit("check", settings.CHECK_PER_HOUR).take(address_of(request))
    if until is not None:
        return _too_often(request, until)
    handler = MemoryOnly(
        request, most_files=settings.CHECK_MOST_FILES, most_bytes=settings.CHECK_MOST_BYTES
    )
    request.upload_handlers = [handler]
    return _submitted(request, handler)


# The form is protected all the same, one step further in: see `_check`.
check = declare(csrf_exempt(_check), Audience.PUBLIC)


@csrf_protect
def _submitted(request: HttpRequest, handler: MemoryOnly) -> HttpResponse:
    files = list(chosen(request.FILES.getlist("files")))
    if handler.refused:
        return _form(request, handler.refused, _TOO_LARGE)
    if len(files) > settings.CHECK_MOST_FILES:
        return _form(request, too_many(settings.CHECK_MOST_FILES), _TOO_LARGE)
    if not files:
        return _form(request, "还没有选择文件；请选择一份或几份年度报告再检查。", _BAD)
    previous = list(chosen(request.FILES.getlist("prev")))
    with only_one(settings.DATA) as free:
        if not free:
            return _busy(request)
        try:
            verdicts = judge_uploads(files, previous[0] if previous else None)
        except PreviousRefused as refused:
            return _form(request, str(refused), _BAD)
    return _answer(request, verdicts)


def _answer(request: HttpRequest, verdicts: Sequence[Verdict]) -> HttpResponse:
    wanted = request.POST.get("format", "")
    if wanted in _TYPES:
        name, text = (
            (_PAGE, write_page(verdicts)) if wanted == "html" else (_LINES, _lines(verdicts))
        )
        headers = {
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name)
        }
        return HttpResponse(text, content_type=_TYPES[wanted], headers=headers)
    context = {
        "count": len(verdicts),
        "body": SafeString(write_body(verdicts)),  # escaped by its writer, piece by piece
        "downloads": [
            (_PAGE, "网页（可单独保存、打印）", _as_address("html", write_page(verdicts))),
            (_LINES, "JSON（每份一行）", _as_address("jsonl", _lines(verdicts))),
        ],
    }
    return render(request, "portal/check_verdict.html", context)


def _form(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "refused": refused,
        "form": CheckForm(settings.CHECK_MOST_FILES, settings.CHECK_MOST_BYTES // 1_000_000),
        "per_hour": settings.CHECK_PER_HOUR,
    }
    return render(request, "portal/check.html", context, status=status)


def _too_often(request: HttpRequest, until: datetime) -> HttpResponse:
    moment = until.astimezone(clock.SHANGHAI)
    return _later(
        request,
        "提交得太频繁",
        f"为了让大家都能用，同一个网络地址一小时最多提交 {settings.CHECK_PER_HOUR} 次。"
        f"这次没有检查，请在 {moment:%H:%M} 以后再试。",
        seconds_until(until),
        _TOO_OFTEN,
    )


def _busy(request: HttpRequest) -> HttpResponse:
    return _later(
        request,
        "正在检查别人的报告",
        f"检查一份一份进行，这次没有轮到，也没有检查；请过 {_BUSY_FOR} 秒再提交一次。",
        _BUSY_FOR,
        _BUSY,
    )


def _later(
    request: HttpRequest, title: str, sentence: str, seconds: int, status: int
) -> HttpResponse:
    context = {"title": title, "sentence": sentence}
    response = render(request, "portal/check_later.html", context, status=status)
    response["Retry-After"] = str(seconds)
    return response


def _lines(verdicts: Sequence[Verdict]) -> str:
    return "".join(map(write_line, verdicts))


def _as_address(kind: str, text: str) -> str:
    """The verdict inside its own link: it can be downloaded although the site keeps nothing."""
    return f"data:{_TYPES[kind].replace(' ', '')};base64,{base64.b64encode(text.encode()).decode()}"
