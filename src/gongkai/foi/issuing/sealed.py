"""Sealing and opening letters, enclosures and the words of a request. Whoever shows them logs the look."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.foi.issuing.models import Enclosure, IssuedLetter, RequestWords
from gongkai.text.canonical import sha256_hex
from gongkai.vault import cipher
from gongkai.vault.cipher import Sealed, Unreadable
from gongkai.vault.columns import declare

LETTER = "foi.letter"
FILE = "foi.enclosure"
WORDS = "foi.request.words"
_LENGTH = 8
_AT_ONCE, _FILES_AT_ONCE = 50, 4


@dataclass(frozen=True)
class Written:
    """A letter as bytes: what was signed, and the same for a word processor."""

    pdf: bytes
    docx: bytes


def seal_letter(letter: IssuedLetter, written: Written) -> None:
    """Put *written* into an unsaved *letter*, with the hashes that say which bytes they are."""
    letter.pdf_sha256, letter.docx_sha256 = sha256_hex(written.pdf), sha256_hex(written.docx)
    plain = len(written.pdf).to_bytes(_LENGTH) + written.pdf + written.docx
    sealed = cipher.conceal(plain, purpose=LETTER, bound=bound(letter))
    letter.ciphertext, letter.key_id, letter.alg = sealed.ciphertext, sealed.key_id, sealed.alg


def open_letter(letter: IssuedLetter) -> Written:
    """Return the bytes that were signed. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
    stored = Sealed(bytes(letter.ciphertext), letter.key_id, letter.alg)
    plain = cipher.reveal(stored, purpose=LETTER, bound=bound(letter))
    length = int.from_bytes(plain[:_LENGTH])
    written = Written(plain[_LENGTH : _LENGTH + length], plain[_LENGTH + length :])
    told = (letter.pdf_sha256, letter.docx_sha256)
    if (sha256_hex(written.pdf), sha256_hex(written.docx)) != told:
        raise Unreadable("文书的内容与签发时的校验值不符，没有给出；请用备份核对。")
    return written


def seal_file(enclosure: Enclosure, name: str, data: bytes) -> None:
    """Put a file into an unsaved *enclosure*: its name is sealed with it, for names of files name people."""
    enclosure.sha256, enclosure.size = sha256_hex(data), len(data)
    sealed = cipher.conceal(name.encode() + b"\0" + data, purpose=FILE, bound=bound(enclosure))
    enclosure.ciphertext = sealed.ciphertext
    enclosure.key_id, enclosure.alg = sealed.key_id, sealed.alg


def open_file(enclosure: Enclosure) -> tuple[str, bytes]:
    """Return name and bytes. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
    stored = Sealed(bytes(enclosure.ciphertext), enclosure.key_id, enclosure.alg)
    plain = cipher.reveal(stored, purpose=FILE, bound=bound(enclosure))
    name, _, data = plain.partition(b"\0")
    if sha256_hex(data) != enclosure.sha256:
        raise Unreadable("附件的内容与放入时的校验值不符，没有给出；请用备份核对。")
    return name.decode(), data


def seal_words(row: RequestWords, words: str) -> None:
    """Put what was asked into *row*."""
    sealed = cipher.conceal(words.encode(), purpose=WORDS, bound=bound(row))
    row.ciphertext, row.key_id, row.alg = sealed.ciphertext, sealed.key_id, sealed.alg


def open_words(row: RequestWords) -> str:
    """Return what was asked. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
    stored = Sealed(bytes(row.ciphertext), row.key_id, row.alg)
    return cipher.reveal(stored, purpose=WORDS, bound=bound(row)).decode()


def bound(row: RequestWords | IssuedLetter | Enclosure) -> bytes:
    """What binds a sealed value to its row."""
    return row.uid.bytes


declare("foi.RequestWords", purpose=WORDS, bound=bound)
declare("foi.IssuedLetter", purpose=LETTER, bound=bound, at_once=_AT_ONCE)
declare("foi.Enclosure", purpose=FILE, bound=bound, at_once=_FILES_AT_ONCE)
