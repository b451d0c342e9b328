"""What helps a person decide: own precedents, other requests of the same applicant, what a draft says."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.agencies.standing import Standing
from gongkai.foi.handling.drafts import TITLES, Draft
from gongkai.foi.issuing.typed import WAY, WAYS, title_of
from gongkai.foi.models import Case, Reply, SearchRecord
from gongkai.foi.scope import agencies_seen
from gongkai.law.outcomes import OUTCOMES

_PRECEDENTS, _SAME = 5, 20


def precedents(case: Case, outcome: str) -> Sequence[Reply]:
    """Return the newest replies of the same agency with the same outcome: numbers and days, no words."""
    own = Reply.objects.filter(case__agency=case.agency, outcome=outcome).exclude(case=case)
    return list(own.select_related("case").order_by("-decided_on", "-pk")[:_PRECEDENTS])


def searches_of(case: Case) -> Sequence[SearchRecord]:
    """Return where the information of *case* was looked for, in order."""
    return list(case.searches.order_by("pk").select_related("searched_by"))


def of_the_same_applicant(case: Case, standing: Standing) -> Sequence[Case]:
    """Return other requests of whoever asked, among those one may see: for a person to compare.

    Nothing is concluded from them (条例第三十五条、第三十六条第六项); who asked stays sealed.
    """
    if case.applicant.purged_on is not None:
        return ()
    same = Case.objects.filter(agency__in=agencies_seen(standing), applicant=case.applicant_id)
    return list(same.exclude(pk=case.pk).order_by("-received_on", "-pk")[:_SAME])


def written(draft: Draft) -> Sequence[tuple[str, str]]:
    """Return what a draft says, each part under its title."""
    held = "、".join(OUTCOMES[part].title for part in draft.refused_as)
    return [
        ("处理结果", OUTCOMES[draft.outcome].title),
        *([("不公开的部分", held)] if held else []),
        *(
            (TITLES.get(fact) or title_of(fact), WAYS.get(text, text) if fact == WAY else text)
            for fact, text in sorted(draft.facts.items())
        ),
    ]
