"""One submission: what is asked, the proofs of its receipt, and the steps an officer takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.standing import Standing
from gongkai.foi.forms import LookForm
from gongkai.foi.identity import Identity
from gongkai.foi.models import CLASSES
from gongkai.foi.personal.actions import LookRefused, look_at_identity
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.receiving.actions import (
    add_file,
    confirm_by_office,
    look_at_file,
    look_at_submission,
    record_unreachable,
    refuse_submission,
)
from gongkai.foi.receiving.content import DocumentKind
from gongkai.foi.receiving.files import Inspected, inspect
from gongkai.foi.receiving.forms.steps import ConfirmForm, FileForm, RefuseForm, UnreachableForm
from gongkai.foi.receiving.models import FileRole, Submission
from gongkai.foi.receiving.queries import files_of, nth_this_month, receipt_of, steps_of
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import GROUNDS, HOW, Ground, How, confirmations, may_receive
from gongkai.foi.receiving.sealing import open_content
from gongkai.foi.receiving.views.finding import (
    REFUSED,
    file_or_404,
    readable_or_404,
    received_or_404,
)
from gongkai.foi.resembling.queries import found_of
from gongkai.foi.rules import may_look_at_identity, may_work
from gongkai.people.audience import staff
from gongkai.people.models import Person
from gongkai.vault.cipher import Unreadable

_BAD = 400
_KLASSES = dict(CLASSES)
_NOTES = {**HOW, **GROUNDS, **dict(FileRole.choices), "oral": "口头申请，工作人员代写"}


@staff
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    standing = standing_of(request)
    return page(request, standing, readable_or_404(standing, number))


@staff
@require_POST
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm for the office, or for both sides when the applicant was spoken to."""
    return _step(
        request,
        number,
        ConfirmForm(request.POST),
        lambda found, said, standing: confirm_by_office(
            found, how=How(said["how"]), note=said["note"], by=standing.person
        ),
    )


