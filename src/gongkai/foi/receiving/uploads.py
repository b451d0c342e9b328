"""One uploaded file as it is let in, for the steps of a case."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongkai.foi.actions import CaseRefused
from gongkai.foi.receiving.files import Inspected, inspect
from gongkai.foi.receiving.refusal import SubmissionRefused


def inspected(sent: UploadedFile[bytes] | None) -> Inspected | None:
    """Return an uploaded file as it is let in, None for none. Raises :class:`CaseRefused`."""
    if sent is None:
        return None
    try:
        pairs = [(sent.name or "", sent.read())]
        return inspect(pairs, most_files=1, most_bytes=settings.APPLY_MOST_BYTES)[0]
    except SubmissionRefused as refused:
        raise CaseRefused(str(refused)) from refused
