"""What was asked, entered from the paper: for requests that did not come in through a submission here."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.authority import Order
from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused, insert_once
from gongkai.foi.handling.actions.taking import log, permit
from gongkai.foi.issuing.models import RequestWords
from gongkai.foi.issuing.sealed import seal_words
from gongkai.foi.models import Case
from gongkai.foi.resembling.actions.marking import mark
from gongkai.people.models import Person


@transaction.atomic
def enter_words(
    case: Case, *, words: str, on: date, order: Order | None = None, by: Person
) -> RequestWords:
    """Enter what was asked, word for word. It is sealed: people put their names into it."""
    permit(case, "enter-words", on=on, by=by, order=order)
    if not words.strip():
        raise CaseRefused("请照原文录入申请内容：文书要引用它（条例第二十九条、第三十六条）。")
    row = RequestWords(case=case, entered_at=clock.now())
    seal_words(row, words.strip())
    row.full_clean(validate_unique=False, validate_constraints=False)
    insert_once(row, "申请内容刚刚由另一位经办人录入，请刷新后查看。")
    mark(case)
    log(case, "case.words_entered", {}, by)
    return row
