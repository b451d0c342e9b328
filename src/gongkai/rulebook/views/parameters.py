"""The rules with their sources, and a county's own value: see what it moves, then propose it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import require, standing_of
from gongkai.audit import clock
from gongkai.law.errors import ParameterError
from gongkai.people.audience import staff
from gongkai.people.models import Person
from gongkai.rulebook.actions import ParameterRefused, propose_parameter
from gongkai.rulebook.actions.parameters import examined
from gongkai.rulebook.catalogue import Entry, catalogue, entry_of, history
from gongkai.rulebook.forms import parameter_form
from gongkai.rulebook.plans import parameter_plan
from gongkai.rulebook.rules import PROPOSES, may_propose

_REFUSED = 409


@staff
def parameters(request: HttpRequest) -> HttpResponse:
    """Every rule; with ``?only=unsure`` those whose text nobody has read."""
    entries = catalogue(clock.today())
    unsure = [entry for entry in entries if entry.unsure]
    only = request.GET.get("only") == "unsure"
    context = {
        "entries": unsure if only else entries,
        "only": only,
        "count": len(entries),
        "unsure": len(unsure),
    }
    return render(request, "rulebook/parameters.html", context)


@staff
def parameter(request: HttpRequest, key: str) -> HttpResponse:
    """One rule with its history, and the form for the county's own value."""
    standing = standing_of(request)
    entry = entry_of(key, clock.today())
    if entry is None:
        raise Http404(key)
    if request.method != "POST":
        return _page(request, entry, {"form": parameter_form(entry.law)})
    require(may_propose(standing), PROPOSES)
    return _propose(request, entry, standing.person)


def _propose(request: HttpRequest, entry: Entry, by: Person) -> HttpResponse:
    form = parameter_form(entry.law, request.POST)
    if not form.is_valid():
        return _page(request, entry, {"form": form})
    given = {name: form.cleaned_data[name] for name in ("since", "source", "note", "certainty")}
    given["value"] = str(form.cleaned_data["value"])
    try:
        if request.POST.get("step") == "propose":
            proposed = propose_parameter(entry.key, by=by, **given)
            return HttpResponseRedirect(reverse("rulebook-value", args=[proposed.uid]))
        plan = parameter_plan(examined(entry.key, **given), clock.today())
    except (ParameterRefused, ParameterError) as refused:
        return _page(request, entry, {"form": form, "refusal": str(refused)}, _REFUSED)
    return _page(request, entry, {"form": form, "plan": plan})


def _page(
    request: HttpRequest, entry: Entry, context: dict[str, object], status: int = 200
) -> HttpResponse:
    own = {
        "entry": entry,
        "history": history(entry),
        "may_propose": may_propose(standing_of(request)) and not entry.fixed,
        "proposes": PROPOSES,
    }
    return render(request, "rulebook/parameter.html", {**own, **context}, status=status)
