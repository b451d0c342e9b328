"""Where one complains against each agency: the list, and setting a place from a day on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.letters.actions import ForumRefused, set_forum
from gongkai.letters.forms import ForumForm
from gongkai.letters.rules import PROPOSES, may_propose
from gongkai.letters.sender import forums_on
from gongkai.letters.views.preview import REFUSED
from gongkai.people.audience import staff


@staff
def forums(request: HttpRequest) -> HttpResponse:
    """The places in use, and the form for another."""
    standing = standing_of(request)
    if request.method != "POST":
        return _page(request, ForumForm(agencies=_agencies(request)), "")
    require(may_propose(standing), PROPOSES)
    form = ForumForm(request.POST, agencies=_agencies(request))
    if not form.is_valid():
        return _page(request, form, "")
    given = dict(form.cleaned_data)
    code = given.pop("agency")
    try:
        set_forum(Agency.objects.get(code=code) if code else None, by=standing.person, **given)
    except ForumRefused as refused:
        return _page(request, form, str(refused))
    return HttpResponseRedirect(reverse("letter-forums"))


def _agencies(request: HttpRequest) -> list[tuple[str, str]]:
    named = sorted((name.agency.code, name.name) for name in names_of(request).values())
    return [("", "没有单独设置的各机关"), *named]


def _page(request: HttpRequest, form: ForumForm, refusal: str) -> HttpResponse:
    names = {pk: name.name for pk, name in names_of(request).items()}
    rows = [
        ("没有单独设置的各机关" if pk is None else names.get(pk, str(forum.agency)), forum)
        for pk, forum in forums_on(clock.today()).items()
        if pk is None or forum.agency is not None
    ]
    context = {
        "rows": rows,
        "form": form,
        "refusal": refusal,
        "may_propose": may_propose(standing_of(request)),
        "proposes": PROPOSES,
    }
    return render(request, "letters/forums.html", context, status=REFUSED if refusal else 200)
