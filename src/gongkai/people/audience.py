"""Who may open an address. Every view declares it; a test walks all addresses and asks."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]

_ATTRIBUTE = "audience"


class Audience(StrEnum):
    PUBLIC = "public"
    STAFF = "staff"


def declare(view: View, audience: Audience) -> View:
    """Write on *view* who may open it."""
    setattr(view, _ATTRIBUTE, audience)
    return view


def public(view: View) -> View:
    """Declare that anybody may read *view*; reading is all a public page is for."""
    return declare(require_safe(view), Audience.PUBLIC)


def staff(view: View) -> View:
    """Declare that only somebody signed in may open *view*; its pages are never kept by a cache."""
    return declare(never_cache(login_required(view)), Audience.STAFF)


def audience_of(view: View) -> Audience | None:
    """Return what *view* declares, or None when it declares nothing."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, Audience) else None
