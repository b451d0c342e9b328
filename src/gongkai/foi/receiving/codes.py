"""收件编号 and 查询码: what an applicant writes down, and what a form carries so that it is received once."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import salted_hmac

from gongkai.audit import clock

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing in it is taken for another when read out or copied by hand."""
_LENGTH, _HALF = 8, 4
_SALT = "gongkai.foi.receiving"
_STALE = timedelta(days=2)


class StaleForm(Exception):
    """A form that was not made here, or too long ago: what happened and what to do."""


@dataclass(frozen=True)
class Begun:
    """When a form was opened, and the secret by which two sendings of it are known to be one."""

    secret: str
    at: datetime

    @classmethod
    def now(cls) -> Begun:
        return cls(secrets.token_hex(16), clock.now())

    @classmethod
    def read(cls, token: str) -> Begun:
        """Return what :attr:`token` said. Raises :class:`StaleForm`."""
        try:
            said = signing.loads(token[:400], salt=_SALT)
            found = cls(str(said["secret"]), datetime.fromisoformat(said["at"]))
        except (signing.BadSignature, KeyError, TypeError, ValueError) as strange:
            raise StaleForm(_STALE_WORDS) from strange
        if clock.now() - found.at > _STALE:
            raise StaleForm(_STALE_WORDS)
        return found

    @property
    def token(self) -> str:
        """What the form carries: signed, without anything personal."""
        return signing.dumps({"secret": self.secret, "at": self.at.isoformat()}, salt=_SALT)

    @property
    def digest(self) -> str:
        """What the ledger keeps of it: enough to know the form again, not to make its code."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    @property
    def code(self) -> str:
        """The query code of whatever this form sends: the same when it is sent twice by a double click."""
        return _readable(int.from_bytes(salted_hmac(_SALT, self.secret).digest()))


_STALE_WORDS = (
    "这张表打开得太久，或者不是从本站打开的，没有提交。内容还在下面，请核对后再提交一次。"
)


def new_number() -> str:
    """Return a fresh 收件编号. It is drawn, not counted: it tells nobody how many came before."""
    return _readable(secrets.randbits(128))


def typed(text: str) -> str:
    """Return a number or code as it is kept, however it was typed; nonsense stays nonsense."""
    plain = unicodedata.normalize("NFKC", text[:60]).upper()
    letters = "".join(one for one in plain if one in _ALPHABET)
    return _halves(letters) if len(letters) == _LENGTH else ""


def _readable(value: int) -> str:
    letters = ""
    for _ in range(_LENGTH):
        value, place = divmod(value, len(_ALPHABET))
        letters += _ALPHABET[place]
    return _halves(letters)


def _halves(letters: str) -> str:
    return f"{letters[:_HALF]}-{letters[_HALF:]}"
