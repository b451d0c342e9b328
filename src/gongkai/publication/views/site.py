"""What the office does with the site as a whole: alerts, old addresses, what the law has destroyed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.refusal import RoleRefused
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.documents.models import Document
from gongkai.documents.queries import visible_documents
from gongkai.documents.views.finding import REFUSED
from gongkai.people.audience import staff
from gongkai.publication.actions.alerting import lower_alert, raise_alert
from gongkai.publication.actions.expunging import approve_expunging, propose_expunging
from gongkai.publication.actions.redirecting import redirect
from gongkai.publication.alerts import not_over
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.forms import AlertForm, ExpungeForm, RedirectForm
from gongkai.publication.models import Alert, Expunging, Redirect
from gongkai.publication.rules import ALERTERS, may_alert

_SHOWN = 50
_WRONG = "没有办：填写的内容有误，见下面各栏的说明。"
Act = Callable[[dict[str, object]], str]


@staff
@require_safe
def site(request: HttpRequest) -> HttpResponse:
    return _site_page(request, _office(request))


@staff
@require_POST
def alert_raise(request: HttpRequest) -> HttpResponse:
    standing = _office(request)

    def act(typed: dict[str, object]) -> str:
        raise_alert(**typed, by=standing.person)  # type: ignore[arg-type]  # the form's own types
        return "紧急公告已经发布，到开始时间即显示在每个网页的最上面。"

    return _done(request, standing, AlertForm(request.POST), act, "alert_form")


@staff
@require_POST
def alert_lower(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = _office(request)
    alert = Alert.objects.filter(uid=uid).first()
    if alert is None:
        raise Http404(uid)

    def act(typed: dict[str, object]) -> str:
        lower_alert(alert, by=standing.person)
        return "紧急公告已经结束。"

    return _done(request, standing, None, act)


@staff
@require_POST
def redirect_enter(request: HttpRequest) -> HttpResponse:
    standing = _office(request)

    def act(typed: dict[str, object]) -> str:
        words = {name: str(value) for name, value in typed.items()}
        row = redirect(
            words["path"],
            to=words["target"],
            kind=words["kind"],
            reason=words["reason"],
            by=standing.person,
        )
        return f"{row.path} 从现在起转到 {row.target}。"

    return _done(request, standing, RedirectForm(request.POST), act, "redirect_form")


@staff
@require_POST
def expunge_propose(request: HttpRequest) -> HttpResponse:
    standing = _office(request)

    def act(typed: dict[str, object]) -> str:
        document = _document(standing, str(typed["index_no"]))
        propose_expunging(
            document, reason=str(typed["reason"]), basis=str(typed["basis"]), by=standing.person
        )
        return "已经提出，信息已从网站撤下。请另一位负责人在本页批准后彻底删除。"

    return _done(request, standing, ExpungeForm(request.POST), act, "expunge_form")


@staff
@require_POST
def expunge_approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = _office(request)
    row = Expunging.objects.filter(uid=uid, document__in=visible_documents(standing)).first()
    if row is None:
        raise Http404(uid)

    def act(typed: dict[str, object]) -> str:
        approve_expunging(row, by=standing.person)
        return "已经彻底删除：文字和附件都已销毁，哈希、理由和经办人留存。"

    return _done(request, standing, None, act)


def _office(request: HttpRequest) -> Standing:
    standing = standing_of(request)
    require(may_alert(standing), ALERTERS)
    return standing


def _document(standing: Standing, index_no: str) -> Document:
    found = visible_documents(standing).filter(index_no=index_no.strip()).first()
    if found is None:
        raise PublicationRefused("没有这个索引号的信息，请核对。")
    return found


def _done(
    request: HttpRequest, standing: Standing, form: forms.Form | None, act: Act, name: str = ""
) -> HttpResponse:
    """Do *act* with what was typed and come back, or show the page again with what is wrong."""
    if form is not None and not form.is_valid():
        return _site_page(request, standing, _WRONG, {name: form})
    try:
        said = act(form.cleaned_data if form else {})
    except (PublicationRefused, RoleRefused) as refused:
        return _site_page(request, standing, str(refused), {name: form} if form else {})
    messages.success(request, said)
    return HttpResponseRedirect(reverse("site"))


def _site_page(
    request: HttpRequest,
    standing: Standing,
    refusal: str = "",
    typed: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    expungings = Expunging.objects.filter(document__in=visible_documents(standing))
    context = {
        "refusal": refusal,
        "alerts": not_over(clock.now()),
        "alert_form": AlertForm(initial={"begins_at": clock.now()}),
        "redirects": Redirect.objects.order_by("-pk")[:_SHOWN],
        "redirect_form": RedirectForm(),
        "expungings": expungings.select_related("document", "proposed_by", "approved_by").order_by(
            "-pk"
        )[:_SHOWN],
        "expunge_form": ExpungeForm(),
        **(typed or {}),
    }
    return render(request, "publication/site.html", context, status=REFUSED if refusal else 200)
