"""Giving a letter its 文号."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import name_of
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.law.letters import LETTERS
from gongkai.letters.models import LetterNumber
from gongkai.letters.wording.packaged import series_of
from gongkai.rulebook.actions import take_number
from gongkai.text.canonical import Plain
from gongkai.text.document_number import normal_document_number


class NumberRefused(Exception):
    """Why a letter gets no 文号."""


@transaction.atomic
def number_letter(agency: Agency, code: str, *, on: date, subject: UUID, by: Actor) -> str:
    """Give the letter *code* of *subject* its 文号, such as 示政办公复〔2026〕5号; asked twice, the same one.

    Called in the transaction that signs the letter: if that fails, the number is free again. Raises
    :class:`NumberRefused` for a letter that bears none, and for an agency whose 代字 makes none.
    """
    known = LetterNumber.objects.filter(subject_uid=subject, code=code).first()
    if known is not None:
        return known.number
    series = series_of(code)
    if series is None:
        title = LETTERS[code].title if code in LETTERS else code
        raise NumberRefused(f"《{title}》不编文号，不需要取号。")
    n = take_number(agency, kind=series.kind, year=on.year, subject=subject)
    text = f"{name_of(agency, on).mark}{series.word}〔{on.year}〕{n}号"
    numbered = LetterNumber(
        agency=agency,
        code=code,
        subject_uid=subject,
        number=_normal(text),
        numbered_on=on,
    )
    _keep(numbered)
    payload: dict[str, Plain] = {"number": numbered.number, "letter": code}
    record(
        "letter.numbered", stream=agency.code, subject=f"letter:{subject}", payload=payload, by=by
    )
    return numbered.number


def _keep(numbered: LetterNumber) -> None:
    try:
        with transaction.atomic():
            numbered.full_clean()
            numbered.save(force_insert=True)
    except (ValidationError, IntegrityError) as second:
        raise NumberRefused("另一位经办人刚刚为这份文书取了文号，请刷新后查看。") from second


def _normal(text: str) -> str:
    try:
        return normal_document_number(text)
    except ValueError as wrong:
        raise NumberRefused(f"{wrong}机关代字过长的，请先在“机关”里登记公文用的代字。") from wrong
