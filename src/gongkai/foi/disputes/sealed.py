"""The sealed column of disputes: what the applicant claims."""

from __future__ import annotations

from gongkai.foi.models import Dispute
from gongkai.vault import cipher
from gongkai.vault.cipher import Sealed
from gongkai.vault.columns import declare

ASKED = "foi.dispute.asked"


def seal_asked(dispute: Dispute, text: str) -> None:
    """Put what is claimed into an unsaved *dispute*; nothing stays nothing."""
    if text:
        sealed = cipher.conceal(text.encode(), purpose=ASKED, bound=_bound(dispute))
        dispute.asked, dispute.asked_key = sealed.ciphertext, sealed.key_id
        dispute.asked_alg = sealed.alg


def asked_in(dispute: Dispute) -> str:
    """Return what is claimed; empty where nothing is kept.

    Raises :class:`~gongkai.vault.cipher.Unreadable`.
    """
    if not dispute.asked:
        return ""
    stored = Sealed(bytes(dispute.asked), dispute.asked_key, dispute.asked_alg)
    return cipher.reveal(stored, purpose=ASKED, bound=_bound(dispute)).decode()


def _bound(dispute: Dispute) -> bytes:
    return str(dispute.uid).encode()


declare(
    "foi.Dispute",
    purpose=ASKED,
    ciphertext="asked",
    key_id="asked_key",
    alg="asked_alg",
    bound="uid",
)
