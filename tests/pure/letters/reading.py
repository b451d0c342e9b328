"""What letters say, read back from the files they are printed as."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import import_module
from typing import Any

import docx
from docx.oxml.ns import qn

from gongkai.paper.blocks import Block, Heading, Line, Note, Paragraph, Signature, Table, Title
from gongkai.paper.lettering import printable

pypdfium2: Any = import_module("pypdfium2")  # it carries no types


def squeezed(text: str) -> str:
    return "".join(printable(text).split())


def said(blocks: Iterable[Block]) -> str:
    """Return every word of *blocks* in their order, without white space."""
    return squeezed("".join(text for block in blocks for text in _texts(block)))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Title(lines) | Signature(lines):
            yield from lines
        case Heading(text) | Paragraph(text) | Note(text) | Line(text):
            yield text
        case Table():
            yield from (cell.text for row in block.rows for cell in row.cells)


def pdf_says(data: bytes) -> str:
    """Return the words of a PDF without white space and page numbers.

    The library gives U+FFFE for a hyphen at the end of a line.
    """
    with closing(pypdfium2.PdfDocument(data)) as found:
        pages = [page.get_textpage().get_text_range() for page in found]
    told = ["".join(text.replace("\ufffe", "-").split()) for text in pages]
    return "".join(page.removesuffix(f"—{n}—") for n, page in enumerate(told, 1))


def word_says(data: bytes) -> str:
    """Return the words of a Word file without white space, tables where they stand."""
    body = docx.Document(io.BytesIO(data)).element.body
    return squeezed("".join(node.text or "" for node in body.iter(qn("w:t"))))
