"""One's own messages, and how one wants mail about them."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import person_of
from gongkai.inbox.actions import mark_read, wish_for
from gongkai.inbox.forms import WishForm
from gongkai.inbox.models import Wish
from gongkai.inbox.queries import inbox_of, unread_of, wish_of
from gongkai.people.audience import staff

_A_PAGE = 50


@staff
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {
        "page": Paginator(inbox_of(person), _A_PAGE).get_page(request.GET.get("page")),
        "waiting": unread_of(person.pk),
        "form": WishForm(initial={"mail": wish_of(person)}),
        "mail": settings.MAIL,
        "has_address": bool(person.email),
    }
    return render(request, "inbox/inbox.html", context)


@staff
@require_POST
def read_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark one message as read and go where it leads."""
    mine = inbox_of(person_of(request)).filter(uid=uid)
    row = mine.first()
    if row is None:
        raise Http404(uid)
    mark_read(mine)
    return redirect(row.address if "go" in request.POST else "desk-inbox")


@staff
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_read(inbox_of(person_of(request)))
    return redirect("desk-inbox")


@staff
@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    person, form = person_of(request), WishForm(request.POST)
    if not form.is_valid():
        raise Http404
    wish_for(person, mail=Wish(form.cleaned_data["mail"]), by=person)
    return redirect("desk-inbox")