@staff
@require_POST
def unreachable(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the applicant was not reached."""
    return _step(
        request,
        number,
        UnreachableForm(request.POST),
        lambda found, said, standing: record_unreachable(
            found, how=How(said["how"]), note=said["note"], by=standing.person
        ),
    )


@staff
@require_POST
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Say that it is no request."""
    return _step(
        request,
        number,
        RefuseForm(request.POST),
        lambda found, said, standing: refuse_submission(
            found, ground=Ground(said["ground"]), note=said["note"], by=standing.person
        ),
    )


@staff
@require_POST
def files(request: HttpRequest, number: str) -> HttpResponse:
    """Add a paper that came later."""
    return _step(
        request,
        number,
        FileForm(request.POST, request.FILES),
        lambda found, said, standing: add_file(
            found, inspected(said["file"]), role=FileRole(said["role"]), by=standing.person
        ),
        told="已加密保存，列在“材料”里。",
    )


@staff
@require_POST
@sensitive_variables("identity")
def look(request: HttpRequest, number: str) -> HttpResponse:
    """Show who it was, once, after the look is in the log."""
    standing = standing_of(request)
    found = readable_or_404(standing, number)
    form = LookForm(request.POST)
    if not form.is_valid():
        return page(request, standing, found, form)
    try:
        reason = Reason(form.cleaned_data["reason"])
        identity = _looked_at(found, reason, standing.person)
    except (LookRefused, Unreadable) as refused:
        return page(request, standing, found, refusal=str(refused))
    kind = DocumentKind(identity.document_kind).label if identity.document_kind else "证件"
    more = {"identity": identity, "document": kind, "reason": reason.label}
    if "sheet" in request.POST:
        return sheet(request, standing, found, more)
    return page(request, standing, found, more=more)


def _looked_at(submission: Submission, reason: Reason, by: Person) -> Identity:
    """Return who it was: kept with the submission until it is a request, and with its case after that."""
    if submission.case and not submission.identity:
        return look_at_identity(submission.case, reason=reason, by=by)
    return look_at_submission(submission, reason=reason, by=by)


@staff
@require_POST
def download(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Hand a file out after the look is in the log. It is never shown in the page, whatever it is."""
    standing = standing_of(request)
    found = readable_or_404(standing, number)
    file, form = file_or_404(found, uid), LookForm(request.POST)
    if not form.is_valid():
        return page(request, standing, found, form)
    try:
        reason = Reason(form.cleaned_data["reason"])
        name, data = look_at_file(file, reason=reason, by=standing.person)
    except (LookRefused, Unreadable) as refused:
        return page(request, standing, found, refusal=str(refused))
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": str(disposition)},
    )


def inspected(sent: UploadedFile[bytes]) -> Inspected:
    """Return an uploaded file as it is let in. Raises :class:`SubmissionRefused`."""
    pairs = [(sent.name or "", sent.read())]
    return inspect(pairs, most_files=1, most_bytes=settings.APPLY_MOST_BYTES)[0]


def sheet(
    request: HttpRequest,
    standing: Standing,
    submission: Submission,
    more: Mapping[str, object],
    status: int = 200,
) -> HttpResponse:
    """Return the 登记表 of *submission* for the applicant to sign; *more* holds who it is."""
    context = {
        "submission": submission,
        "agency": names_of(request)[submission.agency_id].name,
        "asked": open_content(submission),
        "klass": _KLASSES[submission.klass],
        "receipt": receipt_of(submission, steps_of(submission)),
        "person": standing.person,
        "nth": nth_this_month(submission),
        "similar": _similar(standing, submission).get("similar"),
        **more,
    }
    return render(request, "foi/receiving/sheet.html", context, status=status)


def page(
    request: HttpRequest,
    standing: Standing,
    submission: Submission,
    form: Form | None = None,
    refusal: str = "",
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Return the page of one submission, with the *form* that was not accepted and why not."""
    steps = steps_of(submission)
    context = {
        "submission": submission,
        "agency": names_of(request)[submission.agency_id].name,
        "asked": open_content(submission),
        "klass": _KLASSES[submission.klass],
        "receipt": receipt_of(submission, steps),
        "confirmed": confirmations(steps),
        "steps": [(step, _NOTES.get(step.how, "")) for step in steps],
        "files": files_of(submission),
        "nth": nth_this_month(submission),
        "keeps_identity": _keeps_identity(submission),
        **_similar(standing, submission),
        "may_receive": may_receive(standing, submission.agency),
        "confirm_form": _mine(form, ConfirmForm, "confirm"),
        "unreachable_form": _mine(form, UnreachableForm, "unreachable"),
        "refuse_form": _mine(form, RefuseForm, "refuse"),
        "file_form": _mine(form, FileForm, "file"),
        "look_form": _mine(form, LookForm, "look"),
        "wrong": [form] if form is not None and form.errors else [],
        "refusal": refusal,
        **(more or {}),
    }
    status = REFUSED if refusal else _BAD if form is not None else 200
    return render(request, "foi/receiving/one.html", context, status=status)


def _keeps_identity(submission: Submission) -> bool:
    case = submission.case
    return bool(submission.identity) or (case is not None and case.applicant.purged_on is None)


def _similar(standing: Standing, submission: Submission) -> dict[str, object]:
    """Return the earlier requests this one may repeat, once it is a request."""
    case = submission.case
    if case is None:
        return {}
    return {
        "case": case,
        "similar": found_of(case),
        "may_look": may_look_at_identity(standing, case),
        "may_work": may_work(standing, case),
    }


def _mine(form: Form | None, kind: type[Form], prefix: str) -> Form:
    return form if isinstance(form, kind) else kind(auto_id=f"id_{prefix}_%s")


def _step(
    request: HttpRequest,
    number: str,
    form: Form,
    act: Callable[[Submission, dict[str, Any], Standing], Submission],
    told: str = "",
) -> HttpResponse:
    standing = standing_of(request)
    found = received_or_404(standing, number)
    form.auto_id = f"id_{request.resolver_match.url_name}_%s" if request.resolver_match else "id_%s"
    if not form.is_valid():
        return page(request, standing, found, form)
    try:
        done = act(found, form.cleaned_data, standing)
    except SubmissionRefused as refused:
        found = readable_or_404(standing, number)
        return page(request, standing, found, refusal=str(refused))
    messages.success(request, told or _told(done))
    return redirect("intake-one", number)


def _told(submission: Submission) -> str:
    if submission.case is None:
        return "已记录。"
    case = submission.case
    return f"已记录。收到日期 {case.received_on}，受理编号 {case.number}。"
