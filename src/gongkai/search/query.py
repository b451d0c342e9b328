"""What a person typed, as words to be contained; or a sentence why it cannot be looked for."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.text.folding import fold

MOST_CHARACTERS = 200
MOST_WORDS = 12


class QueryRefused(Exception):
    """Why nothing was looked for, and what to do, in the visitor's words."""


@dataclass(frozen=True)
class Query:
    """Every one of *words* must be contained; each is given with what counts as the same.

    *whole* is all that was typed, in one form. A query all of whose words have one character looks at
    titles only (*titles_only*).
    """

    whole: str
    words: tuple[tuple[str, ...], ...]

    @property
    def titles_only(self) -> bool:
        return not self.long

    @property
    def long(self) -> tuple[tuple[str, ...], ...]:
        """The words the index knows: of two characters or more."""
        return tuple(word for word in self.words if len(word[0]) > 1)

    @property
    def short(self) -> tuple[str, ...]:
        return tuple(word[0] for word in self.words if len(word[0]) == 1)

    @property
    def every(self) -> tuple[str, ...]:
        """What is marked in a result, the longest first."""
        found = {self.whole, *(one for word in self.words for one in word)}
        return tuple(sorted(found, key=lambda one: (-len(one), one)))


def parse(typed: str) -> Query:
    """Return what to look for; everything is taken literally. Raises :class:`QueryRefused`."""
    if len(typed) > 50 * MOST_CHARACTERS:
        raise _too_long()
    words = [piece for word in typed.split() for piece in fold(word).split()]
    distinct = tuple((word,) for word in dict.fromkeys(words))
    whole = fold(" ".join(words))
    if not distinct:
        raise QueryRefused("没有检索，因为没有输入可以检索的文字。请输入要找的词，例如“农村低保”。")
    if len(whole) > MOST_CHARACTERS or len(distinct) > MOST_WORDS:
        raise _too_long()
    return Query(whole, distinct)


def _too_long() -> QueryRefused:
    return QueryRefused(
        f"没有检索，因为输入的内容太长（最多 {MOST_CHARACTERS} 个字、{MOST_WORDS} 个词）。"
        "请只保留要找的词，词与词之间用空格隔开。"
    )
