"""One document from its first line to the moment its text is closed, and on to its next edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency, AgencyEnding
from gongkai.audit import clock
from gongkai.documents.actions.disclosing import begin_withholding, refuse_unreasoned
from gongkai.documents.actions.entering import (
    INDEX_SERIES,
    Draft,
    first_edition,
    free_uids,
    new_document,
    placed,
)
from gongkai.documents.actions.layout import rewrite, take_turn, told
from gongkai.documents.actions.locking import hold
from gongkai.documents.actions.succeeding import open_next
from gongkai.documents.intake import clean_body, refuse_long
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Disclosure, Document, Edition
from gongkai.documents.placing import misplaced
from gongkai.documents.queries import shortcomings
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.rules import DRAFTERS, may_draft
from gongkai.people.models import Person
from gongkai.rulebook.actions import take_number
from gongkai.text.canonical import Plain


@transaction.atomic
def open_draft(agency: Agency, draft: Draft, *, ground: str = "", by: Person) -> Edition:
    """Begin a document of *agency*: its 公开属性 with the reason, its 索引号, its first edition (国办发〔2016〕80号).

    *ground* is one of ND1 to ND8 for what is 不予公开. The writer holds the draft at once.
    Raises :class:`DocumentRefused`, ``RoleRefused``.
    """
    authorise(by, lambda standing: may_draft(standing, agency), step="起草信息", whose=DRAFTERS)
    today = clock.today()
    if AgencyEnding.objects.filter(agency=agency, on__lte=today).exists():
        raise DocumentRefused("这个机关已经撤销，不能再以它的名义起草；请以承接机关的名义起草。")
    refuse_unreasoned(draft.disclosure, draft.disclosure_reason, ground)
    _refuse_unfit(draft.title, draft.text)
    (uid,) = free_uids(1)
    n = take_number(agency, kind=INDEX_SERIES, year=today.year, subject=uid)
    document = new_document(draft, uid, agency, today.year, n)
    document.full_clean()
    document.save(force_insert=True)
    edition = first_edition(document, placed([draft])[0], None, by)
    edition.full_clean(exclude=["canonical"])
    edition.save(force_insert=True)
    hold(edition, by=by)
    if draft.disclosure == Disclosure.WITHHELD:
        begin_withholding(document, ground, by)
    payload: dict[str, Plain] = {
        "kind": str(document.kind),
        "disclosure": str(document.disclosure),
        "ground": ground,
        "sha256": edition.sha256,
    }
    told("document.opened", document, payload, by)
    return edition


@transaction.atomic
def save_draft(
    edition: Edition,
    *,
    title: str,
    text: str,
    fields: Mapping[str, str],
    columns: Sequence[str] | None = None,
    expecting: int,
    by: Person,
) -> Edition:
    """Save what was typed, if the draft is still at the revision *expecting* and nobody else holds it.

    *fields* are as typed, by name. *columns* are addresses, the main one first; None leaves what is there.
    Raises :class:`DraftOvertaken` naming who came first and when.
    """
    document = edition.document
    _authorise(document, by)
    _refuse_unfit(title, text)
    values, wrong = schema_of(document.kind).read(fields)
    if wrong:
        raise DocumentRefused("".join(wrong.values()))
    misplaced_in = misplaced(columns, document.agency, document.kind) if columns else []
    if misplaced_in:
        raise DocumentRefused("".join(misplaced_in))
    take_turn(edition, expecting=expecting)
    hold(edition, by=by)
    edition.revision, edition.saved_at, edition.saved_by = expecting + 1, clock.now(), by
    rewrite(edition, title=title.strip(), text=clean_body(text), fields=values, columns=columns)
    payload: dict[str, Plain] = {
        "n": edition.n,
        "revision": edition.revision,
        "sha256": edition.sha256,
    }
    told("draft.saved", document, payload, by, edition)
    return edition


@transaction.atomic
def close_edition(edition: Edition, *, expecting: int | None = None, by: Person) -> Edition:
    """Close an edition: from now on the database refuses any change to it.

    Whoever calls asks for the role: it is part of sending to review. *expecting* is the revision that was
    seen. Raises :class:`DocumentRefused` for one that is not open or lacks what its kind needs.
    """
    take_turn(edition, expecting=expecting)
    lacking = shortcomings(edition)
    if lacking:
        raise DocumentRefused(f"这一稿还不能封存送审：{''.join(lacking)}补齐后再试。")
    edition.closed_at = clock.now()
    edition.save(update_fields=["closed_at"])
    payload: dict[str, Plain] = {"n": edition.n, "sha256": edition.sha256}
    told("edition.closed", edition.document, payload, by, edition)
    return edition


@transaction.atomic
def next_edition(document: Document, *, by: Person) -> Edition:
    """Begin the next edition from the last closed one. There is one open edition of a document at a time."""
    _authorise(document, by)
    edition = open_next(document, by)
    hold(edition, by=by)
    told("edition.begun", document, {"n": edition.n}, by, edition)
    return edition


@transaction.atomic
def discard_draft(edition: Edition, *, reason: str, by: Person) -> Edition:
    """End an open edition without closing it. The row, its number and the reason stay."""
    _authorise(edition.document, by)
    if not reason.strip():
        raise DocumentRefused("作废草稿须写明理由；索引号已经用去，理由留在经过里。")
    take_turn(edition)
    edition.discarded_at = clock.now()
    edition.save(update_fields=["discarded_at"])
    payload: dict[str, Plain] = {"n": edition.n, "reason": reason.strip()[:300]}
    told("draft.discarded", edition.document, payload, by, edition)
    return edition


def _authorise(document: Document, by: Person) -> None:
    agency = document.agency
    authorise(by, lambda standing: may_draft(standing, agency), step="起草信息", whose=DRAFTERS)


def _refuse_unfit(title: str, text: str) -> None:
    if not title.strip():
        raise DocumentRefused("标题不能为空，请写明是什么事。")
    refuse_long(text)
