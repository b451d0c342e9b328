"""One line of text made canonical: white space as a browser shows it, equal neighbours joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.text.body.model import Break, Image, Inline, Words

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_BLANK = re.compile("[\t\n\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]+")
_EDGE = " \n\u3000"
_HAN = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_HAN_SIGN = re.compile(f"[{_HAN}“”‘’…—]")
_WRAPPED = re.compile(f"(?<=[{_HAN}“”‘’…—])\n(?=[{_HAN}“”‘’…—])")


def canonical(inlines: Sequence[Inline]) -> list[Inline]:
    """Return *inlines* as they are shown and stored; an empty list when nothing shows.

    A line break in the source between two Chinese signs is no blank: programs wrap Chinese text
    where they like. The ideographic blank inside a line stays (张　三), at its ends it is padding.
    """
    line = _Line()
    for one in inlines:
        line.add(one)
    return line.finished()


class _Line:
    """Collects; a blank waits until it is known whether something follows it."""

    def __init__(self) -> None:
        self._kept: list[Inline] = []
        self._waiting = ""

    def add(self, one: Inline) -> None:
        if isinstance(one, Words):
            self._words(one)
        elif isinstance(one, Break):
            self._trim_end()
            if self._kept:
                self._kept.append(one)
        else:
            self._settle("")
            self._kept.append(one)

    def finished(self) -> list[Inline]:
        self._trim_end()
        while self._kept and isinstance(self._kept[-1], Break):
            self._kept.pop()
            self._trim_end()
        return self._kept

    def _words(self, one: Words) -> None:
        text = _BLANK.sub(_one_blank, _UNSEEN.sub("", one.text))
        text = _WRAPPED.sub("", text)
        if not self._kept or isinstance(self._kept[-1], Break):
            text = text.lstrip(_EDGE)
        elif text[:1] in (" ", "\n"):
            self._waiting = self._waiting or text[0]
            text = text[1:]
        if not text:
            return
        after = text[-1] if text[-1] in " \n" else ""
        text = text[:-1] if after else text
        if text:
            self._settle(text[0])
            self._append(Words(text.replace("\n", " "), one.marks, one.href))
        self._waiting = self._waiting or after

    def _settle(self, following: str) -> None:
        """Write the waiting blank behind what came before it, unless it is a wrap in Chinese."""
        waiting, self._waiting = self._waiting, ""
        last = self._kept[-1] if self._kept else None
        if not waiting or last is None or isinstance(last, Break):
            return
        if isinstance(last, Image):
            self._kept.append(Words(" "))
        elif waiting == " " or not (_HAN_SIGN.match(following) and _HAN_SIGN.match(last.text[-1])):
            self._kept[-1] = Words(last.text + " ", last.marks, last.href)

    def _append(self, one: Words) -> None:
        last = self._kept[-1] if self._kept else None
        if isinstance(last, Words) and (last.marks, last.href) == (one.marks, one.href):
            self._kept[-1] = Words(last.text + one.text, one.marks, one.href)
        else:
            self._kept.append(one)

    def _trim_end(self) -> None:
        self._waiting = ""
        while self._kept and isinstance(last := self._kept[-1], Words):
            text = last.text.rstrip(_EDGE)
            self._kept.pop()
            if text:
                self._kept.append(Words(text, last.marks, last.href))
                return


def _one_blank(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] or "\r" in found[0] else " "
