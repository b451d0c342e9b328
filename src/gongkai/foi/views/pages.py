"""Which form each step shows and which action it calls: one row a step of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import Http404

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.foi.charging.pages import PAGES as CHARGING
from gongkai.foi.handling import forms
from gongkai.foi.handling.actions import (
    assigning,
    consulting,
    correcting,
    extending,
    reasons,
    searching,
    signing,
)
from gongkai.foi.handling.facts import Facts
from gongkai.foi.handling.models import Assignment, Consultation
from gongkai.foi.handling.queries import manned_on
from gongkai.foi.issuing import forms as letter_forms
from gongkai.foi.issuing.actions import enclosing, notifying, words
from gongkai.foi.issuing.notices import Told
from gongkai.foi.issuing.queries import held_at_the_gate
from gongkai.foi.receiving.uploads import inspected
from gongkai.foi.serving.pages import PAGES as SERVING
from gongkai.foi.views.step_page import StepPage, Take, Typed
from gongkai.law.intervals import Kind
from gongkai.people.models import Person


def _consultation(facts: Facts, typed: Typed) -> Consultation:
    return next(one for one in facts.consultations if str(one.uid) == typed["which"])


def _assignment(facts: Facts, typed: Typed) -> Assignment:
    return next(one for one in facts.assignments if str(one.uid) == typed["which"])


def _ask_correction(facts: Facts, typed: Typed, by: Person) -> object:
    return correcting.ask_correction(
        facts.case, items=typed["items"].splitlines(), days=typed["days"], on=typed["on"], by=by
    )


def _consult(facts: Facts, typed: Typed, by: Person) -> object:
    party = consulting.Party(typed["name"], typed["contact"], typed["matter"])
    return consulting.ask_opinion(
        facts.case, whom=Kind(typed["whom"]), party=party, on=typed["on"], by=by
    )


def _arrived(facts: Facts, typed: Typed, by: Person) -> object:
    asked = _consultation(facts, typed)
    return consulting.record_arrival(asked, proof=typed["proof"], on=typed["on"], by=by)


def _opinion(facts: Facts, typed: Typed, by: Person) -> object:
    return consulting.record_opinion(
        _consultation(facts, typed),
        consents=typed["consents"] == "yes",
        text=typed["text"],
        on=typed["on"],
        by=by,
    )


def _search(facts: Facts, typed: Typed, by: Person) -> object:
    names = ("system", "scope", "terms", "custodians", "result")
    sought = searching.Sought(**{name: typed[name] for name in names})
    return searching.record_search(facts.case, sought, on=typed["on"], by=by)


def _enclose(facts: Facts, typed: Typed, by: Person) -> object:
    file = inspected(typed["file"])
    assert file is not None  # noqa: S101  # the form asks for one
    return enclosing.enclose_file(facts.case, file, title=typed["title"], on=typed["on"], by=by)


def _notify(facts: Facts, typed: Typed, by: Person) -> object:
    told = Told(typed.get("until"), typed.get("reasons", ""), typed.get("matter", ""))
    return notifying.write_notice(
        facts.case, letter=typed["letter"], told=told, on=typed["on"], by=by
    )


def _assign(facts: Facts, typed: Typed, by: Person) -> object:
    kind, _, uid = str(typed["to"]).partition(":")
    to = (Agency if kind == "unit" else Person).objects.filter(uid=uid).first()
    if to is None:
        raise Http404(uid)
    return assigning.assign(
        facts.case, to=to, task=typed["task"], due_on=typed["due_on"], on=typed["on"], by=by
    )


def _nobody_told(typed: Typed) -> str:
    kind, _, uid = str(typed["to"]).partition(":")
    if kind != "unit" or Agency.objects.filter(uid=uid, pk__in=manned_on(clock.today())).exists():
        return ""
    return (
        "已交办，但这个单位还没有人担任承办、政务公开办或者信息员，没有人收到："
        "请电话通知，并请它登记任职（“机关”）。"
    )


def _return(facts: Facts, typed: Typed, by: Person) -> object:
    return assigning.return_with_files(
        _assignment(facts, typed),
        nil=typed["nil"] == "yes",
        answer=typed["answer"],
        files=handed(typed),
        on=typed["on"],
        by=by,
    )


def handed(typed: Typed) -> list[assigning.Handed]:
    """Return the files of a return as they are let in. Raises :class:`~gongkai.foi.actions.CaseRefused`."""
    named = [(typed[f"title_{n}"], typed[f"file_{n}"]) for n in range(1, forms.MOST_RETURNED + 1)]
    found = ((title, inspected(file)) for title, file in named)
    return [assigning.Handed(title, file) for title, file in found if file is not None]


def _signs(action: Callable[..., object]) -> Take:
    def take(facts: Facts, typed: Typed, by: Person) -> object:
        return action(
            facts.case, sha256=typed["sha256"], opinion=typed["opinion"], on=facts.on, by=by
        )

    return take


PAGES: Mapping[str, StepPage] = {
    "ask-correction": StepPage(
        forms.CorrectionForm, _ask_correction, "已登记补正告知，期限停止计算，等申请人补正。"
    ),
    "notice-arrived": StepPage(
        forms.ProofForm,
        lambda facts, typed, by: correcting.record_notice_arrived(
            facts.case, proof=typed["proof"], on=typed["on"], by=by
        ),
        "已登记送达，补正期限开始计算。",
    ),
    "record-correction": StepPage(
        forms.CorrectedForm,
        lambda facts, typed, by: correcting.record_correction(facts.case, on=typed["on"], by=by),
        "已登记补正，答复期限重新计算。",
    ),
    "consult": StepPage(
        forms.ConsultForm,
        _consult,
        "已登记征求意见。接着在“要印发的文书”里印发征求意见书；对方收到后登记签收凭证。",
    ),
    "consult-arrived": StepPage(
        forms.ArrivalForm, _arrived, "已登记对方收到，这段时间不计入答复期限。"
    ),
    "record-opinion": StepPage(forms.OpinionForm, _opinion, "已登记意见，答复期限继续计算。"),
    "record-silence": StepPage(
        forms.SilenceForm,
        lambda facts, typed, by: consulting.record_silence(
            _consultation(facts, typed), on=typed["on"], by=by
        ),
        "已登记逾期未答复。",
    ),
    "propose-extension": StepPage(
        forms.ProposalForm,
        lambda facts, typed, by: extending.propose_extension(
            facts.case, days=typed["days"], reason=typed["reason"], on=typed["on"], by=by
        ),
        "已提请延长，等负责人批准；批准并告知申请人之前，期限不变。",
        "提请",
    ),
    "approve-extension": StepPage(
        forms.ApprovalForm,
        lambda facts, typed, by: extending.approve_extension(
            facts.case, told_on=typed["on"], by=by
        ),
        "已批准延长，答复期限随之改变。",
        "批准",
    ),
    "decline-extension": StepPage(
        forms.ReasonForm,
        lambda facts, typed, by: extending.decline_extension(
            facts.case, reason=typed["reason"], on=typed["on"], by=by
        ),
        "没有批准延长，期限不变。",
        "不批准",
    ),
    "ask-reason": StepPage(
        forms.DemandForm,
        lambda facts, typed, by: reasons.ask_reason(
            facts.case, found=typed["found"], on=typed["on"], by=by
        ),
        "已登记要求说明理由；答复期限照常计算。",
    ),
    "judge-reason": StepPage(
        forms.FindingForm,
        lambda facts, typed, by: reasons.judge_reason(
            facts.case,
            accepted=typed["accepted"] == "yes",
            finding=typed["finding"],
            on=typed["on"],
            by=by,
        ),
        "已登记审查意见。",
    ),
    "delay": StepPage(
        forms.DelayForm,
        lambda facts, typed, by: reasons.delay_answer(
            facts.case, until=typed["until"], on=typed["on"], by=by
        ),
        "已确定延迟答复的期限。",
    ),
    "search": StepPage(forms.SearchForm, _search, "已登记检索。"),
    "enter-words": StepPage(
        letter_forms.WordsForm,
        lambda facts, typed, by: words.enter_words(
            facts.case, words=typed["words"], on=typed["on"], by=by
        ),
        "已录入申请内容，文书照它引用。",
        "录入",
    ),
    "notify": StepPage(
        letter_forms.NotifyForm,
        _notify,
        "已印发，文书在案件页；给申请人的，申请人凭查询码可以取。",
        "印发",
    ),
    "enclose": StepPage(
        letter_forms.EncloseForm,
        _enclose,
        "已放入，出门检查没有挡住。",
        "检查并放入",
        slow=True,
        held=held_at_the_gate,
    ),
    "take-out": StepPage(
        letter_forms.TakeOutForm,
        lambda facts, typed, by: enclosing.take_out_enclosure(
            facts.case, uid=UUID(typed["which"]), on=typed["on"], by=by
        ),
        "已取出。",
        "取出",
    ),
    "assign": StepPage(
        forms.AssignForm,
        _assign,
        "已交办，并通知了承办的人。",
        "交办",
        done_otherwise=_nobody_told,
    ),
    "chase": StepPage(
        forms.ChaseForm,
        lambda facts, typed, by: assigning.chase(_assignment(facts, typed), on=typed["on"], by=by),
        "已催办。",
        "催办",
    ),
    "return": StepPage(forms.ReturnForm, _return, "已登记交回。", slow=True),
    "take-back": StepPage(
        forms.NothingForm,
        lambda facts, typed, by: signing.take_back_draft(facts.case, on=facts.on, by=by),
        "已撤回拟稿，先前的签署不再算数。",
        "撤回拟稿",
    ),
    "send-back": StepPage(
        forms.SendBackForm,
        lambda facts, typed, by: signing.send_back_draft(
            facts.case, reason=typed["reason"], on=facts.on, by=by
        ),
        "已退回拟稿，先前的签署不再算数。",
        "退回",
    ),
    "sign-secrecy": StepPage(
        forms.SignForm, _signs(signing.sign_secrecy), "已签署：保密审查通过。", "保密审查通过"
    ),
    "sign-legality": StepPage(
        forms.SignForm, _signs(signing.sign_legality), "已签署：合法性审核通过。", "合法性审核通过"
    ),
    "sign": StepPage(
        forms.SignForm,
        _signs(signing.sign_reply),
        "已签发，处理决定今天作出；文书已编号，可以在案件页取 PDF。",
        "签发",
    ),
    **SERVING,
    **CHARGING,
}
"""The step ``draft`` has a page of its own: an outcome is chosen before its fields are known."""
