"""One entered notice: what it says, what it moves; approving it, turning it down, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.agencies.access import standing_of
from gongkai.people.audience import staff
from gongkai.rulebook.actions import approve_notice, reject_notice
from gongkai.rulebook.models import HolidayNotice
from gongkai.rulebook.queries import notice_of
from gongkai.rulebook.views.deciding import REFUSED, Deciding, steps
from gongkai.rulebook.views.notice_sheet import preview


def _page(request: HttpRequest, row: HolidayNotice, refusal: str) -> HttpResponse:
    context = {
        "row": row,
        "refusal": refusal,
        **preview(notice_of(row)),
        **steps(standing_of(request), row),
    }
    return render(request, "rulebook/notice.html", context, status=REFUSED if refusal else 200)


_DECIDING = Deciding(HolidayNotice, _page, "rulebook-notice", approve_notice, reject_notice)


@staff
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _DECIDING.show(request, uid)


@staff
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _DECIDING.approved(request, uid)


@staff
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _DECIDING.rejected(request, uid)
