"""``/look.css`` and the switch. A web server in front answers both by itself (deploy/nginx.conf);
this is for installations without one, and for the tests that hold the two alike."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from gongkai.people.audience import public
from gongkai.portal.looks import COOKIE, KEPT_FOR, back_to, chosen, is_look, sheet
from gongkai.text.canonical import sha256_hex

_SEE_OTHER = 303


@public
def look_sheet(request: HttpRequest) -> HttpResponseBase:
    """The style sheet of the look this browser has chosen; asked again for every page."""
    body = sheet(chosen(request.COOKIES.get(COOKIE), settings.LOOK_DEFAULT))
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    response["ETag"] = etag = f'"{sha256_hex(body)[:32]}"'
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Cookie"
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


@public
def choose_look(request: HttpRequest, name: str) -> HttpResponse:
    """Remember a look and go back to the page it was chosen on."""
    if not is_look(name):
        raise Http404(name)
    response = HttpResponse(status=_SEE_OTHER)
    response["Location"] = back_to(request.META.get("QUERY_STRING", ""))
    response["Cache-Control"] = "no-store"
    response.set_cookie(
        COOKIE,
        name,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
