"""Which requests are like one: the index names those that may be, what was asked is then compared for certain.

What is opened here is compared by the program and shown to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection
from django.db.models import (
    CharField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.db.models.functions import Cast

from gongkai.foi.issuing.addressee import contents_of
from gongkai.foi.issuing.models import IssuedLetter, RequestWords
from gongkai.foi.models import Case, CaseKind
from gongkai.foi.receiving.models import Submission
from gongkai.foi.resembling.likeness import ALIKE, VERSION, resemblance, shingles
from gongkai.foi.resembling.models import Fingerprint, Likeness, LikenessVerdict
from gongkai.foi.resembling.models import Verdict as Said
from gongkai.foi.resembling.tokens import tokens_sought
from gongkai.law.letters import LETTERS
from gongkai.law.outcomes import OUTCOMES
from gongkai.vault.ring import ring

COMPARED = 40
"""How many of those that share most bands are compared for certain."""
_LOOKED_THROUGH = 400
_NEWEST = (
    "SELECT fingerprint_id FROM (SELECT fingerprint_id FROM foi_fingerprintband WHERE token = %s"
    " ORDER BY fingerprint_id DESC LIMIT 200) AS newest"
)
"""A band that thousands share tells nothing apart: its newest are taken, and the rarer bands name the others."""
_DECISIONS = [code for code, letter in LETTERS.items() if letter.served_as == "decision"]


@dataclass(frozen=True)
class Like:
    """A request by its key, and how much it resembles the one asked about, 0 to 1."""

    case_id: int
    resemblance: float


def nearest(
    case: Case, *, among: QuerySet[Case], least: float = ALIKE, most: int = 10
) -> list[Like]:
    """Return the requests *among* those of the organ of *case* that resemble it, the most alike first.

    Four queries, however many requests there are. None where nobody has entered what was asked.
    """
    asked = shingles(contents_of([case.pk]).get(case.pk, ""))
    found = _sharing(case, asked, among)
    others = contents_of(found)
    like = [Like(pk, resemblance(asked, shingles(others.get(pk, "")))) for pk in found]
    near = [one for one in like if one.resemblance >= least]
    return sorted(near, key=lambda one: (-one.resemblance, -one.case_id))[:most]


def _sharing(case: Case, asked: frozenset[int], among: QuerySet[Case]) -> list[int]:
    """Return the keys of those that share most bands with *case*."""
    sought = tokens_sought(case.agency, asked)
    if not sought:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_NEWEST] * len(sought)), sought)
        shared = Counter(row[0] for row in cursor.fetchall())
    shared.pop(case.pk, None)
    most = sorted(shared, key=lambda pk: (-shared[pk], -pk))[:_LOOKED_THROUGH]
    wanted = set(among.filter(pk__in=most).values_list("pk", flat=True))
    return [pk for pk in most if pk in wanted][:COMPARED]


def before(case: Case) -> QuerySet[Case]:
    """Return the requests that were there before *case*; answers given again are none of their own."""
    asked = Case.objects.exclude(kind=CaseKind.REDO)
    return asked.filter(pk__lt=case.pk)


@dataclass(frozen=True)
class Found:
    """A likeness as a page shows it: the earlier request, its decision, what was last said of the two."""

    likeness: Likeness
    same_applicant: bool
    letter_uid: str
    letter_number: str
    said: LikenessVerdict | None

    @property
    def earlier(self) -> Case:
        return self.likeness.earlier

    @cached_property
    def outcome(self) -> str:
        """What came of the earlier request, in words; empty while it is open."""
        known = OUTCOMES.get(self.earlier.outcome)
        return known.title if known else self.earlier.outcome

    @property
    def prior_on(self) -> date | None:
        return self.earlier.decided_on


def found_of(case: Case) -> list[Found]:
    """Return the requests that may be the same as *case*, the most alike first. Two queries."""
    letters = IssuedLetter.objects.filter(case=OuterRef("earlier"), code__in=_DECISIONS)
    last = letters.order_by("-pk")
    rows = (
        Likeness.objects.filter(case=case)
        .select_related("earlier", "earlier__applicant")
        .annotate(
            letter_uid=Subquery(last.exclude(alg="").values("uid")[:1], UUIDField(null=True)),
            letter_number=Cast(Subquery(last.values("number")[:1]), CharField(max_length=60)),
        )
        .prefetch_related(Prefetch("verdicts", LikenessVerdict.objects.select_related("judged_by")))
    )
    return [_found(case, row) for row in rows.order_by("-percent", "-earlier")]


def _found(case: Case, row: Likeness) -> Found:
    said = list(row.verdicts.all())
    letter: object = getattr(row, "letter_uid", None)
    return Found(
        row,
        same_applicant=_same(case, row.earlier),
        letter_uid=str(letter) if letter else "",
        letter_number=getattr(row, "letter_number", None) or "",
        said=said[-1] if said else None,
    )


def _same(case: Case, earlier: Case) -> bool:
    """Whether the keyed digest said they are the same; of an identity that was destroyed nobody knows."""
    return case.applicant_id == earlier.applicant_id and earlier.applicant.purged_on is None


def repeated(case: Case) -> Found | None:
    """Return the earlier request a person said *case* repeats."""
    said = [one for one in found_of(case) if one.said and one.said.verdict == Said.REPEATED]
    return said[0] if said else None


def unmarked() -> QuerySet[Case]:
    """Return the requests whose words are here and that are not in the index as it is made today."""
    today = Fingerprint.objects.filter(
        case=OuterRef("pk"), version=VERSION, key_id=ring().current.id
    )
    words = Q(Exists(Submission.objects.filter(case=OuterRef("pk")).exclude(content=b"")))
    words |= Q(Exists(RequestWords.objects.filter(case=OuterRef("pk"))))
    mine = Case.objects.filter(~Exists(today), applicant__purged_on=None)
    return mine.filter(words).select_related("agency").order_by("pk")


def stale() -> QuerySet[Fingerprint]:
    """Return what is in the index under another key or of another version."""
    return Fingerprint.objects.exclude(Q(version=VERSION) & Q(key_id=ring().current.id))


def precedents_like(case: Case, outcome: str, *, most: int) -> Sequence[Like]:
    """Return the organ's own answered requests of one outcome that resemble *case*, however little."""
    answered = Case.objects.filter(outcome=outcome, agency=case.agency)
    return nearest(case, among=answered, least=ALIKE / 2, most=most)
