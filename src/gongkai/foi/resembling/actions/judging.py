"""A person says whether two requests are the same; the program only found them (条例第三十六条第六项)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.foi.actions import CaseRefused
from gongkai.foi.handling.actions.taking import log
from gongkai.foi.resembling.models import LikenessVerdict, Verdict
from gongkai.foi.resembling.queries import Found
from gongkai.foi.resembling.rules import why_not
from gongkai.foi.rules import WORKS, may_work
from gongkai.people.models import Person


@transaction.atomic
def judge(found: Found, *, verdict: Verdict, reason: str, by: Person) -> LikenessVerdict:
    """Record what *by* decided of *found* and why. Nothing follows by itself: the reply is drafted as any other.

    Said again, the last one counts and the former stay. Raises ``RoleRefused``; :class:`CaseRefused` for what
    the law does not allow to be said, without a reason, and for whoever comes second.
    """
    case = found.likeness.case
    authorise(
        by,
        lambda standing: may_work(standing, case),
        step="判断是否重复申请（条例第三十六条第六项）",
        whose=WORKS,
    )
    if why := why_not(found, verdict):
        raise CaseRefused(why)
    if not reason.strip():
        raise CaseRefused(
            "请写明判断的理由：两件问的是不是同一信息，哪里相同、哪里不同（条例第三十六条第六项）。"
        )
    said = _next(found, verdict, reason.strip(), by)
    log(case, "case.compared", {"with": found.earlier.number, "verdict": verdict.value}, by)
    return said


def _next(found: Found, verdict: Verdict, reason: str, by: Person) -> LikenessVerdict:
    before = found.said
    if before and (before.verdict, before.reason) == (verdict.value, reason):
        raise CaseRefused("这一判断已经登记，没有重复登记。")
    said = LikenessVerdict(
        likeness=found.likeness,
        nth=before.nth + 1 if before else 1,
        verdict=verdict.value,
        reason=reason,
        judged_by=by,
        judged_at=clock.now(),
    )
    said.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError as second:
        raise CaseRefused("另一位经办人刚刚作了判断，请刷新后查看。") from second
    return said
