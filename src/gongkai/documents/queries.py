"""Reading editions."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.documents.models import Edition
from gongkai.text.canonical import sha256_hex


def altered_editions() -> Iterator[Edition]:
    """Yield editions whose stored bytes no longer match their hash."""
    for edition in Edition.objects.iterator(chunk_size=2_000):
        if sha256_hex(bytes(edition.canonical)) != edition.sha256:
            yield edition
