"""Files in memory. Office packages tell when they were packed; the same document shall not."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

_ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)
UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""What the properties of a document without a date say, because Office wants a date there."""

Edit = Callable[[str, bytes], bytes]


def written(save: Callable[[io.BytesIO], object]) -> bytes:
    """Return what a library's `save` writes into a file."""
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def repacked(data: bytes, edit: Edit | None = None) -> bytes:
    """Return the package with the time of packing removed; `edit(name, bytes)` may change a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            told = zipfile.ZipInfo(entry.filename, _ZIP_BEGINS)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, edit(entry.filename, part) if edit else part)
    return out.getvalue()


def moment(day: dt.date | None) -> dt.datetime:
    """The moment that the properties of a document of `day` state."""
    return UNDATED if day is None else dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
