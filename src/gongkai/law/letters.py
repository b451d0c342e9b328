"""Every letter of a request: one table of code, occasion, addressee, and what its service does.

Wherever else a letter is named, it is named by what this table calls it. The words of the letters are in
``letters/wording``; which outcome ends in which letter is in ``outcomes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from gongkai.law.errors import OutcomeError
from gongkai.law.packaged import table


class To(StrEnum):
    """Who gets a letter; *ASKED*: whoever an opinion is asked of, *FILE*: it is kept, or comes back signed."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_ORGAN = "other_organ"
    ASKED = "asked"
    FILE = "file"


@dataclass(frozen=True)
class Letter:
    """A document of the template set; *remedy_clause*: it must tell how to complain.

    *when*: the occasion, empty where outcomes are. *served_as*: as what its service is recorded, empty for
    what is not served by itself.
    """

    code: str
    name: str
    title: str
    remedy_clause: bool
    when: str
    to: To
    served_as: str


@dataclass(frozen=True)
class _Table:
    served: Mapping[str, str]
    letter: tuple[Letter, ...]


_TABLE = msgspec.convert(table("letters.toml"), _Table)

LETTERS: Mapping[str, Letter] = {letter.code: letter for letter in _TABLE.letter}
SERVED_AS: Mapping[str, str] = _TABLE.served
"""What follows from the service of each kind of letter, in a sentence."""
_BY_NAME = {letter.name: letter for letter in _TABLE.letter}
ENQUIRIES: Mapping[str, str] = {
    letter.to.value: letter.code for letter in _TABLE.letter if letter.served_as == "enquiry"
}
"""The letter that asks for an opinion, by who is asked."""


def code_of(name: str) -> str:
    """Return the code of the letter called *name*. Raises :class:`OutcomeError` for one the table does not have."""
    found = _BY_NAME.get(name)
    if found is None:
        raise OutcomeError(f"文书表里没有“{name}”这种文书，请对照 letters.toml。")
    return found.code
