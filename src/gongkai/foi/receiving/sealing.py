"""Sealing and opening what an applicant wrote. Whoever opens who it was, or a file, logs the look."""

from __future__ import annotations

import hashlib
import hmac

from gongkai.audit.identity import new_uid
from gongkai.foi.identity import Identity, digest, from_plain, to_plain
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.models import Submission, SubmissionFile
from gongkai.text.canonical import Plain, canonical_bytes, from_canonical
from gongkai.vault import cipher
from gongkai.vault.cipher import Sealed

CONTENT = "foi.submission.content"
IDENTITY = "foi.submission.identity"
FILE = "foi.submission.file"
_CODE = "code"


def seal_content(submission: Submission, asked: Asked | None, code_hash: str) -> None:
    """Put what is asked into *submission*, and beside it the hash of its query code.

    The hash lies inside the sealed value: it changes its key with it, and nobody without the key can try
    codes against it. *asked* None: only the code stays, of something that was taken back.
    """
    plain: dict[str, Plain] = {**(asked.plain() if asked else {}), _CODE: code_hash}
    sealed = cipher.conceal(canonical_bytes(plain), purpose=CONTENT, bound=bound(submission))
    submission.content = sealed.ciphertext
    submission.content_key, submission.content_alg = sealed.key_id, sealed.alg


def seal_identity(submission: Submission, identity: Identity) -> None:
    """Put who asks into *submission*, with the digest that tells the same applicant; that somebody acts for them is open."""
    sealed = cipher.conceal(to_plain(identity), purpose=IDENTITY, bound=bound(submission))
    submission.identity = sealed.ciphertext
    submission.identity_key, submission.identity_alg = sealed.key_id, sealed.alg
    submission.digest = digest(identity, submission.klass)
    submission.through_agent = bool(identity.agent.strip())


def seal_file(file: SubmissionFile, name: str, data: bytes) -> None:
    """Put a file into *file*: its name is sealed with it, for names of files name people."""
    plain = name.encode() + b"\0" + data
    sealed = cipher.conceal(plain, purpose=FILE, bound=bound_of_file(file))
    file.ciphertext, file.key_id, file.alg = sealed.ciphertext, sealed.key_id, sealed.alg


def open_content(submission: Submission) -> Asked | None:
    """Return what is asked; None where it was taken back or destroyed.

    Raises :class:`~gongkai.vault.cipher.Unreadable`.
    """
    if not submission.content:
        return None
    plain = _content(submission)
    return Asked.read(plain) if "subject" in plain else None


def open_identity(submission: Submission) -> Identity:
    """Return who asks. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
    stored = Sealed(bytes(submission.identity), submission.identity_key, submission.identity_alg)
    return from_plain(cipher.reveal(stored, purpose=IDENTITY, bound=bound(submission)))


def open_file(file: SubmissionFile) -> tuple[str, bytes]:
    """Return name and bytes of *file*. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
    stored = Sealed(bytes(file.ciphertext), file.key_id, file.alg)
    plain = cipher.reveal(stored, purpose=FILE, bound=bound_of_file(file))
    name, _, data = plain.partition(b"\0")
    return name.decode(), data


def code_hash(code: str) -> str:
    """Return what is kept of a query code."""
    return hashlib.sha256(code.encode()).hexdigest()


def code_of(submission: Submission) -> str:
    """Return the kept hash of the query code of *submission*."""
    return str(_content(submission)[_CODE])


def code_matches(submission: Submission | None, code: str) -> bool:
    """Whether *code* is that of *submission*. For None as much is done and the answer is no."""
    known = submission is not None and bool(submission.content)
    kept = code_of(submission if submission is not None and known else _nobody())
    return hmac.compare_digest(kept, code_hash(code)) and known


def bound(submission: Submission) -> bytes:
    """What binds the values of a submission to its row."""
    return submission.uid.bytes


def bound_of_file(file: SubmissionFile) -> bytes:
    """What binds a file to its row."""
    return file.uid.bytes


def digested_again(plain: bytes, submission: Submission) -> str:
    """Return the digest of who asks, opened as *plain*, under the current key."""
    return digest(from_plain(plain), submission.klass)


def _content(submission: Submission) -> dict[str, Plain]:
    stored = Sealed(bytes(submission.content), submission.content_key, submission.content_alg)
    plain = from_canonical(cipher.reveal(stored, purpose=CONTENT, bound=bound(submission)))
    assert isinstance(plain, dict)  # noqa: S101  # authenticated bytes we wrote as an object
    return plain


def _nobody() -> Submission:
    nobody = Submission(uid=new_uid())
    seal_content(nobody, Asked(""), code_hash(""))
    return nobody
