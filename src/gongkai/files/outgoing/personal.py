"""Personal data in any text of a file: spaced out, broken by what cannot be seen, typed in wide digits."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from gongkai.text.credit_code import check_character
from gongkai.text.masking import Kind, masked
from gongkai.text.personal_data import Span, find_personal_data
from gongkai.text.personal_hints import find_hints

_WORTH_LOOKING = re.compile(r"[0-9０-９@]")
_SHORTEST = 7
"""Places of a number plate."""
_UNSEEN = dict.fromkeys(
    (
        *(0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0xFEFF, 0xFFFE),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F)),
        *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE10)),
    )
)
_SPACED = re.compile(
    r"(?<![0-9０-９])(?:[0-9０-９][\s·_-]{1,3}){10,}[0-9０-９XxＸｘ](?![0-9０-９])"
)
_BROKEN = re.compile(r"(?<=[0-9０-９])[ \t]*\r?\n[ \t]*(?=[0-9０-９XxＸｘ])")
_BETWEEN = re.compile(r"[\s·_-]+")
_CODE = re.compile(
    r"(?<![0-9A-Z])(?:1[1239]|5[1239]|9[123]|[AN][0-9]|Y1)[0-9A-HJ-NPQRTUWXY]{16}(?![0-9A-Z])"
)
"""A unified credit code by its first two places (GB 32100, table 1): no bank card begins like one."""
_CHECKED = frozenset({Kind.ID_NUMBER, Kind.BANK_CARD})
"""Kinds with a check digit: a number put together over the end of a line is believed only of these."""


def find_personal(text: str) -> list[tuple[Kind, str]]:
    """Return kind and masked form of the personal data in *text*, each once.

    A unified credit code (GB 32100) is a body's and not a person's: what stands inside one is left alone.
    """
    if (len(text) < _SHORTEST and "@" not in text) or not _WORTH_LOOKING.search(text):
        return []
    found: dict[tuple[Kind, str], None] = {}
    for variant, kinds in _variants(text):
        for span in _spans(variant):
            if kinds is None or span.kind in kinds:
                found[span.kind, masked(variant[span.start : span.end], span.kind)] = None
    return list(found)


def with_everything_masked(text: str) -> str:
    """Return *text* with all personal data in it masked."""
    pieces, at = [], 0
    for span in sorted(_spans(text), key=lambda one: (one.start, -one.end)):
        if span.start >= at:
            pieces += [text[at : span.start], masked(text[span.start : span.end], span.kind)]
            at = span.end
    return "".join([*pieces, text[at:]])


def in_single_places(cells: Sequence[str]) -> str:
    """Return what a row of a form says whose boxes take one character each, or an empty text."""
    return _joined([cell.strip() for cell in cells])


def _joined(cells: Sequence[str]) -> str:
    runs = "".join(cell if len(cell) == 1 else " " * bool(cell) for cell in cells)
    return runs if len(runs.replace(" ", "")) > 10 else ""


def _variants(text: str) -> Iterator[tuple[str, frozenset[Kind] | None]]:
    yield text, None
    if not text.isascii() and (seen := text.translate(_UNSEEN)) != text:
        yield seen, None
    if _SPACED.search(text):
        yield _SPACED.sub(lambda match: _BETWEEN.sub("", match[0]), text), None
    if _BROKEN.search(text):
        yield _BROKEN.sub("", text), _CHECKED


def _spans(text: str) -> Iterator[Span]:
    if not _WORTH_LOOKING.search(text):
        return
    spans = [*find_personal_data(text), *find_hints(text)]
    codes = [
        (match.start(), match.end())
        for match in (_CODE.finditer(text) if spans else ())
        if check_character(match[0]) == match[0][-1]
    ]
    for span in spans:
        at = bisect(codes, (span.start, len(text)))
        inside = at > 0 and span.end <= codes[at - 1][1]
        if not inside or _is_whole_id(span):
            yield span


def _is_whole_id(span: Span) -> bool:
    """Eighteen places that pass both checks: taken for a person's, which is the safe side."""
    return span.kind is Kind.ID_NUMBER and span.end - span.start == 18
