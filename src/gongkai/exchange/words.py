"""Words of county registers → keys of the ledger. A word that means several things keeps them all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.agencies.models import Level
from gongkai.annualreport.format import load_format
from gongkai.exchange.layout import fold
from gongkai.foi.models import CLASSES, CaseKind, Dispute
from gongkai.law.outcomes import OUTCOMES, outcomes_in
from gongkai.law.receipt import LABELS
from gongkai.policies.models import EXITS, Category

NOT_COUNTED = Category.OTHER.value
VALID = "valid"
"""What the column 退出方式 says of a document that has not left the stock."""

_FILE = Path(__file__).parent / "words.toml"
_FORMAT = "2021"
_NUMBERING = re.compile(
    r"^\s*[（(]?(?:[一二三四五六七八九十]+|\d{1,2})(?:[）)][、.．]?|[、.．])\s*"
)
_LABELS: Mapping[str, Mapping[str, str]] = {
    "klass": dict(CLASSES),
    "outcome": {code: found.title for code, found in OUTCOMES.items()},
    "channel": {channel.value: label for channel, label in LABELS.items()},
    "case_kind": dict(CaseKind.choices),
    "dispute": dict(Dispute.Kind.choices),
    "result": dict(Dispute.Result.choices),
    "category": dict(Category.choices),
    "exit": {VALID: "现行有效", **{kind.value: str(kind.label) for kind in EXITS}},
    "level": dict(Level.choices),
    "flag": {"yes": "是", "no": "否"},
    "section": {"1": "一", "5": "五", "6": "六", "contact": "联系方式"},
}
_ORDINARY_WORDS = frozenset({"其他", "其它"})


@dataclass(frozen=True)
class Vocabulary:
    """The words of one kind of cell: folded word → keys, and each key's official label."""

    labels: Mapping[str, str]
    keys: Mapping[str, tuple[str, ...]]

    def meanings(self, text: str) -> tuple[str, ...]:
        """Return the keys *text* may stand for: none, one, or several."""
        for spelling in (_NUMBERING.sub("", text), text):
            found = self.keys.get(fold(spelling))
            if found:
                return found
        return ()


def kinds() -> tuple[str, ...]:
    """Return every kind of cell that holds a word of a list."""
    return tuple(_LABELS)


@cache
def vocabulary(kind: str) -> Vocabulary:
    """Return the words of *kind*. Raises ``KeyError`` for a kind that is no list."""
    labels = _LABELS[kind]
    keys: dict[str, tuple[str, ...]] = {}
    for spelling, key in _own_words(kind, labels):
        known = keys.get(spelling, ())
        keys[spelling] = known if key in known else (*known, key)
    if kind == "outcome":
        for spelling, codes in _row_words():
            keys.setdefault(spelling, codes)
    return Vocabulary(labels, keys)


def _own_words(kind: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    met: Mapping[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))[kind]
    for key, label in labels.items():
        yield from ((fold(word), key) for word in (key, label, *met.get(key, ())))


def _row_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the printed rows of table 3, alone and behind the name of their group."""
    for row in load_format(_FORMAT).t3.rows:
        codes = tuple(found.code for found in outcomes_in(row.key))
        if codes:
            for spelling in _row_spellings(row.path[1:], row.also):
                yield fold(spelling), codes
            yield fold(row.key), codes


def _row_spellings(path: tuple[str, ...], also: tuple[str, ...]) -> Iterator[str]:
    bare = [_NUMBERING.sub("", part) for part in path]
    yield from ("".join(bare), "".join(path), path[-1])
    for label in (bare[-1], *(_NUMBERING.sub("", other) for other in also)):
        if label not in _ORDINARY_WORDS:  # 其他 alone is a word of the outcome list
            yield label


@cache
def pending(kind: str) -> frozenset[str]:
    """Return the folded words that say that nothing is decided yet."""
    met: Mapping[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["pending"]
    return frozenset(fold(word) for word in met.get(kind, ()))


def is_numbered(text: str) -> bool:
    """Whether *text* begins like a heading, as in （六）其他处理."""
    return _NUMBERING.match(text) is not None


def group_of_rows(text: str) -> tuple[str, ...]:
    """Return the rows of table 3 in the group called *text* (不予公开, 无法提供 …), or nothing."""
    wanted = fold(_NUMBERING.sub("", text))
    return tuple(
        _NUMBERING.sub("", row.label)
        for row in load_format(_FORMAT).t3.rows
        if len(row.path) > 2 and fold(_NUMBERING.sub("", row.path[1])) == wanted
    )
