"""Acts of several people in the same second, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from gongkai.documents.refusal import DocumentRefused
from gongkai.foi.actions import CaseRefused
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.publication.errors import PublicationRefused
from gongkai.review.refusal import ReviewRefused

REFUSED = (CaseRefused, DocumentRefused, PublicationRefused, ReviewRefused, SubmissionRefused)
DONE = "done"


def at_once(*acts: Callable[[], object], told: bool = False) -> list[str]:
    """Do *acts* at the same moment; return how each ended: by the name of its refusal, or in its words if *told*."""
    start = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except REFUSED as refused:
            return str(refused) if told else type(refused).__name__
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return sorted(pool.map(one, acts))
