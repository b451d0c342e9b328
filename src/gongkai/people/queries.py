"""People, their accounts and sessions as the pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from gongkai.audit import clock
from gongkai.people import sign_in_settings
from gongkai.people.actions.tries import locked_until
from gongkai.people.models import AdministratorSession, Invitation, Person, Session, User
from gongkai.people.tokens import digest_of


@dataclass(frozen=True)
class AccountState:
    """An account with everything an administrator decides by."""

    account: User
    enrolled: bool
    codes_left: int
    locked_until: datetime | None
    invited_until: datetime | None
    sessions: int


def people(search: str) -> QuerySet[Person]:
    """Return people with their accounts, those whose name, staff number or login holds *search*."""
    rows = Person.objects.order_by("staff_no", "pk").prefetch_related(
        Prefetch("accounts", User.objects.order_by("login"))
    )
    if not search:
        return rows
    wanted = (
        Q(name__icontains=search)
        | Q(staff_no__icontains=search)
        | Q(accounts__login__icontains=search)
    )
    return rows.filter(wanted).distinct()


def account_states(person: Person) -> list[AccountState]:
    """Return the accounts of *person*, oldest first."""
    accounts = person.accounts.select_related("factor", "person").order_by("pk")
    return [_state(account) for account in accounts]


def open_sessions(account: User) -> QuerySet[Session]:
    """Return the sessions of *account* that still let somebody in, the latest first."""
    now = clock.now()
    return Session.objects.filter(
        account=account,
        ended_at=None,
        last_seen_at__gte=now - sign_in_settings.idle(),
        started_at__gte=now - sign_in_settings.longest(),
    ).order_by("-last_seen_at")


def past_sessions(account: User, most: int) -> Sequence[Session]:
    """Return the latest sessions of *account* that are over."""
    over = Session.objects.filter(account=account).exclude(
        pk__in=open_sessions(account).order_by().values("pk")
    )
    return list(over.order_by("-started_at")[:most])


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of *token* while it may be taken up."""
    open_ = Invitation.objects.filter(
        digest=digest_of(token),
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
        account__is_active=True,
    )
    return open_.select_related("account__person").first()


def administrator_sessions(person: Person | None, most: int) -> Sequence[AdministratorSession]:
    """Return the latest administrator sessions, of *person* or of everybody."""
    rows = AdministratorSession.objects.select_related("person").order_by("-started_at", "-pk")
    return list((rows.filter(person=person) if person else rows)[:most])


def _state(account: User) -> AccountState:
    invited = Invitation.objects.filter(
        account=account, used_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    ).first()
    return AccountState(
        account=account,
        enrolled=hasattr(account, "factor"),
        codes_left=account.recovery_codes.filter(used_at=None).count(),
        locked_until=locked_until(account.login),
        invited_until=invited.expires_at if invited else None,
        sessions=open_sessions(account).count(),
    )
