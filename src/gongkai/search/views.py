"""What the county adds to the search, and what its visitors looked for in vain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import require, standing_of
from gongkai.audit import clock
from gongkai.people.audience import staff
from gongkai.search.actions import add_synonym, drop_synonym, end_recommendation, recommend
from gongkai.search.forms import BetForm, SynonymForm
from gongkai.search.models import BestBet, Synonym
from gongkai.search.queries import missed_in_week
from gongkai.search.refusal import SearchRefused
from gongkai.search.rules import TENDS, may_tend

_REFUSED = 409
_Row = TypeVar("_Row", Synonym, BestBet)


@staff
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    return _page(request)


@staff
@require_POST
def synonym_add(request: HttpRequest) -> HttpResponse:
    """Let two words find each other."""
    form = SynonymForm(request.POST)
    return _done(
        request,
        form,
        lambda: add_synonym(
            form.cleaned_data["term"], form.cleaned_data["equal"], by=standing_of(request).person
        ),
        "已登记，现在起检索其中一个词也会找到另一个。",
    )


@staff
@require_POST
def synonym_drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let two words no longer find each other."""
    row = _found(Synonym.objects.filter(uid=uid).first(), uid, request)
    by = standing_of(request).person
    return _done(request, None, lambda: drop_synonym(row, by=by), "已删除这一组同义词。")


@staff
@require_POST
def bet_add(request: HttpRequest) -> HttpResponse:
    """Recommend an address for a word."""
    form = BetForm(request.POST)
    by = standing_of(request).person
    return _done(request, form, lambda: recommend(**form.cleaned_data, by=by), "已设置推荐结果。")


@staff
@require_POST
def bet_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Recommend it no more."""
    row = _found(BestBet.objects.filter(uid=uid).first(), uid, request)
    by = standing_of(request).person
    return _done(request, None, lambda: end_recommendation(row, by=by), "已撤下这一条推荐。")


def _found(row: _Row | None, uid: UUID, request: HttpRequest) -> _Row:
    require(may_tend(standing_of(request)), TENDS)
    if row is None:
        raise Http404(uid)
    return row


def _done(
    request: HttpRequest, form: Form | None, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do what was asked, or show the page with why not and what was typed."""
    require(may_tend(standing_of(request)), TENDS)
    if form is not None and not form.is_valid():
        return _page(request, form, "没有办成：请改正标出的栏目。")
    try:
        act()
    except SearchRefused as refused:
        return _page(request, form, str(refused))
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk-words"))


def _page(request: HttpRequest, form: Form | None = None, refusal: str = "") -> HttpResponse:
    today = clock.today()
    context = {
        "synonyms": Synonym.objects.order_by("folded_term", "folded_equal"),
        "bets": BestBet.objects.order_by("folded", "title"),
        "missed": missed_in_week(today),
        "today": today,
        "may_tend": may_tend(standing_of(request)),
        "tends": TENDS,
        "synonym_form": form if isinstance(form, SynonymForm) else SynonymForm(),
        "bet_form": form if isinstance(form, BetForm) else BetForm(),
        "refusal": refusal,
    }
    return render(request, "search/words.html", context, status=_REFUSED if refusal else 200)
