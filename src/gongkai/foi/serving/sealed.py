"""The sealed papers of service: the scan of a slip, the names on it. Whoever opens one logs the look."""

from __future__ import annotations

from gongkai.foi.serving.models import ServicePaper
from gongkai.vault import cipher
from gongkai.vault.cipher import Sealed
from gongkai.vault.columns import declare

PAPER = "foi.service.paper"
_FILES_AT_ONCE = 4


def seal_paper(paper: ServicePaper, name: str, data: bytes) -> None:
    """Put *data* into an unsaved *paper*, its name sealed with it: names of files name people."""
    sealed = cipher.conceal(name.encode() + b"\0" + data, purpose=PAPER, bound=_bound(paper))
    paper.ciphertext, paper.key_id, paper.alg = sealed.ciphertext, sealed.key_id, sealed.alg


def open_paper(paper: ServicePaper) -> tuple[str, bytes]:
    """Return name and bytes. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
    stored = Sealed(bytes(paper.ciphertext), paper.key_id, paper.alg)
    plain = cipher.reveal(stored, purpose=PAPER, bound=_bound(paper))
    name, _, data = plain.partition(b"\0")
    return name.decode(), data


def _bound(paper: ServicePaper) -> bytes:
    return paper.uid.bytes


declare("foi.ServicePaper", purpose=PAPER, bound=_bound, at_once=_FILES_AT_ONCE)
