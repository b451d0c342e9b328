"""One submission: what it says, who has said what of it, and the form of whose turn it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.queries import name_of, visible_to
from gongkai.agencies.standing import Standing
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.people.presence import recent_second_factor
from gongkai.people.views.factor import RECENT, ask_again
from gongkai.review.actions import (
    ReviewRefused,
    approve_stage,
    reject_stage,
    withdraw_submission,
)
from gongkai.review.changes import compared
from gongkai.review.devices import signing_of
from gongkai.review.forms import ReasonForm, VerdictForm
from gongkai.review.models import StageKind, Submission, Word
from gongkai.review.paragraphs import Read, read
from gongkai.review.queries import (
    able_to_judge,
    loan_for,
    next_stage,
    seen_by,
    stages_of,
    waiting_for,
    with_everything,
)
from gongkai.review.rules import LENDERS, ROLE_OF, may_judge, may_lend

REFUSED = 409


def submission_or_404(standing: Standing, uid: str) -> Submission:
    """Return a submission one may see. Another agency's answers as one that does not exist."""
    found = with_everything(seen_by(standing)).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


@staff
@require_http_methods(["GET", "HEAD"])
def submission(request: HttpRequest, uid: str) -> HttpResponse:
    """The text, the stages and the verdicts so far."""
    return submission_page(request, submission_or_404(standing_of(request), uid))


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, uid: str) -> HttpResponse:
    """Read the text and say what one thinks of it. 终审 proves again who is there, before reading."""
    standing = standing_of(request)
    row = submission_or_404(standing, uid)
    stage = next_stage(row)
    if stage is None:
        return submission_page(request, row, "这次送审已经办结，不再接受审核意见。")
    allowed = may_judge(standing, stage, row.document.agency)
    require(allowed or loan_for(row, stage, standing) is not None, ROLE_OF[stage].label)
    said = read(row.edition)
    form = VerdictForm(
        sent(request),
        paragraphs=len(said.paragraphs),
        initial={"stage": stage.value, "sha256": row.edition.sha256},
    )
    proved = recent_second_factor(request, within=RECENT)
    if stage is StageKind.FINAL and not proved and request.method != "POST":
        return ask_again(request)
    if form.is_valid():
        try:
            return _judge(request, row, form, standing)
        except ReviewRefused as refused:
            form.add_error(None, str(refused))
    context = _context(row, standing, said) | {"form": form, "turn": stage, "proved": proved}
    return render(request, "review/verdict.html", context, status=REFUSED if form.errors else 200)


def _judge(
    request: HttpRequest, row: Submission, form: VerdictForm, standing: Standing
) -> HttpResponse:
    typed, signing = form.cleaned_data, signing_of(request)
    stage = StageKind(typed["stage"])
    if typed["verdict"] == Word.APPROVE:
        approve_stage(row, stage, sha256=typed["sha256"], signing=signing, by=standing.person)
        said = f"{stage.label}已通过。"
    else:
        reject_stage(
            row,
            stage,
            sha256=typed["sha256"],
            reason=typed["reason"],
            paragraph=typed["paragraph"],
            signing=signing,
            by=standing.person,
        )
        said = f"{stage.label}已退回，作者会收到消息。"
    messages.success(request, said)
    return HttpResponseRedirect(reverse("review"))


@staff
@require_POST
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """Undo of submitting: by the author, while it is open."""
    standing = standing_of(request)
    row = submission_or_404(standing, uid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return submission_page(request, row, "撤回送审必须写明理由，不超过 300 字。")
    try:
        withdraw_submission(row, reason=form.cleaned_data["reason"], by=standing.person)
    except ReviewRefused as refused:
        return submission_page(request, row, str(refused))
    messages.success(request, "已撤回。改好后请另立下一版再送审。")
    return HttpResponseRedirect(reverse("review-submission", args=[row.uid]))


def submission_page(request: HttpRequest, row: Submission, refusal: str = "") -> HttpResponse:
    """The page of one submission, with what could not be done on it."""
    standing = standing_of(request)
    turn = next_stage(row)
    author = row.edition.author_person_id == standing.person.pk
    context = _context(row, standing, read(row.edition)) | {
        "turn": turn,
        "able": able_to_judge(row, turn, standing.on) if turn else [],
        "role": ROLE_OF[turn].label if turn else "",
        "lenders": LENDERS,
        "may_judge": turn is not None and waiting_for(standing).filter(pk=row.pk).exists(),
        "may_withdraw": turn is not None and author,
        "may_lend": turn is not None and may_lend(standing),
        "withdraw_form": ReasonForm(),
        "refusal": refusal,
    }
    return render(request, "review/submission.html", context, status=REFUSED if refusal else 200)


def _context(row: Submission, standing: Standing, said: Read) -> dict[str, object]:
    return {
        "row": row,
        "name": name_of(row.document.agency, standing.on).name,
        "read": said,
        "compared": compared(row.edition),
        "sees_item": visible_to(standing).filter(pk=row.document.agency_id).exists(),
        "stages": stages_of(row.chain),
        "verdicts": sorted(row.verdicts.all(), key=lambda one: (one.at, one.pk)),
    }
