"""A file of the edition that is under review, for whoever may read the submission."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from gongkai.agencies.access import standing_of
from gongkai.documents import blobs
from gongkai.people.audience import staff
from gongkai.review.views.judging import submission_or_404


@staff
@require_safe
def attached(request: HttpRequest, uid: str, n: int) -> FileResponse:
    """Hand out the file that stands at place *n* of the signed list: a reviewer who is lent reads it here too."""
    row = submission_or_404(standing_of(request), uid)
    files = row.edition.content.attachments
    if not 0 < n <= len(files):
        raise Http404(n)
    file = files[n - 1]
    try:
        content = blobs.path_of(file.sha256).open("rb")
    except FileNotFoundError as lost:
        raise Http404(n) from lost
    return FileResponse(content, as_attachment=True, filename=file.name)
