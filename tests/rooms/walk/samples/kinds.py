"""What a staff address opens: something of one agency, a list, what all may know, what is closed, what is nobody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.rooms.walk.world import Things

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Owned:
    """Opens an object of one agency. *missing* names one of the same kind that does not exist."""

    arguments: Callable[[Things], Arguments]
    missing: Arguments


@dataclass(frozen=True)
class Listing:
    """Shows what the person may see, at its widest with *query*."""

    query: str = ""


@dataclass(frozen=True)
class Known:
    """Opens what everybody may know of: an agency. What of it is not public may not show.

    *shut*: it changes the agency, so strangers are refused.
    """

    arguments: Callable[[Things], Arguments]
    shut: bool = False


@dataclass(frozen=True)
class Closed:
    """Keeps the installation: nobody with work of an agency gets in, whatever the address names."""

    arguments: Arguments


@dataclass(frozen=True)
class Common:
    """Opens something that belongs to nobody, or to the person signed in; *why*."""

    why: str
    arguments: Arguments


Sample = Owned | Listing | Known | Closed | Common
NOBODY = "T00000099"
NO_UID = UUID(int=7)
NO_KEY = "zzzzzzzz"


def of_uid(uid: Callable[[Things], UUID]) -> Owned:
    """Return the sample of an address that names a thing by its uid."""
    return Owned(lambda things: {"uid": uid(things)}, {"uid": NO_UID})


def of_item() -> Owned:
    """Return the sample of an address that names a draft's document."""
    return Owned(lambda things: {"url_key": things.draft.document.url_key}, {"url_key": NO_KEY})


def of_agency() -> Owned:
    """Return the sample of an address that names an agency."""
    return Owned(lambda things: {"code": things.agency.code}, {"code": NOBODY})
