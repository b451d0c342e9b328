"""Letters to send, to ask after, to send again."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.foi.handling.models import Consultation, ReplyDraft
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import State
from gongkai.foi.serving.models import FAILURES, Result, ServiceAttempt, What
from gongkai.law.letters import LETTERS

SEND_WITHIN = "service.send_within"
RESULT_WITHIN = "service.result_within"
_UNPROVED = Q(received_on=None, answered_on=None, silent_on=None)


def _served_as(what: What) -> list[str]:
    return [code for code, letter in LETTERS.items() if letter.served_as == what]


def unsent(agencies: QuerySet[Agency]) -> QuerySet[ReplyDraft]:
    """Return the signed replies of which no attempt to serve them is on file.

    Decisions entered from an old register have no draft here, and nothing waits for them.
    """
    tried = ServiceAttempt.objects.filter(case=OuterRef("case"), what=What.DECISION)
    signed = ReplyDraft.objects.filter(state=ReplyDraft.State.SIGNED, case__state=State.DECIDED)
    return signed.filter(~Exists(tried), case__agency__in=agencies)


def unsent_to_others(agencies: QuerySet[Agency]) -> QuerySet[IssuedLetter]:
    """Return the letters to whoever is asked that were written and not sent, while it still matters."""
    tried = ServiceAttempt.objects.filter(letter=OuterRef("pk"))
    waits = Consultation.objects.filter(_UNPROVED, uid=OuterRef("subject_uid"))
    enquiries = Q(code__in=_served_as(What.ENQUIRY), case__decided_on=None) & Exists(waits)
    overriding = Q(code__in=_served_as(What.OVERRIDING))
    written = IssuedLetter.objects.filter(enquiries | overriding, case__agency__in=agencies)
    return written.filter(~Exists(tried), to_applicant=False)


def on_their_way(agencies: QuerySet[Agency]) -> QuerySet[ServiceAttempt]:
    """Return what was sent and has no result. Once the answer is served, what goes to others alone."""
    waiting = ServiceAttempt.objects.filter(result=Result.WAITING, case__agency__in=agencies)
    return waiting.exclude(case__state=State.SERVED, asked=None)


def to_send_again(agencies: QuerySet[Agency]) -> QuerySet[ServiceAttempt]:
    """Return what came to nothing and was not tried again, of cases it still matters to."""
    # What goes to others says to whom, what goes to the applicant does not: of one kind all do or none.
    same = Q(asked=None) | Q(asked=OuterRef("asked"))
    later = ServiceAttempt.objects.filter(
        same, case=OuterRef("case"), what=OuterRef("what"), pk__gt=OuterRef("pk")
    )
    matters = Q(what=What.DECISION, case__state=State.DECIDED) | Q(what=What.OVERRIDING)
    matters |= Q(asked=None, case__decided_on=None) & ~Q(what=What.DECISION)
    matters |= Q(
        what=What.ENQUIRY,
        case__decided_on=None,
        asked__received_on=None,
        asked__answered_on=None,
        asked__silent_on=None,
    )
    failed = ServiceAttempt.objects.filter(matters, result__in=FAILURES)
    return failed.filter(~Exists(later), case__agency__in=agencies)
