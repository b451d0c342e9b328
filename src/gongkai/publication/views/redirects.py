"""A table of old addresses: uploaded, looked at, entered."""

from __future__ import annotations

from dataclasses import astuple

from django.contrib import messages
from django.core import signing
from django.core.files import File
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import require, standing_of
from gongkai.documents.views.finding import REFUSED
from gongkai.people.audience import staff
from gongkai.people.models import Person
from gongkai.publication.actions.redirect_table import enter_redirects, plan_redirects
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.forms import RedirectTableForm
from gongkai.publication.redirect_table import LARGEST, Pair, TableRefused, read_pairs
from gongkai.publication.rules import ALERTERS, may_alert

_SALT = "gongkai.publication.redirects"
_KEPT_SECONDS = 3_600
_SHOWN = 200


@staff
def redirect_table(request: HttpRequest) -> HttpResponse:
    """Two steps: a table is read and what it would change is shown; then exactly that is entered."""
    standing = standing_of(request)
    require(may_alert(standing), ALERTERS)
    if "rows" in request.POST:
        return _enter(request, standing.person)
    form = RedirectTableForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _looked_at(form, standing.person)
        except TableRefused as refused:
            context["problems"] = refused.problems[:_SHOWN]
            context["more"] = max(0, len(refused.problems) - _SHOWN)
    status = REFUSED if "problems" in context else 200
    return render(request, "publication/redirects.html", context, status=status)


def _looked_at(form: RedirectTableForm, by: Person) -> dict[str, object]:
    file: File[bytes] = form.cleaned_data["file"]
    if (file.size or 0) > LARGEST:
        raise TableRefused([f"文件超过 {LARGEST // 1_000_000} MB，不像一张网址表。"])
    pairs = read_pairs(file.name or "", file.read())
    plan = plan_redirects(pairs, by=by)
    kept = [
        [astuple(pair) for pair in pairs],
        form.cleaned_data["kind"],
        form.cleaned_data["reason"],
    ]
    return {
        "plan": plan,
        "shown": plan.new[:_SHOWN],
        "signed": signing.dumps(kept, salt=_SALT, compress=True),
    }


def _enter(request: HttpRequest, by: Person) -> HttpResponse:
    try:
        rows, kind, reason = signing.loads(request.POST["rows"], salt=_SALT, max_age=_KEPT_SECONDS)
        pairs = [Pair(line, path, target, tuple(columns)) for line, path, target, columns in rows]
        seen = request.POST.get("seen", "")
        done = enter_redirects(pairs, kind=kind, reason=reason, seen=seen, by=by)
    except signing.BadSignature:
        messages.error(request, "对照的结果已经过期或者不完整，没有录入。请重新上传。")
        return HttpResponseRedirect(reverse("site-redirect-table"))
    except (PublicationRefused, TableRefused) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("site-redirect-table"))
    messages.success(
        request, f"登记了 {len(done.new)} 个旧网址的去向，{len(done.known)} 个原来就有，没有变化。"
    )
    return HttpResponseRedirect(reverse("site"))
