"""Own precedents: what this organ said before, in requests like the one at hand, to be read and quoted.

Only the reasons that were typed for the reply are shown, which every signer saw; letters stay closed, and the
organ's own officers are the only ones who see them, beside their draft.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.queries import written
from gongkai.foi.issuing.typed import OBJECTION, PRIOR_DAY, READER, WAY
from gongkai.foi.models import Case, CaseKind, Reply
from gongkai.foi.resembling.queries import precedents_like, repeated

_MOST = 5
PRIOR_REPLY = "prior_reply"
_OF_ITS_CASE = frozenset({WAY, READER, PRIOR_DAY, PRIOR_REPLY, "withdrawal"})
"""What was true of that case only: never quoted into another."""
_ABOUT_A_PRIOR = frozenset({"repeated", "reissue"})


@dataclass(frozen=True)
class Precedent:
    """An earlier reply. *percent*: how much its request resembles this one, 0 for one that is only recent."""

    reply: Reply
    percent: int
    reasons: Sequence[tuple[str, str]]

    @property
    def case(self) -> Case:
        return self.reply.case


def precedents(case: Case, outcome: str) -> list[Precedent]:
    """Return the organ's own replies with the same *outcome*, those to requests alike first, then the newest."""
    percents = {
        one.case_id: round(one.resemblance * 100)
        for one in precedents_like(case, outcome, most=_MOST)
    }
    corrections = Q(case__kind=CaseKind.CORRECTION)  # 第四十一条: other words for the same outcome
    mine = corrections if case.kind == CaseKind.CORRECTION else ~corrections
    own = Reply.objects.filter(mine, case__agency=case.agency, outcome=outcome).exclude(case=case)
    own = own.select_related("case")
    alike = list(own.filter(case__in=percents)) if percents else []
    alike.sort(key=lambda reply: (-percents[reply.case_id], -reply.pk))
    rest = own.exclude(case__in=percents).order_by("-decided_on", "-pk")
    every = [*alike, *rest[: _MOST - len(alike)]]
    return [Precedent(one, percents.get(one.case_id, 0), _reasons(one)) for one in every]


def begun_with(case: Case, outcome: str, quoted: str = "") -> dict[str, str]:
    """Return what stands in the fields of a draft to begin with: what is quoted, and the reply that is repeated."""
    said = {**_quoted(case, outcome, quoted)}
    if outcome in _ABOUT_A_PRIOR and (prior := repeated(case)) is not None:
        if prior.letter_number:
            said[PRIOR_REPLY] = prior.letter_number
        if prior.prior_on:
            said[PRIOR_DAY] = prior.prior_on.isoformat()
    return said


def _quoted(case: Case, outcome: str, quoted: str) -> Mapping[str, str]:
    try:
        uid = UUID(quoted)
    except ValueError:
        return {}
    reply = Reply.objects.filter(case__agency=case.agency, outcome=outcome, uid=uid).first()
    draft = _draft(reply) if reply is not None else None
    facts = draft.facts if draft is not None else {}
    return {name: text for name, text in facts.items() if not _is_of_its_case(name)}


def _is_of_its_case(name: str) -> bool:
    return name in _OF_ITS_CASE or name.startswith(OBJECTION)


def _reasons(reply: Reply) -> Sequence[tuple[str, str]]:
    draft = _draft(reply)
    return written(draft, reply.case.kind)[1:] if draft is not None else ()


def _draft(reply: Reply) -> Draft | None:
    """Return what was typed for a reply; None for one that was entered from an old register."""
    plain = json.loads(reply.grounds_text)
    if "facts" not in plain:
        return None
    facts = {name: text for name, text in plain["facts"].items() if name != WAY}
    return Draft(reply.outcome, facts, tuple(plain.get("refused_as", ())))
