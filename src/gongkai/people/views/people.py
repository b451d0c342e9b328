"""The people and their accounts, kept by a security administrator."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.people.actions.accounts import (
    close_account,
    open_account,
    register_person,
    reopen_account,
)
from gongkai.people.actions.factors import remove_factor
from gongkai.people.actions.invitations import invite, mail_invitation
from gongkai.people.actions.links import link_identity, unlink_identity
from gongkai.people.actions.sessions import end_sessions
from gongkai.people.actions.tries import unlock
from gongkai.people.administration import administrator
from gongkai.people.audience import staff
from gongkai.people.errors import AccountRefused
from gongkai.people.forms import LoginForm, PersonForm, sent
from gongkai.people.models import ExternalIdentity, Person, SessionEnd, User
from gongkai.people.presence import account_of
from gongkai.people.queries import account_states, people
from gongkai.people.rules import may_keep
from gongkai.people.seats import Seat

_A_PAGE = 50
_REFUSED = 409
_OWN = "自己的账号不能自己办。请由另一位安全管理员办理；只有一位时，请先任命第二位。"


@staff
@administrator(Seat.SECURITY)
def people_list(request: HttpRequest) -> HttpResponse:
    search = " ".join(request.GET.get("q", "").replace("\0", "").split())[:60]
    page = Paginator(people(search), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/people.html", {"page": page, "search": search})


@staff
@administrator(Seat.SECURITY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Register a person, open the account and show the link, in one go."""
    form, login = PersonForm(sent(request)), LoginForm(sent(request))
    if form.is_valid() and login.is_valid():
        by = account_of(request).person
        with transaction.atomic():
            person = register_person(**form.cleaned_data, by=by)
            account = open_account(person, login=login.cleaned_data["login"], by=by)
            return _invited(request, account, by)
    wrong = [one for one in (form, login) if one.errors]
    context = {"form": form, "login": login, "wrong": wrong}
    return render(request, "people/new_person.html", context)


@staff
@administrator(Seat.SECURITY)
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, _person(uid))


@staff
@require_POST
@administrator(Seat.SECURITY)
def open_an_account(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open an account for somebody already registered, and show the link."""
    whose, by = _person(uid), account_of(request).person
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _page(request, whose, form=form)
    with transaction.atomic():
        account = open_account(whose, login=form.cleaned_data["login"], by=by)
        return _invited(request, account, by)


@staff
@require_POST
@administrator(Seat.SECURITY)
def keep_account(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """One of the verbs on one account."""
    account = User.objects.select_related("person").filter(uid=uid).first()
    if account is None or verb not in _VERBS:
        raise Http404(verb)
    by = account_of(request).person
    if not may_keep(by, account):
        return _page(request, account.person, refusal=_OWN)
    try:
        answer = _VERBS[verb](request, account, by)
    except AccountRefused as refused:
        return _page(request, account.person, refusal=str(refused))
    except ValidationError as wrong:
        return _page(request, account.person, refusal="；".join(wrong.messages))
    return answer or HttpResponseRedirect(reverse("person", args=[account.person.uid]))


def _invited(request: HttpRequest, account: User, by: Person) -> HttpResponse:
    token = invite(account, by=by)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    mail_invitation(account, link)
    context = {"account": account, "link": link, "days": settings.SIGN_IN.invitation_days}
    return render(request, "people/invited.html", context)


@transaction.atomic
def _invite(request: HttpRequest, account: User, by: Person) -> HttpResponse:
    return _invited(request, account, by)


def _close(request: HttpRequest, account: User, by: Person) -> None:
    close_account(account, reason=request.POST.get("reason", ""), by=by)


def _reopen(request: HttpRequest, account: User, by: Person) -> None:
    reopen_account(account, by=by)


def _unlock(request: HttpRequest, account: User, by: Person) -> None:
    unlock(account, by=by)


def _remove_factor(request: HttpRequest, account: User, by: Person) -> None:
    remove_factor(account, reason=request.POST.get("reason", ""), by=by)


def _end_sessions(request: HttpRequest, account: User, by: Person) -> None:
    end_sessions(account, except_for=None, why=SessionEnd.ADMINISTRATOR, by=by)


def _link(request: HttpRequest, account: User, by: Person) -> None:
    subject = request.POST.get("subject", "")
    link_identity(account, issuer=settings.PROVIDER.issuer, subject=subject, by=by)


def _unlink(request: HttpRequest, account: User, by: Person) -> None:
    link = ExternalIdentity.objects.select_related("account").filter(account=account)
    found = link.filter(issuer=settings.PROVIDER.issuer).first()
    if found is not None:
        unlink_identity(found, by=by)


_VERBS: dict[str, Callable[[HttpRequest, User, Person], HttpResponse | None]] = {
    "invite": _invite,
    "close": _close,
    "reopen": _reopen,
    "unlock": _unlock,
    "remove-factor": _remove_factor,
    "end-sessions": _end_sessions,
    "link": _link,
    "unlink": _unlink,
}


def _person(uid: UUID) -> Person:
    found = Person.objects.filter(uid=uid).first()
    if found is None:
        raise Http404(str(uid))
    return found


def _page(
    request: HttpRequest, whose: Person, *, refusal: str = "", form: LoginForm | None = None
) -> HttpResponse:
    links = ExternalIdentity.objects.filter(
        account__person=whose, issuer=settings.PROVIDER.issuer
    ).values_list("account_id", "subject")
    context = {
        "whose": whose,
        "states": account_states(whose),
        "links": dict(links),
        "provider": bool(settings.PROVIDER.issuer),
        "form": form or LoginForm(initial={"login": whose.staff_no}),
        "refusal": refusal,
        "own": whose.pk == account_of(request).person_id,
    }
    status = _REFUSED if refusal or form else 200
    return render(request, "people/person.html", context, status=status)
