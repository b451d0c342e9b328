"""All that is a publication's own, of several kinds, from one reading: publishing waits for these pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import Frame
from gongkai.portal.filed.item import item_file, item_page, item_twin, publication_seal
from gongkai.portal.filed.reading import Reading


def render_own(pages: Sequence[tuple[str, str]]) -> Iterator[bytes | None]:
    """The bytes of *pages* (kind and key), each as its kind renders it by itself."""
    frame = Frame.of_today()
    reading = Reading.of({_DOCUMENT[kind](key) for kind, key in pages})
    for kind, key in pages:
        yield _RENDER[kind](frame, reading, key)


def _item(frame: Frame, reading: Reading, key: str) -> bytes | None:
    item = reading.item(key)
    return None if item is None else item_page(frame, key, item)


def _twin(frame: Frame, reading: Reading, key: str) -> bytes | None:
    item = reading.item(key)
    return None if item is None else item_twin(key, item)


def _file(frame: Frame, reading: Reading, key: str) -> bytes | None:
    item_key, name = addresses.file_of(key)
    item = reading.item(item_key)
    return None if item is None else item_file(item, name)


def _seal(frame: Frame, reading: Reading, key: str) -> bytes | None:
    url_key, _, n = key.partition("/")
    publication = reading.edition(url_key, int(n))
    return None if publication is None else publication_seal(publication)


_RENDER: Mapping[str, Callable[[Frame, Reading, str], bytes | None]] = {
    "item": _item,
    "twin": _twin,
    "file": _file,
    "seal": _seal,
}


def _in_item(key: str) -> str:
    return key.split("/")[1]


def _in_seal(key: str) -> str:
    return key.split("/")[0]


_DOCUMENT: Mapping[str, Callable[[str], str]] = {
    "item": _in_item,
    "twin": _in_item,
    "file": _in_item,
    "seal": _in_seal,
}
"""The eight characters of the document a key speaks of."""
