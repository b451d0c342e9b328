"""What may be wrong with a file that is to leave, and the words for it: `concerns.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from gongkai.files.outgoing.personal import with_everything_masked

_LONGEST = 40
_LONGEST_PLACE = 80
_LONGEST_SENTENCE = 200
_MOST = 30
"""Of one kind: whoever has thirty to mend looks for the rest in the file itself."""
_UNPRINTED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\ud800-\udfff]+"
)


class ConcernKind(StrEnum):
    """What was found. The order is that in which a clerk reads."""

    UNREADABLE = "unreadable"
    CONTAINER = "container"
    NOT_EXAMINED = "not_examined"
    MACRO = "macro"
    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    PLATE = "plate"
    COVERED = "covered"
    UNSEEN_TEXT = "unseen_text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    HIDDEN_LAYER = "hidden_layer"
    TRACKED = "tracked"
    COMMENT = "comment"
    PREVIOUS_VERSION = "previous_version"
    EMBEDDED = "embedded"
    PIVOT_CACHE = "pivot_cache"
    EXTERNAL_LINK = "external_link"
    CONNECTION = "connection"
    STORED_DATA = "stored_data"
    CROPPED = "cropped"
    LOCATION = "location"
    THUMBNAIL = "thumbnail"
    METADATA = "metadata"
    FORM = "form"
    SAVED_AGAIN = "saved_again"
    INNER_ADDRESS = "inner_address"
    PASSPORT = "passport"
    EMAIL = "email"
    LANDLINE = "landline"

    @property
    def label(self) -> str:
        return _ABOUT[self].title

    @property
    def meaning(self) -> str:
        """What it is, in a sentence."""
        return _ABOUT[self].meaning

    @property
    def todo(self) -> str:
        """What to do about it, in a sentence."""
        return _ABOUT[self].todo

    @property
    def blocking(self) -> bool:
        """Whether the file stays in the house until it is mended, or somebody answers for it."""
        return _ABOUT[self].blocking

    @property
    def releasable(self) -> bool:
        """Whether anybody can answer for it at all: nobody can for what nobody looked into."""
        return _ABOUT[self].releasable


@dataclass(frozen=True)
class About:
    """The words of one kind."""

    title: str
    meaning: str
    todo: str
    blocking: bool = True
    releasable: bool = True


@dataclass(frozen=True)
class Concern:
    """Something found: its kind, where in the file, and a few of its words with personal data masked."""

    kind: ConcernKind
    where: str
    excerpt: str = ""

    @property
    def blocking(self) -> bool:
        return self.kind.blocking

    @property
    def todo(self) -> str:
        return self.kind.todo


class Found:
    """Takes concerns up as they are met: each once, thirty of a kind, the rest counted."""

    def __init__(self) -> None:
        self._found: dict[ConcernKind, dict[Concern, None]] = {}
        self._more: dict[ConcernKind, int] = {}

    def add(self, kind: ConcernKind, where: str, words: str = "") -> None:
        """Note a concern. *words* are of the file: they are masked and shortened here."""
        longest = _LONGEST_SENTENCE if kind is ConcernKind.UNREADABLE else _LONGEST
        concern = Concern(kind, shortened(where, _LONGEST_PLACE), shortened(words, longest))
        known = self._found.setdefault(kind, {})
        if len(known) < _MOST:
            known[concern] = None
        elif concern not in known:
            self._more[kind] = self._more.get(kind, 0) + 1

    def __contains__(self, kind: ConcernKind) -> bool:
        return kind in self._found

    def concerns(self) -> tuple[Concern, ...]:
        """Return what was found, kind after kind, in the order it was met."""
        found: list[Concern] = []
        for kind in ConcernKind:
            found += self._found.get(kind, ())
            if more := self._more.get(kind):
                found.append(Concern(kind, f"另外还有 {more} 处"))
        return tuple(found)


def shortened(words: str, longest: int) -> str:
    """Return *words* in one line, with personal data masked, cut where they get long."""
    line = " ".join(_UNPRINTED.sub(" ", words[: 20 * longest]).split())
    masked = with_everything_masked(line)
    return masked if len(masked) <= longest else masked[: longest - 1] + "…"


def _about() -> Mapping[ConcernKind, About]:
    text = (Path(__file__).parent / "concerns.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return {kind: msgspec.convert(rows[kind.value], About) for kind in ConcernKind}


_ABOUT = _about()
