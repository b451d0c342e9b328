"""``/apply/form/``: three pages, then number and query code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.foi.models import CLASSES
from gongkai.foi.receiving.codes import Begun, StaleForm
from gongkai.foi.receiving.content import DocumentKind
from gongkai.foi.receiving.files import ACCEPTED
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import CHANGED_WITHIN, MOST_FILES
from gongkai.foi.receiving.similar import published_like
from gongkai.foi.statistics.actions import count_suggestion
from gongkai.people.audience import Audience, declare
from gongkai.people.limits import Limit, address_of, too_often
from gongkai.portal.applying.sending import files_sent, refuse_programs, send
from gongkai.portal.applying.steps import (
    ASKED,
    HONEYPOT,
    SEND,
    TITLES,
    WHO,
    Forms,
    living_agencies,
)
from gongkai.portal.checkpage.uploads import MemoryOnly, far_too_large
from gongkai.search.results import Hit

_BAD, _REFUSED, _TOO_LARGE = 400, 409, 413
_NEXT = {ASKED: WHO, WHO: SEND}
_FOUND = "found"
_BACK = {"back-asked": ASKED, "back-who": WHO}


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _apply(request: HttpRequest) -> HttpResponse:
    """Set the limits of files before anything reads the body, which the protection of forms does first."""
    if request.method != "POST":
        return begin(request, {"agency": request.GET.get("o", "")[:9].replace("\0", "")})
    too_large = (
        f"附件多于 {MOST_FILES} 个，或者加起来超过 {_megabytes()} MB，没有提交。"
        "请缩小图片，或者改为邮寄、当面提交。"
    )
    if far_too_large(request, settings.APPLY_MOST_BYTES):
        return begin(request, {}, refusal=too_large, status=_TOO_LARGE)
    handler = MemoryOnly(request, most_files=MOST_FILES + 1, most_bytes=settings.APPLY_MOST_BYTES)
    request.upload_handlers = [handler]
    return _sent(request, handler, too_large)


# The form is protected all the same, one step further in: see `_apply`.
apply_form = declare(csrf_exempt(_apply), Audience.PUBLIC)


@require_POST
@never_cache
@sensitive_post_parameters()
def _similar(request: HttpRequest) -> HttpResponse:
    """Tell the page's script what is public already. What was typed is in the body, never in an address."""
    found = _published(request, request.POST.get("subject", ""), "")
    return JsonResponse({"items": [{"title": hit.title, "url": hit.url} for hit in found]})


similar = declare(_similar, Audience.PUBLIC)


