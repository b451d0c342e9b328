"""The sealed columns of consultations and of what units gave back."""

from __future__ import annotations

from gongkai.foi.handling.models import Consultation, ReturnedFile
from gongkai.text.canonical import canonical_bytes, from_canonical, sha256_hex
from gongkai.vault import cipher
from gongkai.vault.cipher import Sealed, Unreadable
from gongkai.vault.columns import declare

PARTY = "foi.consultation.party"
OPINION = "foi.consultation.opinion"
RETURNED = "foi.returned.file"
_FILES_AT_ONCE = 4


def seal_party(asked: Consultation, name: str, contact: str) -> None:
    """Put the name and contact of a third party, sealed, into an unsaved *asked*."""
    plain = canonical_bytes({"name": name, "contact": contact})
    sealed = cipher.conceal(plain, purpose=PARTY, bound=_bound(asked))
    asked.ciphertext, asked.key_id, asked.alg = sealed.ciphertext, sealed.key_id, sealed.alg


def party_of(asked: Consultation) -> tuple[str, str]:
    """Return the name and contact of the third party. Whoever shows them has the look recorded."""
    stored = Sealed(bytes(asked.ciphertext), asked.key_id, asked.alg)
    fields = from_canonical(cipher.reveal(stored, purpose=PARTY, bound=_bound(asked)))
    assert isinstance(fields, dict)  # noqa: S101  # authenticated bytes we wrote as an object
    return str(fields["name"]), str(fields["contact"])


def seal_opinion(asked: Consultation, text: str) -> dict[str, bytes | str]:
    """Return the columns that hold the text of an opinion; an answer without words holds none."""
    if not text:
        return {}
    sealed = cipher.conceal(text.encode(), purpose=OPINION, bound=_bound(asked))
    return {
        "opinion_ciphertext": sealed.ciphertext,
        "opinion_key_id": sealed.key_id,
        "opinion_alg": sealed.alg,
    }


def opinion_of(asked: Consultation) -> str:
    """Return the text of an opinion. Whoever shows it has the look recorded."""
    stored = Sealed(bytes(asked.opinion_ciphertext), asked.opinion_key_id, asked.opinion_alg)
    return cipher.reveal(stored, purpose=OPINION, bound=_bound(asked)).decode()


def seal_returned(row: ReturnedFile, name: str, data: bytes) -> None:
    """Put a file into an unsaved *row*: its name is sealed with it, for names of files name people."""
    row.sha256, row.size = sha256_hex(data), len(data)
    sealed = cipher.conceal(name.encode() + b"\0" + data, purpose=RETURNED, bound=_bound(row))
    row.ciphertext, row.key_id, row.alg = sealed.ciphertext, sealed.key_id, sealed.alg


def open_returned(row: ReturnedFile) -> tuple[str, bytes]:
    """Return name and bytes. Whoever shows them has the look recorded."""
    stored = Sealed(bytes(row.ciphertext), row.key_id, row.alg)
    plain = cipher.reveal(stored, purpose=RETURNED, bound=_bound(row))
    name, _, data = plain.partition(b"\0")
    if sha256_hex(data) != row.sha256:
        raise Unreadable("交回的文件与交回时的校验值不符，没有给出；请用备份核对。")
    return name.decode(), data


def _bound(asked: Consultation | ReturnedFile) -> bytes:
    return str(asked.uid).encode()


declare("foi.Consultation", purpose=PARTY, bound="uid")
declare(
    "foi.Consultation",
    purpose=OPINION,
    ciphertext="opinion_ciphertext",
    key_id="opinion_key_id",
    alg="opinion_alg",
    bound="uid",
)
declare("foi.ReturnedFile", purpose=RETURNED, bound="uid", at_once=_FILES_AT_ONCE)
