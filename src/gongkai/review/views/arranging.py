"""What an officer arranges: chains, which agencies lend reviewers, one reviewer for one stage."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency, Level, Membership
from gongkai.agencies.queries import holding_on, visible_to
from gongkai.agencies.standing import Standing
from gongkai.documents.models import Kind
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.review.actions import lend_reviewer, set_chain, set_lending
from gongkai.review.chains import shipped
from gongkai.review.forms import ChainForm, Choices, LendingForm, LoanForm
from gongkai.review.models import StageKind, Submission
from gongkai.review.queries import chains_in_force, lenders_on, next_stage
from gongkai.review.rules import LENDERS, ROLE_OF, SETTERS, may_lend, may_set_chain
from gongkai.review.views.judging import REFUSED, submission_or_404, submission_page
from gongkai.review.views.submitting import attempt

_COUNTY = "county"


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def chains(request: HttpRequest) -> HttpResponse:
    """Which chains hold today, and the form that sets one."""
    standing = standing_of(request)
    choices = _settable(request, standing)
    form = ChainForm(
        sent(request) if choices else None,
        agencies=choices,
        initial={"since": standing.on, **_as_initial(shipped().stages)},
    )
    if request.method == "POST":
        require(bool(choices), SETTERS)
        if attempt(form, lambda: _set(form, standing)):
            messages.success(request, "已设置审核流程，此后送审的稿件按它办。")
            return HttpResponseRedirect(reverse("review-chains"))
    return _chains_page(request, standing, form if choices else None)


@staff
@require_POST
def lending(request: HttpRequest) -> HttpResponse:
    """Whether an agency lends its reviewers, from today on."""
    standing = standing_of(request)
    require(may_lend(standing), LENDERS)
    form = LendingForm(request.POST, agencies=_lendable(request, standing))
    if form.is_valid():
        agency = Agency.objects.get(code=form.cleaned_data["lender"])
        set_lending(agency, lends=form.cleaned_data["lends"], since=standing.on, by=standing.person)
        messages.success(request, "已登记，今天起有效。")
        return HttpResponseRedirect(reverse("review-chains"))
    return _chains_page(request, standing, None, form)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def loan(request: HttpRequest, uid: str) -> HttpResponse:
    """Borrow a reviewer for the stage whose turn it is."""
    standing = standing_of(request)
    row = submission_or_404(standing, uid)
    require(may_lend(standing), LENDERS)
    stage = next_stage(row)
    if stage is None:
        return submission_page(request, row, "这次送审已经办结，不用再借审核人。")
    offered = _offered(row, stage, standing)
    form = LoanForm(sent(request), reviewers=_as_choices(request, offered))
    if attempt(form, lambda: _lend(row, stage, form, offered, standing)):
        messages.success(request, "已批准借用，审核人登录后可以看到这一件。")
        return HttpResponseRedirect(reverse("review-submission", args=[row.uid]))
    context = {"row": row, "turn": stage, "form": form, "offered": offered}
    return render(request, "review/loan.html", context, status=REFUSED if form.errors else 200)


def _set(form: ChainForm, standing: Standing) -> None:
    typed = form.cleaned_data
    code = typed["agency"]
    set_chain(
        None if code == _COUNTY else Agency.objects.get(code=code),
        kind=Kind(typed["kind"]) if typed["kind"] else None,
        stages=form.stages,
        since=typed["since"],
        basis=typed["basis"],
        by=standing.person,
    )


def _lend(
    row: Submission,
    stage: StageKind,
    form: LoanForm,
    offered: list[Membership],
    standing: Standing,
) -> None:
    chosen = form.cleaned_data["reviewer"]
    (held,) = [one for one in offered if str(one.uid) == chosen]
    lend_reviewer(
        row,
        stage,
        reviewer=held.person,
        lender=held.agency,
        reason=form.cleaned_data["reason"],
        by=standing.person,
    )


def _offered(row: Submission, stage: StageKind, standing: Standing) -> list[Membership]:
    """Return who could be borrowed: who holds the role where reviewers are lent."""
    rows = holding_on(ROLE_OF[stage], standing.on).filter(agency__in=lenders_on(standing.on))
    signed = [one.approver_person_id for one in row.verdicts.all() if one.approver_person_id]
    apart = [row.edition.author_person_id, standing.person.pk, *signed]
    return list(rows.exclude(person__in=apart).select_related("agency"))


def _chains_page(
    request: HttpRequest,
    standing: Standing,
    form: forms.Form | None,
    lending_form: LendingForm | None = None,
) -> HttpResponse:
    names = names_of(request)
    rows = chains_in_force(standing.on)
    if lending_form is None and may_lend(standing):
        lending_form = LendingForm(agencies=_lendable(request, standing))
    wrong = any(one is not None and one.errors for one in (form, lending_form))
    context = {
        "rows": [(row, names[row.agency_id].name if row.agency_id else "全县") for row in rows],
        "shipped": shipped(),
        "county_has_its_own": any(row.agency_id is None and not row.kind for row in rows),
        "lenders": [names[agency.pk].name for agency in lenders_on(standing.on)],
        "form": form,
        "lending_form": lending_form,
        "setters": SETTERS,
    }
    return render(request, "review/chains.html", context, status=REFUSED if wrong else 200)


def _settable(request: HttpRequest, standing: Standing) -> Choices:
    """Return for whom *standing* may set a chain: the county first."""
    names = names_of(request)
    county = [(_COUNTY, "全县（没有自己流程的机关都按它办）")]
    own = [
        (agency.code, names[agency.pk].name)
        for agency in visible_to(standing).exclude(level=Level.COUNTY).order_by("code")
        if may_set_chain(standing, agency)
    ]
    return [*(county if may_set_chain(standing, None) else []), *own]


def _lendable(request: HttpRequest, standing: Standing) -> Choices:
    names = names_of(request)
    return [
        (agency.code, names[agency.pk].name)
        for agency in visible_to(standing).order_by("code")
        if agency.pk in names
    ]


def _as_choices(request: HttpRequest, offered: list[Membership]) -> Choices:
    names = names_of(request)
    return [
        (str(held.uid), f"{held.person.name}（{names[held.agency_id].short}）") for held in offered
    ]


def _as_initial(stages: tuple[StageKind, ...]) -> dict[str, str]:
    return {f"stage{n}": kind.value for n, kind in enumerate(stages, 1)}
