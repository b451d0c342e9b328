"""Finding what an address names. Another agency's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.access import require
from gongkai.agencies.standing import Standing
from gongkai.foi.receiving.models import Submission, SubmissionFile
from gongkai.foi.receiving.rules import READS, RECEIVES, may_read, may_receive
from gongkai.foi.scope import agencies_seen

REFUSED = 409


def readable_or_404(standing: Standing, number: str) -> Submission:
    """Return a submission one may read. Of one's own agency, others learn that it is not their task."""
    found = Submission.objects.select_related("agency", "case__applicant")
    row = found.filter(agency__in=agencies_seen(standing), number=number).first()
    if row is None:
        raise Http404(number)
    require(may_read(standing, row.agency), READS)
    return row


def received_or_404(standing: Standing, number: str) -> Submission:
    """Return a submission one may take in."""
    row = readable_or_404(standing, number)
    require(may_receive(standing, row.agency), RECEIVES)
    return row


def file_or_404(submission: Submission, uid: UUID) -> SubmissionFile:
    """Return a file of *submission*."""
    row = submission.files.select_related("submission__agency", "submission__case").filter(uid=uid)
    found = row.first()
    if found is None:
        raise Http404(uid)
    return found