def begin(
    request: HttpRequest,
    initial: dict[str, Any],
    *,
    carried: dict[str, str] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the first page, with *initial* filled in."""
    agencies = living_agencies()
    first = {"begun": Begun.now().token, **(carried or {})}
    return _page(request, ASKED, Forms.first(initial, agencies, first), refusal, status)


@csrf_protect
def _sent(request: HttpRequest, handler: MemoryOnly, too_large: str) -> HttpResponse:
    agencies = living_agencies()
    forms, go = Forms.of(request.POST.dict(), agencies), request.POST.get("go", "")
    if go == _FOUND:
        return _found(request, forms)
    if go in _BACK:
        return _page(request, _BACK[go], forms)
    at = request.POST.get("at", ASKED)
    at = at if at in TITLES else ASKED
    wrong = forms.wrong_step(at)
    if wrong:
        return _page(request, wrong, forms, status=_BAD)
    if at != SEND:
        return _page(request, _NEXT[at], forms)
    if handler.refused:
        return _page(request, SEND, forms, too_large, _TOO_LARGE)
    return _send(request, forms, agencies)


def _found(request: HttpRequest, forms: Forms) -> HttpResponse:
    """Thank somebody who found what they wanted among what is public; nothing of them is kept."""
    _count(request, forms, followed=True)
    return render(request, "portal/apply_found.html")


def _count(request: HttpRequest, forms: Forms, *, followed: bool) -> None:
    """Count an offer, or that it helped. A count that cannot be written is no reason to stop somebody."""
    code = str(forms.asked["agency"].value() or "")
    if code not in dict(forms.choices):
        return
    if Limit("suggestions", settings.SEARCH_PER_HOUR).take(address_of(request)) is not None:
        return
    try:
        count_suggestion(Agency.objects.get(code=code), followed=followed)
    except (OperationalError, InterfaceError):
        return


def _send(
    request: HttpRequest, forms: Forms, agencies: dict[str, tuple[Agency, str]]
) -> HttpResponse:
    until = Limit("apply", settings.APPLY_PER_HOUR).take(address_of(request))
    if until is not None:
        return too_often(request, until, what="提交申请")
    try:
        begun = Begun.read(forms.carried["begun"])
        refuse_programs(request.POST.dict(), begun)
        files = files_sent(request.FILES.getlist("attached"))
        sent = send(forms, files, agencies, begun)
    except StaleForm as stale:
        forms.carried["begun"] = Begun.now().token
        return _page(request, SEND, forms, str(stale), _REFUSED)
    except SubmissionRefused as refused:
        return _page(request, SEND, forms, str(refused), _REFUSED)
    context = {
        "sent": sent,
        "submission": sent.submission,
        "agency": agencies.get(sent.submission.agency.code, (None, ""))[1],
        "changed": bool(forms.carried["number"]),
        "minutes": CHANGED_WITHIN.seconds // 60,
    }
    return render(request, "portal/apply_sent.html", context)


def _page(
    request: HttpRequest, step: str, forms: Forms, refusal: str = "", status: int = 200
) -> HttpResponse:
    published = _offered(request, forms) if step == WHO and status == 200 else ()
    if published and request.POST.get("at") == ASKED:
        _count(request, forms, followed=False)
    context = {
        "step": step,
        "steps": [(n, key, title) for n, (key, title) in enumerate(TITLES.items(), start=1)],
        "title": TITLES[step],
        "form": forms.shown(step, faults=status == _BAD),
        "forms": forms,
        "hidden": forms.hidden(step),
        "published": published,
        "honeypot": HONEYPOT,
        "most_files": MOST_FILES,
        "megabytes": _megabytes(),
        "accepted": ACCEPTED,
        "agency": _chosen_agency(forms),
        **(_reviewed(forms) if step == SEND else {}),
        "changes": bool(forms.carried.get("number")),
        "refusal": refusal,
    }
    return render(request, "portal/apply_form.html", context, status=status)


def _reviewed(forms: Forms) -> dict[str, object]:
    """Return what is read once more before it is sent."""
    if forms.wrong_step(SEND):
        return {}
    identity = forms.who.identity()
    return {
        "asked": forms.asked.asked(),
        "identity": identity,
        "document": DocumentKind(identity.document_kind).label,
        "klass": dict(CLASSES)[forms.who.cleaned_data["klass"]],
    }


def _chosen_agency(forms: Forms) -> str:
    field: Any = forms.asked.fields["agency"]
    return str(dict(field.choices).get(str(forms.asked["agency"].value() or ""), ""))


def _offered(request: HttpRequest, forms: Forms) -> tuple[Hit, ...]:
    subject, symbol = (str(forms.asked[name].value() or "") for name in ("subject", "symbol"))
    return _published(request, subject, symbol)


def _published(request: HttpRequest, subject: str, symbol: str) -> tuple[Hit, ...]:
    """Return what is public already; nothing when the search is away or was asked too often."""
    if Limit("search", settings.SEARCH_PER_HOUR).take(address_of(request)) is not None:
        return ()
    try:
        return published_like(subject, symbol)
    except (OperationalError, InterfaceError):
        return ()


def _megabytes() -> int:
    most: int = settings.APPLY_MOST_BYTES
    return most // 1_000_000
