"""What a spreadsheet program makes of a cell: text that looks like a formula is none of ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""With these a spreadsheet takes a cell for a formula."""
MARK = "\ufeff"
"""Without it Excel takes the file for one in the machine's own encoding."""


def plain_cell(text: str) -> str:
    """Return *text* so that no spreadsheet calculates it: an apostrophe says that it is text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield *lines* as the pieces of such a file, one at a time: for tables too long to be held."""
    text = io.StringIO()
    rows = csv.writer(text)
    text.write(MARK)
    for line in lines:
        rows.writerow([plain_cell(cell) for cell in line])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """Return *lines* as a CSV file (RFC 4180, UTF-8 with its mark) that is safe to open."""
    return b"".join(csv_lines(lines)) or MARK.encode()
