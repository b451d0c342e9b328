"""公开属性 of a document, and the register of what is withheld."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.documents.actions import reassess, set_disclosure
from gongkai.documents.forms import DisclosureForm, ReassessForm
from gongkai.documents.listing import PAGE_SIZE
from gongkai.documents.models import Disclosure, Document, Edition, Reassessment, Withholding
from gongkai.documents.queries import withheld
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.rules import REASSESSORS, may_reassess
from gongkai.documents.views.finding import REFUSED, drafted_or_404, withholding_or_404
from gongkai.people.audience import staff
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai.rulebook.urgency import urgency


@staff
def disclosure(request: HttpRequest, url_key: str) -> HttpResponse:
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    initial = {"disclosure": document.disclosure, "reason": document.disclosure_reason}
    form = DisclosureForm(request.POST or None, initial=initial)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        refusal = _set(document, form, standing.person)
        if not refusal:
            messages.success(request, f"公开属性已定为“{document.get_disclosure_display()}”。")
            return redirect("desk-item", document.url_key)
        document.refresh_from_db()
    context = {"document": document, "form": form, "refusal": refusal}
    return render(request, "documents/disclosure.html", context, status=REFUSED if refusal else 200)


@staff
def register(request: HttpRequest) -> HttpResponse:
    """What the agencies one sees withhold, the first to be looked at again first."""
    standing = standing_of(request)
    page = Paginator(withheld(standing), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    names, rules = names_of(request), rules_on(standing.on)
    titles = _titles(list(page))
    rows = [
        (
            entry,
            titles.get(entry.document_id, ""),
            names[entry.document.agency_id].short,
            urgency(entry.review_due, rules),
        )
        for entry in page
    ]
    return render(request, "documents/withheld.html", {"page": page, "rows": rows})


@staff
def reassessing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look again at something withheld."""
    standing = standing_of(request)
    entry = withholding_or_404(standing, uid)
    document = entry.document
    require(may_reassess(standing, document.agency), REASSESSORS)
    form = ReassessForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        refusal = _reassessed(entry, form, standing.person)
        if not refusal:
            messages.success(request, "评估结论已登记。")
            return redirect("desk-item", document.url_key)
    context = {
        "entry": entry,
        "document": document,
        "title": _titles([entry]).get(document.pk, ""),
        "past": entry.reassessments.select_related("by").order_by("-on", "-pk"),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "documents/reassess.html", context, status=REFUSED if refusal else 200)


def _set(document: Document, form: DisclosureForm, by: Person) -> str:
    said = form.cleaned_data
    try:
        set_disclosure(
            document,
            Disclosure(said["disclosure"]),
            reason=said["reason"],
            ground=said["ground"],
            by=by,
        )
    except DocumentRefused as refused:
        return str(refused)
    return ""


def _reassessed(entry: Withholding, form: ReassessForm, by: Person) -> str:
    said = form.cleaned_data
    try:
        reassess(entry, result=Reassessment.Result(said["result"]), reason=said["reason"], by=by)
    except DocumentRefused as refused:
        return str(refused)
    return ""


def _titles(entries: list[Withholding]) -> dict[int, str]:
    keys = [entry.document_id for entry in entries]
    rows = Edition.objects.filter(document__in=keys).order_by("n")
    return dict(rows.values_list("document", "title"))
