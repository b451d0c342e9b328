"""The way in: after the first step, perhaps a second one, then a session of our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.audit import clock
from gongkai.people.actions.sessions import begin_session
from gongkai.people.actions.tries import forget_login
from gongkai.people.device import device_of
from gongkai.people.limits import address_of
from gongkai.people.models import Factor, Session, User
from gongkai.people.tokens import digest_of

_WAITING = "sign-in"
_PATIENCE = timedelta(minutes=10)
_BACKEND = "gongkai.people.backend.Accounts"


@dataclass(frozen=True)
class Waiting:
    """Somebody who has taken the first step; *way* is how: password, oidc."""

    account: User
    way: str
    next: str


def first_step_taken(
    request: HttpRequest, account: User, *, way: str, then: str, factor: bool = False
) -> str:
    """Go on after the first step and return the address to go to.

    *factor*: the provider vouches for a second factor and is believed.
    """
    if not factor and Factor.objects.filter(account=account).exists():
        request.session.cycle_key()
        request.session[_WAITING] = {
            "account": str(account.uid),
            "way": way,
            "next": then,
            "at": clock.now().isoformat(),
        }
        return reverse("sign-in-code")
    enter(request, account, way=way, factor=factor)
    return then


def waiting(request: HttpRequest) -> Waiting | None:
    """Return who has taken the first step and still has time for the second."""
    kept = request.session.get(_WAITING)
    if not isinstance(kept, dict):
        return None
    since = datetime.fromisoformat(str(kept["at"]))
    if not since <= clock.now() < since + _PATIENCE:
        return None
    found = User.objects.select_related("person").filter(uid=kept["account"], is_active=True)
    account = found.first()
    return Waiting(account, str(kept["way"]), str(kept["next"])) if account else None


def enter(request: HttpRequest, account: User, *, way: str, factor: bool) -> Session:
    """Sign *account* in: a fresh session key, and a row of our own that can be seen and ended."""
    forget_login(account.login)
    request.session.flush()
    login(request, account, backend=_BACKEND)
    return begin_session(
        account,
        digest=digest_of(str(request.session.session_key)),
        address=address_of(request, settings.PROXIES),
        device=device_of(request),
        way=way,
        factor=factor,
    )


def safe_next(request: HttpRequest) -> str:
    """Return where to go after signing in: within this site, the desk if nothing was asked."""
    asked = str(request.POST.get("next") or request.GET.get("next") or "")
    inside = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if inside else reverse("desk-home")
