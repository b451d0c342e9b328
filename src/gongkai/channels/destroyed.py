"""What is destroyed by law is forgotten here too: the words somebody pasted from another channel."""

from __future__ import annotations

from gongkai.audit.subscribers import Told
from gongkai.channels.actions import forget_texts
from gongkai.documents.queries import destroyed_document


def follow_destruction(told: Told) -> None:
    """Forget the copies kept here, in the transaction that destroys the document."""
    document = destroyed_document(told)
    if document is not None:
        forget_texts(document)
