"""What a PDF was before it was changed and saved again: a saved change is written behind, the old stays."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.reported import report_personal

_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]*")
_MOST_READ = 8
_LONGEST_TAIL = 16
"""Bytes behind the end that are padding."""
_HEAD = 1024
_MOST_PAGES = 600
_WORDS = re.compile(r"\w+")


def examine_revisions(data: bytes, texts: Iterable[str], found: Found) -> None:
    """Note earlier states of a file, apart those that said something which is not in *texts* any more."""
    ends = [match.end() for match in _END.finditer(data)]
    tail = data[ends[-1] :].strip(b"\x00\r\n ") if ends else b""
    if len(tail) > _LONGEST_TAIL:
        found.add(ConcernKind.EMBEDDED, "文件末尾", f"后面还有 {len(tail)} 字节")
    earlier = ends[1:-1] if b"/Linearized" in data[:_HEAD] else ends[:-1]
    if not earlier:
        return
    now = _words(texts)
    for n, end in enumerate(earlier[-_MOST_READ:], start=1):
        before = _texts_of(data[:end])
        lost = _words(before) - now
        where = f"第 {n} 次保存时"
        if lost:
            found.add(ConcernKind.PREVIOUS_VERSION, where, " ".join(lost))
            for text in before:
                report_personal(text, where, found)
    if len(earlier) > _MOST_READ:
        found.add(
            ConcernKind.PREVIOUS_VERSION, "更早的保存", f"共存过 {len(ends)} 次，没有全部比对"
        )
    if ConcernKind.PREVIOUS_VERSION not in found:
        found.add(ConcernKind.SAVED_AGAIN, "全文", f"共存过 {len(ends)} 次")


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORDS.findall(text))


def _texts_of(data: bytes) -> list[str]:
    pdfium: Any = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return []
    texts = []
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
    except pdfium.PdfiumError:
        return texts
    finally:
        document.close()
    return texts
