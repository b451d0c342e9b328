"""Putting a file to what the applicant is given, and taking it out again while nothing is signed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.issuing.models import GOING, Enclosure
from gongkai.foi.issuing.sealed import seal_file
from gongkai.foi.models import Case
from gongkai.foi.receiving.files import Inspected
from gongkai.people.models import Person
from gongkai.screening.actions import screen
from gongkai.screening.queries import open_concerns
from gongkai.text.canonical import sha256_hex

MOST = 20
"""How many files go with one decision."""


def enclose_file(case: Case, file: Inspected, *, title: str, on: date, by: Person) -> Enclosure:
    """Have *file* examined, which takes seconds and holds nothing, then put it to the case.

    A file that is held is kept as well, and keeps the decision from being signed until it is released or
    replaced. Raises :class:`CaseRefused`, ``RoleRefused``.
    """
    examine(case, file, on=on, by=by)
    return keep_enclosure(case, file, title=title, on=on, by=by)


def examine(case: Case, file: Inspected, *, on: date, by: Person) -> None:
    """Have *file* examined for *case*, outside of any transaction: it takes seconds.

    Raises :class:`CaseRefused`, ``RoleRefused`` where it could not be put to the case anyhow.
    """
    permit(case, "enclose", on=on, by=by)
    screen(case.agency, file.data, file.name, by=by)


@transaction.atomic
def keep_enclosure(
    case: Case,
    file: Inspected,
    *,
    title: str,
    on: date,
    order: Order | None = None,
    by: Person,
) -> Enclosure:
    """Keep a file the gate has examined, sealed; its *title* is what the letter lists."""
    known = permit(case, "enclose", on=on, by=by, order=order)
    if not title.strip():
        raise CaseRefused("请写附件的名称：文书的附件清单按它印（GB/T 9704-2012）。")
    if open_concerns(sha256_hex(file.data), case.agency) is None:
        raise CaseRefused("这个文件还没有做过出门检查，不能放入；请重新选择文件上传。")
    if len(known.enclosures) >= MOST:
        raise CaseRefused(f"一份答复最多附 {MOST} 个文件；请合并，或者打成几份答复提供。")
    row = Enclosure(case=case, title=title.strip(), kind=file.kind.value, added_on=on, added_by=by)
    seal_file(row, file.name, file.data)
    row.full_clean(validate_constraints=False)
    insert_once(row, "这个文件已经在给申请人的文件里，不用再放。")
    log(case, "case.enclosed", {"sha256": row.sha256}, by)
    return row


@transaction.atomic
def take_out_enclosure(
    case: Case, *, uid: UUID, on: date, order: Order | None = None, by: Person
) -> Enclosure:
    """Take a file out of what the applicant is given; that it was there stays on record."""
    permit(case, "take-out", on=on, by=by, order=order)
    mine = Enclosure.objects.filter(case=case, uid=uid, **GOING)
    if not mine.update(taken_out_on=on):
        raise CaseRefused("这个文件已经取出，或者已随文书签发，不能再取出；请刷新后查看。")
    row = Enclosure.objects.defer("ciphertext").get(uid=uid)
    log(case, "case.enclosure_taken_out", {"sha256": row.sha256}, by)
    return row
