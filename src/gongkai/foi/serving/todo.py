"""Letters to send, to ask after, to send again."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.foi.handling.models import ReplyDraft
from gongkai.foi.models import State
from gongkai.foi.serving.models import FAILURES, Result, ServiceAttempt, What

SEND_WITHIN = "service.send_within"
RESULT_WITHIN = "service.result_within"


def unsent(agencies: QuerySet[Agency]) -> QuerySet[ReplyDraft]:
    """Return the signed replies of which no attempt to serve them is on file.

    Decisions entered from an old register have no draft here, and nothing waits for them.
    """
    tried = ServiceAttempt.objects.filter(case=OuterRef("case"), what=What.DECISION)
    signed = ReplyDraft.objects.filter(state=ReplyDraft.State.SIGNED, case__state=State.DECIDED)
    return signed.filter(~Exists(tried), case__agency__in=agencies)


def on_their_way(agencies: QuerySet[Agency]) -> QuerySet[ServiceAttempt]:
    """Return what was sent and has no result. Of a case that is served, nothing is waited for any more."""
    waiting = ServiceAttempt.objects.filter(result=Result.WAITING, case__agency__in=agencies)
    return waiting.exclude(case__state=State.SERVED)


def to_send_again(agencies: QuerySet[Agency]) -> QuerySet[ServiceAttempt]:
    """Return what came to nothing and was not tried again, of cases it still matters to."""
    later = ServiceAttempt.objects.filter(
        case=OuterRef("case"), what=OuterRef("what"), pk__gt=OuterRef("pk")
    )
    matters = Q(what=What.DECISION, case__state=State.DECIDED)
    matters |= ~Q(what=What.DECISION) & Q(case__decided_on=None)
    failed = ServiceAttempt.objects.filter(matters, result__in=FAILURES)
    return failed.filter(~Exists(later), case__agency__in=agencies)
