"""Who asked, sealed at rest. The keyed digest tells the same applicant without reading anything.

What opens an identity for a person to see is :func:`gongkai.foi.actions.look_at_identity`, which
records the look; ``reveal`` here is its tool.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from gongkai.foi.models import Applicant
from gongkai.text.canonical import Plain, canonical_bytes, from_canonical
from gongkai.vault import cipher
from gongkai.vault.cipher import Sealed

PURPOSE = "foi.applicant.identity"
_SAME = "foi.applicant.same"


@dataclass(frozen=True)
class Identity:
    """What Art 29 asks of an applicant: name, proof of identity, how to reach them.

    *contact* says it in one line; *phone*, *email* and *address* are its parts where they are known, *address*
    also where a letter goes. *agent*: who acts for the applicant, under a written authority.
    """

    name: str
    document_no: str
    contact: str
    document_kind: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    agent: str = ""
    agent_document_no: str = ""


def conceal(identity: Identity, klass: str) -> Applicant:
    """Return an unsaved applicant whose identity only the holder of the key can read."""
    sealed = cipher.conceal(to_plain(identity), purpose=PURPOSE, bound=klass.encode())
    return Applicant(
        klass=klass,
        ciphertext=sealed.ciphertext,
        key_id=sealed.key_id,
        alg=sealed.alg,
        digest=digest(identity, klass),
    )


def reveal(applicant: Applicant) -> Identity:
    """Return the identity. Whoever calls this logs the look.

    Raises :class:`~gongkai.vault.cipher.Unreadable` when the key is not here, or the bytes or the
    class were changed.
    """
    stored = Sealed(bytes(applicant.ciphertext), applicant.key_id, applicant.alg)
    return from_plain(cipher.reveal(stored, purpose=PURPOSE, bound=applicant.klass.encode()))


def digest(identity: Identity, klass: str) -> str:
    """Return the keyed digest of the identity document: equal for the same applicant only."""
    return cipher.digest(_told_apart_by(identity, klass), purpose=_SAME)


def digests(identity: Identity, klass: str) -> tuple[str, ...]:
    """Return every digest the applicant may be stored under while keys change."""
    return cipher.digests(_told_apart_by(identity, klass), purpose=_SAME)


def digest_again(plain: bytes, applicant: Applicant) -> str:
    """Return the digest of an applicant whose identity was opened as *plain*, under the current key."""
    return digest(from_plain(plain), applicant.klass)


def to_plain(identity: Identity) -> bytes:
    """Return *identity* as the bytes that are sealed; what is not known is left out."""
    parts: dict[str, Plain] = {key: value for key, value in asdict(identity).items() if value}
    return canonical_bytes({"name": "", "document_no": "", "contact": "", **parts})


def from_plain(plain: bytes) -> Identity:
    """Return the identity :func:`to_plain` made *plain* of."""
    fields = from_canonical(plain)
    assert isinstance(fields, dict)  # noqa: S101  # authenticated bytes we wrote as an object
    return Identity(**{key: str(value) for key, value in fields.items()})


def _told_apart_by(identity: Identity, klass: str) -> str:
    return f"{klass}:{identity.document_no.strip().upper()}"
