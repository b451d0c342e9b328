"""One page for each step of a case: its form, and in words why it cannot be taken now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import ADMINISTRATORS, Agency, Membership
from gongkai.foi.actions import CaseRefused, refuse_unmet
from gongkai.foi.art41 import result_article, result_title
from gongkai.foi.handling.actions.signing import draft_reply
from gongkai.foi.handling.drafts import Draft, read_draft
from gongkai.foi.handling.facts import Facts, facts_of
from gongkai.foi.handling.forms import AssignForm, Choices, DraftForm, OutcomeForm
from gongkai.foi.handling.offers import why_not
from gongkai.foi.handling.queries import manned_on, sent_back, written
from gongkai.foi.issuing.addressee import way_of
from gongkai.foi.issuing.forms import NotifyForm
from gongkai.foi.issuing.notices import notices_due
from gongkai.foi.issuing.others import contested, overridable
from gongkai.foi.issuing.queries import Preview, preview_of
from gongkai.foi.models import Case
from gongkai.foi.resembling.precedents import begun_with, precedents
from gongkai.foi.rules import may_take, shown_by
from gongkai.foi.table import BY_NAME, Step
from gongkai.foi.views.cases import case_or_404
from gongkai.foi.views.pages import PAGES
from gongkai.foi.views.sent_once import new_key, taking, was_taken
from gongkai.foi.views.step_page import StepPage
from gongkai.law.outcomes import OUTCOMES
from gongkai.people.audience import staff
from gongkai.people.forms import sent

_REFUSED, _WRONG = 409, 400
_UNMANNED = "（还没有人担任承办、政务公开办、信息员）"


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def case_step(request: HttpRequest, url_key: str, step_name: str) -> HttpResponse:
    """Show the form of a step, take it, and go back to the case with what changed."""
    page, step = PAGES.get(step_name), BY_NAME.get(step_name)
    if page is None or step is None:
        raise Http404(step_name)
    facts = _facts(request, url_key, step)
    if was_taken(request, facts.case):
        return HttpResponseRedirect(reverse("desk-case", args=[url_key]))
    context: dict[str, Any] = {"page": page, **_draft_of(facts)}
    if why := why_not(facts, step, standing_of(request).person):
        return _page(request, facts, step, {"closed": why}, _REFUSED)
    form = _form(request, page, facts)
    context["form"] = form
    if request.method != "POST":
        return _page(request, facts, step, context)
    if not form.is_valid():
        return _page(request, facts, step, context, _WRONG)
    by = standing_of(request).person
    act: Callable[[], object] = partial(page.take, facts, form.cleaned_data, by)
    said = page.said(form.cleaned_data)
    act = (
        _slowly(request, page, act, said)
        if page.slow
        else taking(request, facts.case, act, step=step.name, by=by, done=said)
    )
    if refusal := attempt(act):
        return _page(request, facts, step, {**context, "refusal": refusal}, _REFUSED)
    return HttpResponseRedirect(reverse("desk-case", args=[url_key]))


def _slowly(
    request: HttpRequest, page: StepPage, act: Callable[[], object], said: str
) -> Callable[[], None]:
    """Return *act* followed by what is said of it: a warning where what it made is held."""

    def whole() -> None:
        held = page.held(act())
        (messages.warning if held else messages.success)(request, held or said)

    return whole


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def case_draft(request: HttpRequest, url_key: str) -> HttpResponse:
    """Choose how the request ends; then write what that outcome needs, with own precedents beside it."""
    step = BY_NAME["draft"]
    facts = _facts(request, url_key, step)
    if was_taken(request, facts.case):
        return HttpResponseRedirect(reverse("desk-case", args=[url_key]))
    if why := why_not(facts, step, standing_of(request).person):
        return _page(request, facts, step, {"closed": why}, _REFUSED)
    back = {"sent_back": sent_back(facts.case)}
    asked = request.GET if "outcome" in request.GET else None
    chosen = OutcomeForm(asked, kind=facts.case.kind)
    if not chosen.is_valid():
        status = _WRONG if chosen.is_bound else 200
        return _page(request, facts, step, {"chosen": chosen, **back}, status)
    outcome, held_back = chosen.cleaned_data["outcome"], chosen.cleaned_data["refused_as"]
    form = _draft_form(request, facts, outcome, held_back)
    context = {
        "form": form,
        "outcome": OUTCOMES[outcome],
        "result": result_title(facts.case.kind, outcome),
        "article": result_article(facts.case.kind, outcome),
        "held_back": held_back,
        **back,
        # Opens dozens of requests to compare them: done where the page is shown, not for what is sent on.
        "precedents": cache(partial(precedents, facts.case, outcome)),
    }
    if request.method != "POST":
        return _page(request, facts, step, context)
    if not form.is_valid():
        return _page(request, facts, step, context, _WRONG)
    typed, looks = form.facts(), "look" in request.POST
    unmet = "" if looks else attempt(lambda: refuse_unmet(facts.case, outcome, typed, held_back))
    letter = _letter_of(facts, outcome, typed, held_back)
    if looks or unmet or (letter is not None and letter.blocked):
        shown = {**context, "letter": letter, "refusal": unmet}
        return _page(request, facts, step, shown, 200 if looks else _REFUSED)
    by = standing_of(request).person
    drafted = partial(
        draft_reply,
        facts.case,
        result=outcome,
        facts=typed,
        refused_as=held_back,
        on=facts.on,
        by=by,
    )
    before = "、".join(kind.label for kind in facts.wanted)
    done = f"已送签：等{before and before + '、'}负责人签发。"
    if refusal := attempt(taking(request, facts.case, drafted, step=step.name, by=by, done=done)):
        return _page(request, facts, step, {**context, "refusal": refusal}, _REFUSED)
    return HttpResponseRedirect(reverse("desk-case", args=[url_key]))


def _draft_form(
    request: HttpRequest, facts: Facts, outcome: str, held_back: Sequence[str]
) -> DraftForm:
    """Return the form for what *outcome* needs and the case has not on file."""
    return DraftForm(
        sent(request),
        initial=begun_with(facts.case, outcome, request.GET.get("quote", "")),
        kind=facts.case.kind,
        outcome=outcome,
        refused_as=held_back,
        way=way_of(facts.case),
        objected=bool(overridable(facts, outcome, held_back)),
        contested=contested(facts, outcome, held_back),
        agent_unproved=facts.agent_unproved,
        shown=shown_by(facts.events, searched=facts.searched),
    )


def attempt(act: Callable[[], object]) -> str:
    """Do *act*; return why it was refused, or nothing."""
    try:
        act()
    except CaseRefused as refused:
        return str(refused)
    except ValidationError as wrong:
        return "；".join(wrong.messages)
    return ""


def _letter_of(
    facts: Facts, outcome: str, typed: Mapping[str, str], held_back: Sequence[str]
) -> Preview | None:
    """Return the letter as it would go out; None where what closing needs is missing anyhow."""
    return preview_of(facts, Draft(outcome, typed, tuple(held_back), facts.enclosed))


def _facts(request: HttpRequest, url_key: str, step: Step) -> Facts:
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    require(may_take(standing, step, case), f"受理机关的{step.whose}")
    return facts_of(case, standing.on)


def _form(request: HttpRequest, page: StepPage, facts: Facts) -> forms.Form:
    more: dict[str, Any] = {"facts": facts}
    if page.form is AssignForm:
        more["receivers"] = _receivers(request, facts.case)
    if page.form is NotifyForm:
        more |= {"due": notices_due(facts), "chosen": request.GET.get("letter", "")}
    return page.form(sent(request), request.FILES or None, **more)


def _receivers(request: HttpRequest, case: Case) -> Choices:
    """Return whom something may be given to: the people of the agency, then every unit there is today."""
    on, names = standing_of(request).on, names_of(request)
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, agency=case.agency, since__lte=on)
    people = {
        row.person.uid: row.person.name
        for row in held.exclude(role__in=ADMINISTRATORS).select_related("person")
    }
    units = Agency.objects.filter(ending=None, pk__in=names).exclude(pk=case.agency_id)
    manned = manned_on(on)
    return [
        ("", "请选择"),
        *((f"person:{uid}", name) for uid, name in people.items()),
        *(
            (f"unit:{unit.uid}", names[unit.pk].name + ("" if unit.pk in manned else _UNMANNED))
            for unit in units.order_by("code")
        ),
    ]


def _draft_of(facts: Facts) -> dict[str, Any]:
    if facts.draft is None:
        return {}
    read = read_draft(facts.draft)
    return {
        "draft": facts.draft,
        "written": written(read, facts.case.kind),
        "letter": preview_of(facts, read),
    }


def _page(
    request: HttpRequest, facts: Facts, step: Step, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    whole = {"case": facts.case, "step": step, "form_key": new_key(), **context}
    return render(request, "foi/step.html", whole, status=status)
