"""Both directions on one page: what waits for me, what I sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on
from gongkai.sharing.models import Delivery, Offer
from gongkai.sharing.queries import answer_due, overdue, visible_deliveries, visible_offers
from gongkai.sharing.rules import is_office

_MOST = 50


@staff
@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    standing, names = standing_of(request), names_of(request)
    rules = rules_on(standing.on)
    offers = visible_offers(standing).defer("body")
    deliveries = visible_deliveries(standing).defer("push__edition__canonical")
    late = set(overdue(deliveries, rules).values_list("pk", flat=True))
    waiting = deliveries.filter(state=Delivery.State.WAITING).order_by("push__at", "pk")
    answered = deliveries.exclude(state=Delivery.State.WAITING).order_by("-answered_at")
    context = {
        "office": is_office(standing),
        "offers": [
            (one, names[one.agency_id].short)
            for one in [
                *offers.filter(state=Offer.State.SENT).order_by("at")[:_MOST],
                *offers.exclude(state=Offer.State.SENT).order_by("-at")[:_MOST],
            ]
        ],
        "deliveries": [
            (one, names[one.agency_id].short, answer_due(one, rules), one.pk in late)
            for one in [*waiting[:_MOST], *answered[:_MOST]]
        ],
        "late": len(late),
    }
    return render(request, "sharing/list.html", context)
