"""The topics, one of them with the verdict on it, and the form that puts a request under one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Level
from gongkai.foi.proactive.actions import keep_topic, publish_topic, tag_case
from gongkai.foi.proactive.forms import JudgeForm, TagForm
from gongkai.foi.proactive.models import Topic
from gongkai.foi.proactive.queries import THRESHOLD, most_wanted, topics_seen
from gongkai.foi.proactive.rules import WHO_JUDGES, may_judge
from gongkai.foi.views.cases import case_or_404
from gongkai.foi.views.steps import attempt
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.rulebook.queries import rules_on

_REFUSED, _WRONG, _PAGE_SIZE, _OFFERED = 409, 400, 50, 200


@staff
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    standing, names = standing_of(request), names_of(request)
    page = Paginator(most_wanted(standing), _PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": [(topic, names[topic.agency_id].short) for topic in page],
        "least": rules_on(standing.on).parameter(THRESHOLD),
    }
    return render(request, "foi/proactive/list.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def topic_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the requests of a topic, and take the verdict on it."""
    standing = standing_of(request)
    topic = topics_seen(standing).select_related("agency", "document").filter(uid=uid).first()
    if topic is None:
        raise Http404(uid)
    may = may_judge(standing, topic.agency_id, Level(topic.agency.level))
    if request.method == "POST":
        require(may, WHO_JUDGES)
    form, refusal, status = JudgeForm(sent(request)), "", 200
    if request.method == "POST" and not form.is_valid():
        status = _WRONG
    elif request.method == "POST":
        said, by = form.cleaned_data, standing.person
        if said["verdict"] == "published":
            refusal = attempt(lambda: publish_topic(topic, index_no=said["index_no"], by=by))
        else:
            refusal = attempt(lambda: keep_topic(topic, reason=said["reason"], by=by))
        if not refusal:
            messages.success(request, f"已登记：{topic.get_state_display()}。")
            return HttpResponseRedirect(reverse("topic", args=[uid]))
        status = _REFUSED
    context = {
        "topic": topic,
        "agency": names_of(request)[topic.agency_id].name,
        "tagged": topic.tagged.select_related("case").order_by("case__received_on", "pk"),
        "form": form if may and topic.state != Topic.State.PUBLISHED else None,
        "refusal": refusal,
    }
    return render(request, "foi/proactive/one.html", context, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def case_topic(request: HttpRequest, url_key: str) -> HttpResponse:
    """Put a request under a topic."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    require(may_judge(standing, case.agency_id, Level(case.agency.level)), WHO_JUDGES)
    known = Topic.objects.filter(agency=case.agency_id).order_by("-pk")
    form = TagForm(sent(request), known=list(known.values_list("title", flat=True)[:_OFFERED]))
    page = {
        "title": "归入主题",
        "about": f"申请 {case.number}",
        "lead": "几个申请人要同一信息、又可以公开的，可以转为主动公开（条例第四十四条）。把要同一信息的申请归入同一主题，系统数够了会提请研究。",
        "back": reverse("desk-case", args=[url_key]),
        "form": form,
    }
    if request.method != "POST":
        return render(request, "foi/disputes/step.html", page)
    if not form.is_valid():
        return render(request, "foi/disputes/step.html", page, status=_WRONG)
    if refusal := attempt(lambda: tag_case(case, title=form.chosen(), by=standing.person)):
        return render(
            request, "foi/disputes/step.html", {**page, "refusal": refusal}, status=_REFUSED
        )
    messages.success(request, "已归入主题。")
    return HttpResponseRedirect(str(page["back"]))
