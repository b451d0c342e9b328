"""How alike two pieces of Chinese prose are, counted in pairs of neighbouring characters (bigrams).

Two measures are used. *Likeness* (Dice) asks whether two sentences are the same sentence: numbers,
years, blanks, punctuation and the bodies' own names are set aside first, so that last year's
sentence with this year's figures counts as the same. *Coverage* asks whether a sentence speaks of a
matter: the share of the matter's own bigrams found in it, once the words that every report uses
(加强, 进一步, 政府信息公开工作) are gone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.wording import fold

_FILE = Path(__file__).parent / "wording.toml"
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_NUMBERS = re.compile(r"\d+|百分之")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]?[^，,：:\d]{0,16}")
_REGION = re.compile(r"^(?P<region>.+?(?:省|市|州|盟|县|区|旗|镇|乡|街道))(?P<rest>.*)$")


@dataclass(frozen=True)
class Match:
    """A sentence and how much it is the one looked for, from 0 to 1."""

    sentence: str
    score: float


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text without its headings; a semicolon and a line end also end one."""
    found = (part.strip() for part in _SENTENCE.findall(text))
    return tuple(part for part in found if part and not _HEADING.fullmatch(part))


def own_names(issuer: str) -> tuple[str, ...]:
    """The names a body goes by in its report, longest first: its name and the regions in it."""
    names, rest = [issuer], issuer
    while found := _REGION.match(rest):
        names += [found["region"], found["rest"]]
        rest = found["rest"]
    told = dict.fromkeys(name for name in names if len(name) > 1)
    return tuple(sorted(told, key=len, reverse=True))


@lru_cache(maxsize=16384)
def wording(sentence: str, names: tuple[str, ...] = ()) -> str:
    """A sentence as bare wording: no numbers, blanks, punctuation, nor the bodies' own names."""
    for name in names:
        sentence = sentence.replace(name, "")
    return _NUMBERS.sub("", fold(sentence))


@lru_cache(maxsize=16384)
def bigrams(text: str) -> frozenset[str]:
    """Every two neighbouring characters."""
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def likeness(one: str, other: str) -> float:
    """Dice coefficient of two wordings: 1 when they have the same bigrams, 0 when none in common."""
    first, second = bigrams(one), bigrams(other)
    if not first or not second:
        return float(one == other and bool(one))
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=16384)
def matter(sentence: str, names: tuple[str, ...] = ()) -> frozenset[str]:
    """The bigrams of what a sentence is about: no numbers, no names, no words of every report."""
    for name in names:
        sentence = sentence.replace(name, " ")
    chunks = re.split(_everyday(), _NUMBERS.sub(" ", sentence))
    found = (bigrams(fold(chunk)) for chunk in chunks)
    return frozenset(pair for pairs in found for pair in pairs)


def coverage(wanted: str, sentence: str, names: tuple[str, ...] = ()) -> float:
    """The share of what `wanted` is about that `sentence` speaks of, from 0 to 1.

    Only its first clause has to be taken up: what follows the first comma is how, not what. A
    clause that says too little by itself counts with the whole.
    """
    said, whole = matter(sentence, names), matter(wanted, names)
    head = matter(re.split("[，,：]", wanted)[0], names)
    enough = len(head) >= int(threshold("follow_up", "words"))
    return max((_share(one, said) for one in ((head, whole) if enough else (whole,))), default=0.0)


def _share(wanted: frozenset[str], said: frozenset[str]) -> float:
    return len(wanted & said) / len(wanted) if wanted else 0.0


def nearest(wanted: str, among: Iterable[str], names: tuple[str, ...] = ()) -> Match | None:
    """The sentence that speaks most of what `wanted` is about; None when nothing does."""
    found = (Match(one, coverage(wanted, one, names)) for one in among if not is_required(one))
    best = max(found, key=_score, default=None)
    return best if best is not None and best.score > 0 else None


def is_required(sentence: str) -> bool:
    """Whether a sentence is of the kind the format itself asks for, the same every year."""
    return bool(_required().search(fold(sentence)))


def _score(match: Match) -> float:
    return match.score


@lru_cache
def _everyday() -> re.Pattern[str]:
    words = sorted(_words()["everyday"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + r"|[，、：:,（）()“”‘’《》〈〉\s]")


@lru_cache
def _required() -> re.Pattern[str]:
    return re.compile("|".join(_words()["required"]))


@lru_cache
def _words() -> dict[str, list[str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
