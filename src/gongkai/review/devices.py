"""From which desk a verdict came, as a keyed hash: enough to see that two came from one, and no more."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.people.presence import recent_second_factor, session_of
from gongkai.people.views.factor import RECENT
from gongkai.review.actions import Signing


def signing_of(request: HttpRequest) -> Signing:
    """Return from which device who is signed in signs, and whether they have just proved who they are."""
    session = session_of(request)
    desk = f"{session.address}\n{session.device}"
    digest = salted_hmac("review.device", desk, algorithm="sha256").hexdigest()
    return Signing(digest, recent_second_factor(request, within=RECENT))
