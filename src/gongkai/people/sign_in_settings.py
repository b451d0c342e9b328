"""What an operator sets for signing in, as durations and lists instead of numbers."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings


def idle() -> timedelta:
    """How long somebody may do nothing."""
    return timedelta(minutes=settings.SIGN_IN.idle_minutes)


def longest() -> timedelta:
    """How long a session lasts at most."""
    return timedelta(hours=settings.SIGN_IN.session_hours)


def kept() -> timedelta:
    """How long sessions are kept for inspection. A month counts as 31 days: never too short."""
    return timedelta(days=31 * settings.SIGN_IN.session_months)


def locked_for() -> timedelta:
    """How long a lock holds."""
    return timedelta(minutes=settings.SIGN_IN.lock_minutes)


def invited_for() -> timedelta:
    """How long an invitation is good."""
    return timedelta(days=settings.SIGN_IN.invitation_days)


def password_age() -> timedelta | None:
    """How old a password may become; None when it may become any age."""
    days = settings.SIGN_IN.password_days
    return timedelta(days=days) if days else None


def factor_roles() -> frozenset[str]:
    """The roles that must not act without a second factor."""
    return frozenset(settings.SIGN_IN.factor_roles)
