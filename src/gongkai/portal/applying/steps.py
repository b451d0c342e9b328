"""The three steps of the form. What was typed goes from page to page in the page itself, never into a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import tree_on
from gongkai.audit import clock
from gongkai.foi.identity import Identity
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.forms.applicant import AskedForm, WhoForm

ASKED, WHO, SEND = "asked", "who", "send"
TITLES = {ASKED: "要什么信息", WHO: "您是谁", SEND: "核对并提交"}
CARRIED = ("begun", "number", "code")
"""What every page of the form carries beside the fields; number and code when something sent is changed."""
HONEYPOT = "homepage"
"""A field nobody sees. Programs that fill every field fill it."""
_MOST = 4_000


def living_agencies() -> dict[str, tuple[Agency, str]]:
    """Return the agencies one may apply to today, with their names, by code."""
    tree = tree_on(clock.today())
    living = [node for node in tree.nodes.values() if not tree.is_gone(node)]
    return {node.agency.code: (node.agency, node.named.name) for node in living}


@dataclass
class Forms:
    """What was typed so far, read anew on every page."""

    asked: AskedForm
    who: WhoForm
    carried: dict[str, str]
    choices: list[tuple[str, str]]

    @classmethod
    def of(cls, data: Mapping[str, str], agencies: Mapping[str, tuple[Agency, str]]) -> Forms:
        """Return the forms of a page that was sent."""
        choices = [(code, name) for code, (_, name) in agencies.items()]
        who = WhoForm(data, auto_id="%s")
        who.wanted_way = data.get("way", "")
        carried = {name: data.get(name, "")[:_MOST] for name in CARRIED}
        return cls(AskedForm(choices, data, auto_id="%s"), who, carried, choices)

    @classmethod
    def first(
        cls,
        initial: Mapping[str, Any],
        agencies: Mapping[str, tuple[Agency, str]],
        carried: Mapping[str, str],
    ) -> Forms:
        """Return the forms of a page that begins, with *initial* filled in."""
        choices = [(code, name) for code, (_, name) in agencies.items()]
        asked = AskedForm(choices, initial=dict(initial), auto_id="%s")
        who = WhoForm(initial=dict(initial), auto_id="%s")
        return cls(asked, who, dict(carried), choices)

    def wrong_step(self, upto: str) -> str:
        """Return the first step before or at *upto* that is not filled in as it must be, or nothing."""
        if not self.asked.is_valid():
            return ASKED
        if upto != ASKED and not self.who.is_valid():
            return WHO
        return ""

    def shown(self, step: str, *, faults: bool) -> AskedForm | WhoForm | None:
        """Return the fields of *step*, with what is wrong in them only where they were sent already."""
        forms: dict[str, AskedForm | WhoForm] = {ASKED: self.asked, WHO: self.who}
        form = forms.get(step)
        if form is None or faults or not form.is_bound:
            return form
        initial = {name: form[name].value() for name in form.fields}
        if step == ASKED:
            return AskedForm(self.choices, initial=initial, auto_id="%s")
        return WhoForm(initial=initial, auto_id="%s")

    def hidden(self, shown: str) -> list[tuple[str, str]]:
        """Return what the page of the step *shown* carries unseen."""
        kept = dict(self.carried)
        for step, form in ((ASKED, self.asked), (WHO, self.who)):
            if step != shown:
                kept |= {name: _value(form[name].value()) for name in form.fields}
        return [(name, value) for name, value in kept.items() if value]


def typed_again(asked: Asked, identity: Identity, agency: str, klass: str) -> dict[str, Any]:
    """Return the fields as they were filled in, for somebody who changes what was sent."""
    of_asked = ("subject", "symbol", "features", "form", "way", "help", "suggests")
    of_who = ("name", "document_kind", "document_no", "phone", "email", "address")
    return {
        "agency": agency,
        "klass": klass,
        **{name: getattr(asked, name) for name in of_asked},
        **{name: getattr(identity, name) for name in of_who},
        "agent": identity.agent,
        "agent_document_no": identity.agent_document_no,
    }


def _value(value: Any) -> str:
    if value is True:
        return "on"
    return "" if value in (None, False) else str(value)[:_MOST]
