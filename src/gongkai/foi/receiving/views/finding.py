"""Finding what an address names. Another agency's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.access import require
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.foi.receiving.models import Submission, SubmissionFile
from gongkai.foi.receiving.rules import READS, RECEIVES, may_read, may_receive

REFUSED = 409


def readable_or_404(standing: Standing, number: str) -> Submission:
    """Return a submission one may read. Of one's own agency, others learn that it is not their task."""
    found = Submission.objects.select_related("agency", "case__applicant")
    row = found.filter(number=number).first()
    # The office's officers take in for the county government as well, which is not their agency.
    if row is None or not (may_read(standing, row.agency) or _sees(standing, row)):
        raise Http404(number)
    require(may_read(standing, row.agency), READS)
    return row


def _sees(standing: Standing, row: Submission) -> bool:
    return visible_to(standing).filter(pk=row.agency_id).exists()


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
