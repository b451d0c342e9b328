"""Forms as a browser sends them: what the page has filled in, and nothing it has no field for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

html: Any = import_module("lxml.html")  # it carries no types


def send_form(
    client: Client, address: str, typed: Mapping[str, Any], *, pressed: str = ""
) -> HttpResponseBase:
    """Open *address*, type into its one form that has these fields, and send it where the form says.

    *pressed*: name=value of the button, where the form has several. A field the page does not have, an
    option it does not offer and a box it does not show are errors.
    """
    shown = client.get(address)
    assert shown.status_code == 200, shown.content.decode()
    form = _form(shown.content.decode(), typed)
    files = {name: one for name, one in typed.items() if hasattr(one, "read")}
    for name, value in typed.items():
        if name not in files:
            _type(form, name, value)
    sent = _values(form) | dict([pressed.split("=")] if pressed else []) | files
    target = form.get("action") or address
    return client.post(target, sent)


def _form(page: str, typed: Mapping[str, Any]) -> Any:
    forms = html.fromstring(page).forms
    fitting = [
        one for one in forms if one.method == "POST" and set(typed) <= set(one.inputs.keys())
    ]
    assert len(fitting) == 1, (sorted(typed), [sorted(one.inputs.keys()) for one in forms])
    return fitting[0]


def _type(form: Any, name: str, value: Any) -> None:
    field = form.inputs[name]
    if getattr(field, "checkable", False):  # a lone box; a group of dots takes the value of one
        field.checked = bool(value)
    else:
        field.value = str(value)


def _values(form: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found
