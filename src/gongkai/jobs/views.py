"""The desk's list of background work, a job's own page, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.queries import names_on
from gongkai.agencies.standing import Standing
from gongkai.audit.identity import Actor
from gongkai.jobs import actions
from gongkai.jobs.errors import JobRefused
from gongkai.jobs.kinds import kind_of, startable
from gongkai.jobs.models import UNDER_WAY, Job, State
from gongkai.jobs.queries import visible_jobs
from gongkai.jobs.rules import may_steer
from gongkai.people.administration import outside_session
from gongkai.people.audience import staff

_A_PAGE = 50
_REFRESH = 3  # seconds between two looks of a page that shows work going on


@staff
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    return _list(request, standing_of(request), "", 200)


@staff
@require_safe
def job_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _page(request, standing, _job_or_404(standing, uid), "", 200)


@staff
@require_POST
def start(request: HttpRequest) -> HttpResponseBase:
    standing = standing_of(request)
    kind = kind_of(request.POST.get("kind", ""))
    if kind is None:
        raise Http404
    require(kind.may_start(standing), f"办理“{kind.title}”的人员")
    refusal = outside_session(request)
    if refusal is not None:
        return refusal
    try:
        job = actions.start(kind.name, by=standing.person)
    except JobRefused as refused:
        return _list(request, standing, str(refused), 409)
    return redirect("desk-job", job.uid)


@staff
@require_POST
def retry(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    return _steer(request, uid, actions.retry)


@staff
@require_POST
def stop(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    return _steer(request, uid, actions.stop)


def _steer(request: HttpRequest, uid: UUID, act: Callable[..., Job]) -> HttpResponseBase:
    standing = standing_of(request)
    job = _job_or_404(standing, uid)
    require(may_steer(standing, job), "发起人和系统管理员")
    refusal = outside_session(request)
    if refusal is not None:
        return refusal
    by: Actor = standing.person
    try:
        act(job, by=by)
    except JobRefused as refused:
        return _page(request, standing, job, str(refused), 409)
    return redirect("desk-job", uid)


def _job_or_404(standing: Standing, uid: UUID) -> Job:
    found = visible_jobs(standing).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def _list(request: HttpRequest, standing: Standing, refusal: str, status: int) -> HttpResponse:
    page = Paginator(visible_jobs(standing), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kinds": startable(standing),
        "refusal": refusal,
        "refresh": _REFRESH if any(job.state in UNDER_WAY for job in page) else 0,
        "states": " ".join(f"{job.uid}:{job.state}" for job in page),
        "names": names_on(standing.on, {job.agency for job in page if job.agency}),
    }
    return render(request, "jobs/list.html", context, status=status)


def _page(
    request: HttpRequest, standing: Standing, job: Job, refusal: str, status: int
) -> HttpResponse:
    steers = may_steer(standing, job)
    names = names_on(standing.on, [job.agency]) if job.agency else {}
    context = {
        "job": job,
        "agency": names[job.agency_id].name if job.agency_id in names else "",
        "lines": job.result.splitlines(),
        "refusal": refusal,
        "refresh": _REFRESH if job.state in UNDER_WAY else 0,
        "may_stop": steers and job.state in UNDER_WAY and job.stop_asked_at is None,
        "may_retry": steers and job.state in (State.FAILED, State.STOPPED),
    }
    return render(request, "jobs/job.html", context, status=status)
