"""Words that find each other."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.search.models import Synonym
from gongkai.search.refusal import SearchRefused
from gongkai.search.rules import TENDS, may_tend
from gongkai.text.canonical import Plain
from gongkai.text.folding import fold

STREAM = "search"
_LONGEST = 50


@transaction.atomic
def add_synonym(term: str, equal: str, *, by: Person) -> Synonym:
    """Let *term* and *equal* find each other. Raises :class:`SearchRefused` and ``RoleRefused``."""
    authorise(by, may_tend, step="维护同义词", whose=TENDS)
    pair = sorted((one.strip() for one in (term, equal)), key=fold)
    row = Synonym(
        term=pair[0], equal=pair[1], folded_term=_word(pair[0]), folded_equal=_word(pair[1])
    )
    if row.folded_term == row.folded_equal:
        raise SearchRefused(
            f"“{row.term}”和“{row.equal}”检索时已经是同一个词（全角半角、大小写不分），不用登记。"
        )
    try:
        with transaction.atomic():
            row.full_clean(validate_constraints=False)
            row.save(force_insert=True)
    except ValidationError as wrong:
        raise SearchRefused("；".join(wrong.messages)) from wrong
    except IntegrityError as second:
        raise SearchRefused(
            f"“{row.term}”和“{row.equal}”已经登记为同义词，不用再登记。"
        ) from second
    _note("synonym.added", row, by)
    return row


@transaction.atomic
def drop_synonym(row: Synonym, *, by: Person) -> None:
    """Let two words no longer find each other. Raises :class:`SearchRefused` when they do not already."""
    authorise(by, may_tend, step="维护同义词", whose=TENDS)
    gone, _ = Synonym.objects.filter(pk=row.pk).delete()
    if not gone:
        raise SearchRefused("这一组同义词刚刚已经删除，请刷新后查看。")
    _note("synonym.dropped", row, by)


def _word(text: str) -> str:
    folded = fold(text)
    if not 2 <= len(folded) <= _LONGEST or " " in folded:
        raise SearchRefused(
            f"“{text[:_LONGEST]}”不能登记为同义词，因为同义词应是一个词，2 至 {_LONGEST} 个字，中间没有空格。"
            "请改正后再登记。"
        )
    return folded


def _note(kind: str, row: Synonym, by: Person) -> None:
    payload: dict[str, Plain] = {"term": row.term, "equal": row.equal}
    record(kind, stream=STREAM, subject=f"synonym:{row.uid}", payload=payload, by=by)
