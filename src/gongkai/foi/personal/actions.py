"""Looking at an identity, and destroying identities that have been kept long enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import Q

from gongkai.agencies.queries import standing_on
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.foi.handling.models import Consultation, ReturnedFile
from gongkai.foi.identity import Identity, reveal
from gongkai.foi.issuing.models import Enclosure, IssuedLetter
from gongkai.foi.models import Applicant, Case, Dispute
from gongkai.foi.personal.queries import LOOKED, PurgeList, left_over, purge_list
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.receiving.models import SubmissionFile
from gongkai.foi.resembling.actions.marking import forget
from gongkai.foi.rules import MAY_LOOK, may_look_at_identity
from gongkai.foi.serving.models import ServicePaper
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

_BATCH = 500


class LookRefused(Exception):
    """Why an identity is not shown, and what to do."""


class PurgeRefused(Exception):
    """Why nothing was destroyed, and what to do."""


@transaction.atomic
def look_at_identity(case: Case, *, reason: Reason, by: Person) -> Identity:
    """Return who asked in *case*, after writing into the agency's log who looked and for what.

    Raises :class:`LookRefused` for somebody whose task it is not and for an identity that was destroyed,
    :class:`~gongkai.vault.cipher.Unreadable` when it cannot be opened. Only a look that happened is
    recorded, and none happens without its record.
    """
    if not may_look_at_identity(standing_on(by, clock.today()), case):
        raise LookRefused(
            f"申请人身份信息只给{MAY_LOOK}查看；您没有这个职务。这次没有显示，需要时请找他们办理。"
        )
    purged_on = case.applicant.purged_on
    if purged_on:
        raise LookRefused(
            f"申请人身份信息已于 {purged_on} 按保存期限销毁，不能恢复；案件的其他内容仍可查看。"
        )
    identity = reveal(case.applicant)
    payload: dict[str, Plain] = {"number": case.number, "reason": Reason(reason).value}
    record(LOOKED, stream=case.agency.code, subject=f"case:{case.uid}", payload=payload, by=by)
    return identity


@transaction.atomic
def purge(confirmed: str, *, rules: Rules, by: Actor) -> PurgeList:
    """Destroy the identities of the list whose hash is *confirmed*; cases and figures stay as they are.

    Ciphertext and digest go: whoever holds the key could otherwise still ask of any identity number
    whether it once applied. The class stays, which the report counts by.
    Raises :class:`PurgeRefused` when the list is another than was confirmed.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")  # what goes is overwritten, not only let go
    listed = purge_list(rules)
    if not listed.applicants and not listed.submissions:
        raise PurgeRefused("没有超过保存期限的申请人身份信息，不需要销毁。")
    if listed.hash != confirmed:
        raise PurgeRefused(
            "清单与您核对的那一份不同（其间有案件变化，或者日期、期限变了）：没有销毁任何内容。"
            "请重新运行 gongkai purge --dry-run，核对后再确认。"
        )
    _destroy(listed, rules)
    _destroy_submissions(listed)
    told = sorted({*listed.cases, *listed.submissions})
    for code, cases in groupby(told, key=itemgetter(0)):
        numbers = [number for _, number in cases]
        payload: dict[str, Plain] = {
            "cases": numbers,
            "count": len(numbers),
            "ended_by": listed.ended_by.isoformat(),
            "list": listed.hash,
        }
        record("identity.purged", stream=code, subject="foi:applicants", payload=payload, by=by)
    transaction.on_commit(_forget_copies)
    return listed


_NOTHING = {"ciphertext": b"", "key_id": "", "alg": ""}


def _destroy(listed: PurgeList, rules: Rules) -> None:
    done = 0
    for uids in _batches(listed.applicants):
        waiting = Applicant.objects.filter(uid__in=uids, purged_on=None)
        done += waiting.update(**_NOTHING, digest="", purged_on=rules.on)
        # Whose opinion was asked in their cases, what it was, and what they claimed goes with them.
        asked = Consultation.objects.filter(case__applicant__uid__in=uids)
        asked.update(**_NOTHING, **{f"opinion_{name}": empty for name, empty in _NOTHING.items()})
        # So does who signed for the letters of their cases.
        ServicePaper.objects.filter(attempt__case__applicant__uid__in=uids).update(**_NOTHING)
        claimed = Dispute.objects.filter(case__applicant__uid__in=uids)
        claimed.update(asked=b"", asked_key="", asked_alg="")
        # So do the letters, which name them, and what they were given: numbers and hashes stay.
        for model in (IssuedLetter, Enclosure):
            model._default_manager.filter(case__applicant__uid__in=uids).update(**_NOTHING)
        # So does what units gave back for them.
        ReturnedFile.objects.filter(assignment__case__applicant__uid__in=uids).update(**_NOTHING)
        # So does by what their requests are found among others.
        forget(Case.objects.filter(applicant__uid__in=uids).values_list("pk", flat=True))
    # These rows are now ours: a request of one of them that came in before is seen here, a later one
    # waits and finds nobody known.
    if done != len(listed.applicants) or _still_needed(listed):
        raise PurgeRefused("名单里有人刚刚又提出了申请：没有销毁任何内容。请重新列出清单。")


def _destroy_submissions(listed: PurgeList) -> None:
    """Empty what never became a request, and the files of what did."""
    done = left_over(listed.ended_by).update(
        **dict.fromkeys(("content", "identity"), b""),
        **dict.fromkeys(("content_key", "content_alg", "identity_key", "identity_alg"), ""),
        digest="",
    )
    if done != len(listed.submissions):
        raise PurgeRefused("清单里的收件刚刚有变化：没有销毁任何内容。请重新列出清单。")
    gone = Q(submission__case__applicant__purged_on__isnull=False)
    gone |= Q(submission__case=None, submission__identity=b"")
    files = SubmissionFile.objects.filter(gone).exclude(ciphertext=b"")
    files.update(ciphertext=b"", key_id="", alg="")


def _still_needed(listed: PurgeList) -> bool:
    cases: set[tuple[str, str]] = set()
    for uids in _batches(listed.applicants):
        mine = Case.objects.filter(applicant__uid__in=uids)
        cases.update(mine.values_list("agency__code", "number"))
    return cases != set(listed.cases)


def _batches(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(uids), _BATCH):
        yield uids[at : at + _BATCH]


def _forget_copies() -> None:
    """Empty SQLite's log of changes, in which the old pages still lie."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
