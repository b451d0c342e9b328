"""What every page of this room asks first, and how a refusal comes back to its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest

from gongkai.agencies.forms import Choices, as_choices
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import tree_on
from gongkai.agencies.refusal import AgencyRefused
from gongkai.audit import clock

_TOGETHER = "另一位同事刚刚登记了同样的内容，没有重复登记。请刷新后查看。"


def day_asked(request: HttpRequest) -> date:
    """Return the day of ``?on=``, today without it. Raises ``Http404`` for what is no day."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as wrong:
        raise Http404(text) from wrong


def agency_or_404(code: str) -> Agency:
    """Return the agency. That it exists is public; what it has in hand is not."""
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def living(on: date, *, without: Agency | None = None) -> Choices:
    """Return the agencies that are there on *on* as choices, in code order."""
    tree = tree_on(on)
    nodes = [node for node in tree.nodes.values() if not tree.is_gone(node)]
    return as_choices(
        (node.agency.code, node.named.name)
        for node in sorted(nodes, key=lambda node: node.agency.code)
        if without is None or node.agency != without
    )


def attempt(
    form: forms.Form, step: Callable[[], object], refusal: type[Exception] = AgencyRefused
) -> bool:
    """Take *step* if *form* is filled in rightly; a *refusal* of the room is written into the form."""
    if not form.is_valid():
        return False
    try:
        step()
    except ValidationError as wrong:
        _write_back(form, wrong)
    except refusal as refused:
        form.add_error(None, str(refused))
    except IntegrityError:
        form.add_error(None, _TOGETHER)
    return form.is_valid()


def _write_back(form: forms.Form, wrong: ValidationError) -> None:
    """Each message beside its field, or above the form where it has none."""
    fields = getattr(wrong, "error_dict", None)
    if fields is None:
        form.add_error(None, wrong)
        return
    for name, errors in fields.items():
        for error in errors:
            form.add_error(name if name in form.fields else None, error)
