"""公开属性 and the register of what is withheld (条例第十三条至第十八条)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.documents.actions.layout import rewrite, take_turn, told
from gongkai.documents.actions.succeeding import open_next
from gongkai.documents.models import (
    Disclosure,
    Document,
    Edition,
    Reassessment,
    Withholding,
)
from gongkai.documents.queries import last_closed, open_edition
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.rules import DRAFTERS, REASSESSORS, may_draft, may_reassess
from gongkai.law.counting import corresponding_day
from gongkai.law.grounds import GROUNDS
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import Plain

REVIEW = "withheld.review"


@transaction.atomic
def set_disclosure(
    document: Document,
    disclosure: Disclosure,
    *,
    reason: str = "",
    ground: str = "",
    by: Person,
) -> Document:
    """Change the 公开属性 of a document that is being drafted; it is approved with the text.

    Raises :class:`DocumentRefused` while it is public, without an open edition, without a reason.
    """
    agency = document.agency
    authorise(by, lambda standing: may_draft(standing, agency), step="确定公开属性", whose=DRAFTERS)
    refuse_unreasoned(disclosure, reason, ground)
    edition = open_edition(document)
    if edition is None:
        raise DocumentRefused(
            "公开属性随文本一并送审（国办发〔2016〕80号），封存后不能单独改。请先另立新版本，再改属性。"
        )
    take_turn(edition)
    document.refresh_from_db()
    before = document.disclosure
    running = Withholding.objects.filter(document=document, ended_on=None).first()
    if running and last_closed(document):
        raise DocumentRefused(
            "这件信息已经登记为不予公开，改变属性须先重新评估（条例第十八条）。请在“不予公开登记”里办理。"
        )
    _change(document, edition, disclosure, reason.strip())
    if running:
        Withholding.objects.filter(pk=running.pk).update(ended_on=clock.today())
    if disclosure == Disclosure.WITHHELD:
        begin_withholding(document, ground, by)
    payload: dict[str, Plain] = {
        "from": str(before),
        "to": str(disclosure),
        "ground": ground,
        "sha256": edition.sha256,
    }
    told("disclosure.set", document, payload, by)
    return document


@transaction.atomic
def reassess(
    withholding: Withholding, *, result: Reassessment.Result, reason: str, by: Person
) -> Reassessment:
    """Look again at something withheld (条例第十八条): keep it for another period, or have it published.

    To publish opens the next edition, or uses the one being drafted, with 主动公开: it goes through
    review like any other. Raises :class:`DocumentRefused`, ``RoleRefused``.
    """
    document = withholding.document
    agency = document.agency
    authorise(
        by,
        lambda standing: may_reassess(standing, agency),
        step="重新评估不予公开的信息",
        whose=REASSESSORS,
    )
    reason = reason.strip()
    if not reason:
        raise DocumentRefused("重新评估须写明理由：情况有没有变化，为什么（条例第十八条）。")
    seen = Reassessment(
        withholding=withholding, result=result, reason=reason, on=clock.today(), by=by
    )
    seen.full_clean()
    _take_turn_at(withholding, result)
    seen.save(force_insert=True)
    if result == Reassessment.Result.PUBLISH:
        _prepare_publication(document, by)
    payload: dict[str, Plain] = {"result": str(result), "reason": reason}
    told("withholding.reassessed", document, payload, by)
    return seen


def refuse_unreasoned(disclosure: Disclosure, reason: str, ground: str) -> None:
    """Raise :class:`DocumentRefused` unless what is not 主动公开 says why, and 不予公开 on which ground."""
    if disclosure != Disclosure.PUBLIC and not reason.strip():
        raise DocumentRefused(
            f"{disclosure.label}须写明理由（国办发〔2016〕80号：拟不公开的，应当依法说明理由）。"
        )
    if disclosure == Disclosure.WITHHELD and ground not in GROUNDS:
        raise DocumentRefused(
            "不予公开只能依据条例第十四条至第十六条、第三十六条规定的理由，请选择一项；都不符合的，应当公开（第十三条）。"
        )
    if disclosure != Disclosure.WITHHELD and ground:
        raise DocumentRefused(f"{disclosure.label}不用选不予公开的理由，请清空这一项。")


def begin_withholding(document: Document, ground: str, by: Person) -> Withholding:
    """Enter *document* in the register, to be looked at again after the period of the parameter."""
    today = clock.today()
    entry = Withholding(
        document=document, ground=ground, decided_by=by, since=today, review_due=_next_due(today)
    )
    entry.full_clean()
    entry.save(force_insert=True)
    return entry


def _next_due(today: date) -> date:
    return corresponding_day(today, rules_on(today).limit(REVIEW))


def _take_turn_at(withholding: Withholding, result: Reassessment.Result) -> None:
    # The day it was due tells whether somebody else looked at it since this page was shown.
    mine = Withholding.objects.filter(
        pk=withholding.pk, ended_on=None, review_due=withholding.review_due
    )
    today = clock.today()
    changes = (
        {"ended_on": today}
        if result == Reassessment.Result.PUBLISH
        else {"review_due": _next_due(today)}
    )
    if not mine.update(**changes):
        raise DocumentRefused("这一条登记已由他人评估，请刷新后查看结论。")
    withholding.refresh_from_db()


def _prepare_publication(document: Document, by: Person) -> None:
    edition = open_edition(document) or open_next(document, by)
    take_turn(edition)
    _change(document, edition, Disclosure.PUBLIC, "")


def _change(document: Document, edition: Edition, disclosure: Disclosure, reason: str) -> None:
    document.disclosure, document.disclosure_reason = disclosure, reason
    document.full_clean()
    try:
        with transaction.atomic():  # the trigger refuses while it is public
            document.save(update_fields=["disclosure", "disclosure_reason"])
    except IntegrityError as refused:
        raise DocumentRefused(
            "这件信息正在公开，不能改变公开属性。请先撤下，再改（条例第十八条）。"
        ) from refused
    edition.document = document
    rewrite(edition)
