"""The key every form of a step carries, and what is answered to a form that was taken already."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from gongkai.foi.handling.actions.once import take_once
from gongkai.foi.handling.models import TakenForm
from gongkai.foi.models import Case
from gongkai.people.models import Person

FIELD = "form_key"
_KEY = re.compile(r"[0-9a-f]{32}")
_AGAIN = "这张表单刚才已经提交并登记过，没有重复登记；下面是登记后的情况。确需再办一次的，请重新打开这一步。"


def new_key() -> str:
    """Return the key of a form that is shown."""
    return secrets.token_hex(16)


def was_taken(request: HttpRequest, case: Case) -> bool:
    """Whether the form that was sent was taken before; who sent it again is told so on the next page."""
    key = _key_of(request)
    if not key or not TakenForm.objects.filter(case=case, form_key=key).exists():
        return False
    messages.info(request, _AGAIN)
    return True


def taking(
    request: HttpRequest, case: Case, act: Callable[[], object], *, step: str, by: Person, done: str
) -> Callable[[], object]:
    """Return *act* so that it is done once for the form that was sent, with what is said of it."""

    def take() -> None:
        key = _key_of(request)
        if not key:
            act()
        elif not take_once(case, key, act, step=step, by=by):
            messages.info(request, _AGAIN)
            return
        messages.success(request, done)

    return take


def _key_of(request: HttpRequest) -> str:
    key = request.POST.get(FIELD, "")
    return key if _KEY.fullmatch(key) else ""
