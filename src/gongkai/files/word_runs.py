"""The text of one Word paragraph as it prints: runs, revisions, fields, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = W + "txbxContent"
_LEFT_OUT = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "delText", "instrText", "rt")}
_LEFT_OUT |= {W + name for name in ("sdtPr", "footnoteReference", "endnoteReference")}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def value(element: Any | None) -> str | None:
    """Return the `w:val` of an element, or None."""
    return None if element is None else element.get(W + "val")


def number(element: Any | None, otherwise: int) -> int:
    """Return the `w:val` of an element as a whole number."""
    text = value(element) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def is_on(element: Any | None) -> bool:
    """Tell whether a switch such as `w:vanish` is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off"}


def paragraph_parts(element: Any) -> tuple[list[str], list[Any]]:
    """Return the printed lines of a paragraph and the text boxes anchored in it."""
    boxes: list[Any] = []
    text = "".join(_pieces(element, boxes))
    return text.split("\n"), boxes


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag == _MC + "AlternateContent":
            yield from _alternative(child, boxes)
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _pieces(child, boxes)


def _alternative(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The same content twice, for new and old programs: the first that has text is read."""
    for choice in element:
        found: list[Any] = []
        texts = list(_pieces(choice, found))
        if found or any(texts):
            boxes.extend(found)
            yield from texts
            return


def _is_hidden(run: Any) -> bool:
    return run.tag == W + "r" and is_on(run.find(f"{W}rPr/{W}vanish"))
