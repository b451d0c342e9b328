"""The pages of the two steps of service."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.foi.handling.facts import Facts
from gongkai.foi.receiving.uploads import inspected
from gongkai.foi.serving.actions.recording import Slip, record_result
from gongkai.foi.serving.actions.sending import Sending, send
from gongkai.foi.serving.forms import ResultForm, SendForm
from gongkai.foi.serving.models import Result
from gongkai.foi.views.step_page import StepPage, Typed
from gongkai.law.service import Means
from gongkai.people.models import Person

_NOT_DELIVERED = "已登记没有送到；请换一种方式再送。"


def _send(facts: Facts, typed: Typed, by: Person) -> object:
    out = next(one for one in facts.to_send if one.key == typed["what"])
    means = Means(typed["means"])
    sending = Sending(
        out.what, means, typed["tracking"], typed["note"], out.asked, typed.get("himself", False)
    )
    return send(facts.case, sending, on=typed["on"], by=by)


def _record(facts: Facts, typed: Typed, by: Person) -> object:
    attempt = next(one for one in facts.attempts if str(one.uid) == typed["which"])
    slip = Slip(proof=typed["proof"], names=typed["names"], scan=inspected(typed["scan"]))
    return record_result(attempt, result=Result(typed["result"]), slip=slip, on=typed["on"], by=by)


PAGES: Mapping[str, StepPage] = {
    "send": StepPage(SendForm, _send, "已登记发出；有了签收或者退回的凭证，再登记送达结果。"),
    "record-service": StepPage(
        ResultForm,
        _record,
        "已登记送达。",
        done_otherwise=lambda typed: _NOT_DELIVERED if typed["result"] != Result.DELIVERED else "",
    ),
}
