"""What helps a person decide: other requests of the same applicant, what a draft says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Membership, Role
from gongkai.agencies.standing import Standing
from gongkai.foi.art41 import own_words, result_title
from gongkai.foi.handling.drafts import TITLES, Draft
from gongkai.foi.handling.models import Assignment, ReplyDraft, ReturnedFile
from gongkai.foi.issuing.typed import FOLLOWED, OBJECTION, READER, READERS, WAY, WAYS, title_of
from gongkai.foi.models import Case, SearchRecord
from gongkai.foi.scope import agencies_seen
from gongkai.law.outcomes import OUTCOMES

_SAME = 20
IN_A_UNIT = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER, Role.INFORMATION_OFFICER)
"""Who is told of a matter given to a unit."""


def manned_on(on: date) -> frozenset[int]:
    """Return the units in which somebody is told, on *on*, of a matter given to them."""
    still = Q(ended=None) | Q(ended__gt=on)
    seats = Membership.objects.filter(still, role__in=IN_A_UNIT, since__lte=on)
    return frozenset(seats.values_list("agency_id", flat=True))


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


def sent_back(case: Case) -> ReplyDraft | None:
    """Return the last draft of *case* if it was sent back: its reason says what is to be changed."""
    last = case.drafts.select_related("drafted_by").order_by("-pk").first()
    return last if last is not None and last.state == ReplyDraft.State.SENT_BACK else None


def written(draft: Draft, kind: str) -> Sequence[tuple[str, str]]:
    """Return what a draft for a case of *kind* says, each part under its title."""
    own = {name: typed.title for name, typed in own_words(kind, draft.outcome).items()}
    held = "、".join(OUTCOMES[part].title for part in draft.refused_as)
    return [
        ("处理结果", result_title(kind, draft.outcome)),
        *([("不公开的部分", held)] if held else []),
        *(
            (own.get(fact) or TITLES.get(fact) or title_of(fact), _said(fact, text))
            for fact, text in sorted(draft.facts.items())
        ),
    ]


def _said(fact: str, text: str) -> str:
    if fact == WAY:
        return WAYS.get(text, text)
    if fact == READER:
        return READERS.get(text, text)
    return FOLLOWED.get(text, text) if fact.startswith(OBJECTION) else text


def returned_files(given: Assignment) -> Sequence[ReturnedFile]:
    """Return the files that came back with a matter, without their bytes."""
    if given.returned_on is None:
        return ()
    return list(given.files.defer("ciphertext").select_related("enclosure"))
