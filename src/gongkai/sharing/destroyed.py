"""What is destroyed by law is forgotten here too: the text as it was when it was sent in."""

from __future__ import annotations

from gongkai.audit.subscribers import Told
from gongkai.documents.queries import destroyed_document
from gongkai.sharing.actions import forget_offers


def follow_destruction(told: Told) -> None:
    """Forget the copies kept here, in the transaction that destroys the document."""
    document = destroyed_document(told)
    if document is not None:
        forget_offers(document)
