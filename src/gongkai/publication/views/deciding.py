"""One item: what is out, what may go out, and the two decisions: publish, take away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.documents.models import Document
from gongkai.documents.views.finding import REFUSED, document_or_404
from gongkai.people.audience import staff
from gongkai.publication.actions import publish_edition, withdraw
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.forms import PublishForm, WithdrawForm
from gongkai.publication.models import Publication
from gongkai.publication.rules import PUBLISHERS, WITHDRAWERS, may_publish, may_withdraw
from gongkai.publication.waiting import approved_of, history_of

_CHANGED = "您打开本页以后，可以发布的版本变了。请看清下面的版本，再决定是否发布。"


@staff
@require_safe
def publication(request: HttpRequest, url_key: str) -> HttpResponse:
    standing = standing_of(request)
    return publication_page(request, standing, document_or_404(standing, url_key))


@staff
@require_POST
def publish(request: HttpRequest, url_key: str) -> HttpResponse:
    """Put the approved edition one has seen before the public."""
    standing = standing_of(request)
    document = document_or_404(standing, url_key)
    require(may_publish(standing, document.agency), PUBLISHERS)
    form, edition = PublishForm(request.POST), approved_of(document)
    seen = (form.cleaned_data["n"], form.cleaned_data["sha256"]) if form.is_valid() else None
    if edition is None or seen != (edition.n, edition.sha256):
        return publication_page(request, standing, document, _CHANGED)
    try:
        published = publish_edition(edition, by=standing.person)
    except PublicationRefused as refused:
        return publication_page(request, standing, document, str(refused))
    messages.success(request, f"《{edition.title}》第 {edition.n} 版已经公开。")
    return _back(published.document)


@staff
@require_POST
def take_down(request: HttpRequest, url_key: str) -> HttpResponse:
    """Take what is public away, with the reason its address will show."""
    standing = standing_of(request)
    document = document_or_404(standing, url_key)
    require(may_withdraw(standing, document.agency), WITHDRAWERS)
    form = WithdrawForm(request.POST)
    live = Publication.objects.filter(document=document, live=True).first()
    if live is None:
        return publication_page(
            request, standing, document, "这件信息现在不在线，没有可撤下的。请刷新后查看。"
        )
    if not form.is_valid():
        return publication_page(
            request, standing, document, "撤下必须写明理由，不超过 300 字。", form
        )
    try:
        withdraw(live, reason=form.cleaned_data["reason"], by=standing.person)
    except PublicationRefused as refused:
        return publication_page(request, standing, document, str(refused), form)
    messages.success(request, "已经撤下：正文不再公开，原网址写明了时间和理由。")
    return _back(document)


def publication_page(
    request: HttpRequest,
    standing: Standing,
    document: Document,
    refusal: str = "",
    form: WithdrawForm | None = None,
) -> HttpResponse:
    """Show *document* as the public has it; with *refusal*, why what was asked was not done."""
    history = list(history_of(document))
    edition = approved_of(document)
    live = next((one for one in history if one.live), None)
    first = clock.legal_date(history[-1].published_at) if history else clock.today()
    context = {
        "document": document,
        "agency": names_of(request)[document.agency_id].name,
        "edition": edition,
        "live": live,
        "title": (edition or history[0].edition).title if edition or history else "",
        "history": history,
        "address": reverse("item", args=[first.year, document.url_key]),
        "may_publish": may_publish(standing, document.agency),
        "may_withdraw": may_withdraw(standing, document.agency),
        "publishers": PUBLISHERS,
        "withdrawers": WITHDRAWERS,
        "publish_form": edition and PublishForm(initial={"n": edition.n, "sha256": edition.sha256}),
        "withdraw_form": form or WithdrawForm(),
        "refusal": refusal,
    }
    status = REFUSED if refusal else 200
    return render(request, "publication/publication.html", context, status=status)


def _back(document: Document) -> HttpResponse:
    return HttpResponseRedirect(reverse("publication", args=[document.url_key]))
