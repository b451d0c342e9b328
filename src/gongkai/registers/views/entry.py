"""One row: what it says, what was done to it, correcting it, taking it down."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.standing import Standing
from gongkai.people.audience import staff
from gongkai.registers.actions import correct_entry, remove_entry
from gongkai.registers.forms import CorrectForm, RemoveForm
from gongkai.registers.layout import layout_of
from gongkai.registers.models import Change, Entry, Removal
from gongkai.registers.queries import history, said, values_of
from gongkai.registers.refusal import RegisterRefused
from gongkai.registers.rules import KEEPERS, may_keep, publish_due, shown_until, withdraw_due
from gongkai.registers.values import typed
from gongkai.registers.views.finding import REFUSED, entry_or_404
from gongkai.registers.views.listing import late_since
from gongkai.rulebook.queries import rules_on


@staff
@require_safe
def entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _entry_page(request, standing, entry_or_404(standing, uid), RemoveForm())


@staff
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct a row; what it said before is kept."""
    standing = standing_of(request)
    found = entry_or_404(standing, uid)
    require(may_keep(standing, found.agency), KEEPERS)
    form = CorrectForm(layout_of(found.register), request.POST or None, initial=_initial(found))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        said_ = form.cleaned_data
        try:
            correct_entry(
                found,
                form.values,
                expecting=said_["revision"],
                reason=said_["reason"],
                by=standing.person,
            )
        except RegisterRefused as refused:
            refusal = str(refused)
            found.refresh_from_db()
        else:
            messages.success(request, "已更正，公示页已经更新。")
            return redirect("register-entry", found.uid)
    context = {"entry": found, "form": form, "refusal": refusal}
    return render(request, "registers/correct.html", context, status=REFUSED if refusal else 200)


@staff
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    found = entry_or_404(standing, uid)
    require(may_keep(standing, found.agency), KEEPERS)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, standing, found, form)
    asked = form.cleaned_data
    try:
        remove_entry(
            found,
            removal=Removal(asked["removal"]),
            reason=asked["reason"],
            on=asked["on"],
            by=standing.person,
        )
    except RegisterRefused as refused:
        found.refresh_from_db()
        return _entry_page(request, standing, found, form, str(refused), REFUSED)
    messages.success(request, "已撤下，公示页上不再有这一行的内容。")
    return redirect("register-entry", found.uid)


def _initial(found: Entry) -> dict[str, object]:
    values = values_of(found)
    shown = {one.key: typed(values[one.key], one) for one in layout_of(found.register).column}
    return {**shown, "revision": found.revision}


def _entry_page(
    request: HttpRequest,
    standing: Standing,
    found: Entry,
    form: RemoveForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    rules, changes = rules_on(standing.on), list(history(found))
    removed = next((one for one in changes if one.kind == Change.Kind.REMOVED), None)
    context = {
        "entry": found,
        "agency": names_of(request)[found.agency_id].name,
        "said": said(found),
        "due": publish_due(found.decided_on, rules),
        "late": late_since(found, rules),
        "shown_until": shown_until(found.register, found.decided_on, found.until, rules),
        "withdraw_due": withdraw_due(removed.on, rules) if removed and removed.on else None,
        "changes": changes,
        "may_keep": may_keep(standing, found.agency),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "registers/entry.html", context, status=status)
