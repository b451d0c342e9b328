"""Whose request this is: the session of our own behind it, and what it has proved."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from gongkai.audit import clock
from gongkai.people import seats, sign_in_settings
from gongkai.people.actions.administrators import end_administration
from gongkai.people.actions.sessions import end_session, see_session
from gongkai.people.models import AdministratorSession, Factor, Session, SessionEnd, User
from gongkai.people.seats import Seat
from gongkai.people.tokens import digest_of

OVER = "sign-in-over"
_SESSION = "_gongkai_session"
_ADMINISTRATION = "_gongkai_administration"
_SEEN_EVERY = timedelta(seconds=60)  # one write a minute, not one a page
_TOLERANCE = timedelta(minutes=1)  # a clock that is put right moves back a little


def signed_in(request: HttpRequest) -> User | AnonymousUser:
    """Return who is signed in, by a session that is neither ended, nor idle, nor too old.

    One query beside Django's own session: account and person come with our session of them.
    """
    if SESSION_KEY not in request.session:
        return AnonymousUser()
    digest = digest_of(str(request.session.session_key))
    session = Session.objects.select_related("account__person").filter(digest=digest).first()
    known = session is not None and _is_of(request, session.account)
    if session is None or not known or _over(session, session.account, clock.now()):
        request.session.flush()
        if session is not None and known and session.why in _TELLING:
            request.session[OVER] = session.why
        return AnonymousUser()
    setattr(request, _SESSION, session)
    return session.account


def _is_of(request: HttpRequest, account: User) -> bool:
    """Whether Django's session names *account*, which is open and has the password it had at sign-in."""
    kept = request.session
    return (
        account.is_active
        and kept[SESSION_KEY] == str(account.pk)
        and kept.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(kept.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    )


_TELLING = frozenset({SessionEnd.IDLE.value, SessionEnd.TOO_LONG.value})


def session_of(request: HttpRequest) -> Session:
    """Return the session of a request that is signed in. Staff pages only."""
    if isinstance(request.user, User):
        found = getattr(request, _SESSION, None)
        if isinstance(found, Session):
            return found
    raise PermissionDenied


def account_of(request: HttpRequest) -> User:
    """Return the account that is signed in. Staff pages only."""
    return session_of(request).account


def must_enrol(request: HttpRequest) -> bool:
    """Whether a role of today asks for a second factor that this session has not shown."""
    asked = sign_in_settings.factor_roles()
    if not asked or session_of(request).factor_at is not None:
        return False
    return not asked.isdisjoint(seats.roles_asked(request))


def password_is_too_old(request: HttpRequest) -> bool:
    """Whether the password has to be changed first. Never where no age is set, which is the default."""
    most, account = sign_in_settings.password_age(), account_of(request)
    if most is None or not account.has_usable_password():
        return False
    return account.password_set_at is None or account.password_set_at + most < clock.now()


def has_factor(account: User) -> bool:
    """Whether an authenticator is enrolled."""
    return Factor.objects.filter(account=account).exists()


def recent_second_factor(request: HttpRequest, *, within: timedelta) -> bool:
    """Whether who is signed in proved it again during the last *within*.

    By the second factor where one is enrolled or asked for, else by the password.
    """
    moment = clock.now() - session_of(request).proved_at
    return -_TOLERANCE <= moment <= within and not must_enrol(request)


def administration_of(request: HttpRequest) -> AdministratorSession | None:
    """Return the administrator session that is running; one whose time is over is ended here."""
    if not hasattr(request, _ADMINISTRATION):
        setattr(request, _ADMINISTRATION, _administration(request))
    found = getattr(request, _ADMINISTRATION)
    return found if isinstance(found, AdministratorSession) else None


def _administration(request: HttpRequest) -> AdministratorSession | None:
    session, now = session_of(request), clock.now()
    running = AdministratorSession.objects.filter(session=session, live=True).first()
    if running is None:
        return None
    running.person = session.account.person
    in_time = running.started_at - _TOLERANCE <= now < running.ends_at
    if in_time and seats.seat_of(seats.roles_asked(request)) == Seat(running.seat):
        return running
    end_administration(running)
    return None


def _over(session: Session, user: User, now: datetime) -> bool:
    if session.ended_at is not None:
        return True
    if now - session.last_seen_at > sign_in_settings.idle():
        session.why = SessionEnd.IDLE
    elif now - session.started_at > sign_in_settings.longest():
        session.why = SessionEnd.TOO_LONG
    else:
        if now - session.last_seen_at > _SEEN_EVERY:
            see_session(session, at=now)
        return False
    end_session(session, why=SessionEnd(session.why), by=user.person)
    return True
