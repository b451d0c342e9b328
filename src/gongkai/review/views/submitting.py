"""Handing an edition to its reviewers, and letting one out in haste."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.queries import name_of, visible_to
from gongkai.agencies.standing import Standing
from gongkai.documents.models import Edition
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.review.actions import ReviewRefused, grant_urgent_waiver, submit_for_review
from gongkai.review.chains import shipped
from gongkai.review.forms import ReasonForm
from gongkai.review.paragraphs import read
from gongkai.review.queries import chain_set_for, stages_of
from gongkai.review.rules import AUTHORS, LEADERS, may_let_out, may_submit
from gongkai.review.views.judging import REFUSED


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, uid: str) -> HttpResponse:
    """Show what will be closed and who will read it; then do it."""
    standing = standing_of(request)
    edition = edition_or_404(standing, uid)
    require(may_submit(standing, edition), AUTHORS)
    refusal = ""
    if request.method == "POST":
        try:
            row = submit_for_review(edition, by=standing.person)
        except ReviewRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "已送审。审核期间文本封存，不能改动。")
            return HttpResponseRedirect(reverse("review-submission", args=[row.uid]))
    chain = chain_set_for(edition.document, standing.on)
    context = {
        "edition": edition,
        "read": read(edition),
        "stages": stages_of(chain) if chain else shipped().stages,
        "basis": chain.basis if chain else shipped().basis,
        "refusal": refusal,
    }
    return render(request, "review/submit.html", context, status=REFUSED if refusal else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def urgent(request: HttpRequest, uid: str) -> HttpResponse:
    """The leader's form: out before the review, which then must follow."""
    standing = standing_of(request)
    edition = edition_or_404(standing, uid)
    agency = edition.document.agency
    require(may_let_out(standing, agency), LEADERS)
    form = ReasonForm(sent(request))
    if attempt(form, lambda: _grant(request, edition, form.cleaned_data["reason"], standing)):
        return HttpResponseRedirect(reverse("review"))
    context = {
        "edition": edition,
        "read": read(edition),
        "form": form,
        "name": name_of(agency, standing.on).name,
    }
    return render(request, "review/urgent.html", context, status=REFUSED if form.errors else 200)


def _grant(request: HttpRequest, edition: Edition, reason: str, standing: Standing) -> None:
    waiver = grant_urgent_waiver(edition, reason=reason, by=standing.person)
    messages.success(request, f"已批准紧急发布。请在 {waiver.due} 前补齐审核。")


def edition_or_404(standing: Standing, uid: str) -> Edition:
    """Return an edition of an agency one may see. Another's answers as one that does not exist."""
    rows = Edition.objects.filter(document__agency__in=visible_to(standing), uid=uid)
    found = rows.select_related("document__agency", "author_person").first()
    if found is None:
        raise Http404(uid)
    return found


def attempt(form: forms.Form, step: Callable[[], object]) -> bool:
    """Take *step* if *form* is filled in rightly; a refusal is written into the form."""
    if not form.is_valid():
        return False
    try:
        step()
    except ReviewRefused as refused:
        form.add_error(None, str(refused))
    return form.is_valid()
