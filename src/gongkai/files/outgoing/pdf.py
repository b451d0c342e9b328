"""A PDF: what is drawn and not seen, what hangs on it, what it was before."""

from __future__ import annotations

import importlib
import io
from typing import Any

from gongkai.files.outgoing.concern import Found
from gongkai.files.outgoing.pdf_pages import examine_pages
from gongkai.files.outgoing.pdf_revisions import examine_revisions
from gongkai.files.outgoing.pdf_structure import examine_structure
from gongkai.files.refusal import UnreadableError

_BROKEN = "PDF 已损坏或不完整；请从原文件重新生成 PDF 再检查。"
_LOCKED = "PDF 设了打开密码，收到的人也打不开；请取消密码，重新保存后再检查。"

_HOSTILE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError)
"""What objects of an unexpected kind lead to."""


def examine_pdf(data: bytes, found: Found) -> None:
    """Note what a PDF holds. Raises `UnreadableError` when it is broken, locked or beyond reason."""
    pikepdf = importlib.import_module("pikepdf")
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            examine_structure(document, found)
    except pikepdf.PasswordError as error:
        raise UnreadableError(_LOCKED) from error
    except (pikepdf.PdfError, *_HOSTILE) as error:
        raise UnreadableError(_BROKEN) from error
    texts = _drawn(data, found)
    examine_revisions(data, texts, found)


def _drawn(data: bytes, found: Found) -> list[str]:
    pdfium: Any = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
        try:
            document.init_forms()  # so that filled fields are drawn
            return examine_pages(document, found)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise UnreadableError(_BROKEN) from error
