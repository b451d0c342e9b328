"""Who may open an address. Every view declares it; a test walks all addresses and asks."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]

_ATTRIBUTE = "audience"


class Audience(StrEnum):
    PUBLIC = "public"
    STAFF = "staff"


def public(view: View) -> View:
    """Declare that anybody may open *view*."""
    setattr(view, _ATTRIBUTE, Audience.PUBLIC)
    return view


def staff(view: View) -> View:
    """Declare that only somebody signed in may open *view*; its pages are never kept by a cache."""
    guarded: View = never_cache(login_required(view))
    setattr(guarded, _ATTRIBUTE, Audience.STAFF)
    return guarded


def audience_of(view: View) -> Audience | None:
    """Return what *view* declares, or None when it declares nothing."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, Audience) else None
