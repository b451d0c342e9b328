"""Who asked, encrypted at rest. The keyed digest tells the same applicant without reading anything."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongkai.foi.models import Applicant
from gongkai.text.canonical import canonical_bytes, from_canonical

ALGORITHM = "AES-256-GCM"
KEY_ID = "1"
_NONCE = 12


@dataclass(frozen=True)
class Identity:
    """What Art 29 asks of an applicant: name, proof of identity, how to reach them."""

    name: str
    document_no: str
    contact: str


def conceal(identity: Identity, klass: str) -> Applicant:
    """Return an unsaved applicant whose identity only the holder of the key can read."""
    nonce = os.urandom(_NONCE)
    plain = canonical_bytes(
        {"name": identity.name, "document_no": identity.document_no, "contact": identity.contact}
    )
    sealed = AESGCM(_key("encrypt")).encrypt(nonce, plain, klass.encode())
    return Applicant(
        klass=klass,
        ciphertext=nonce + sealed,
        key_id=KEY_ID,
        alg=ALGORITHM,
        digest=digest(identity, klass),
    )


def reveal(applicant: Applicant) -> Identity:
    """Return the identity. Whoever calls this logs the look.

    Raises ``cryptography.exceptions.InvalidTag`` when the bytes or the class were changed.
    """
    stored = bytes(applicant.ciphertext)
    plain = AESGCM(_key("encrypt")).decrypt(
        stored[:_NONCE], stored[_NONCE:], applicant.klass.encode()
    )
    fields = from_canonical(plain)
    assert isinstance(fields, dict)  # noqa: S101  # authenticated bytes we wrote as an object
    return Identity(**{key: str(value) for key, value in fields.items()})


def digest(identity: Identity, klass: str) -> str:
    """Return the keyed digest of the identity document: equal for the same applicant only."""
    normal = identity.document_no.strip().upper()
    return hmac.new(_key("digest"), f"{klass}:{normal}".encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return hmac.new(settings.IDENTITY_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
