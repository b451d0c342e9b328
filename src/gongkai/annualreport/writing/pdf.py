"""A report as PDF, laid out as an official document, its JSON twin attached."""

from __future__ import annotations

from gongkai.annualreport.model import Report
from gongkai.annualreport.writing.document import official_document
from gongkai.paper.pdf import render_pdf


def write_pdf(report: Report) -> bytes:
    """Return the report as tagged PDF; the twin is the attachment `annual-report.json`.

    Raises `gongkai.paper.fallback.GlyphMissingError` when a character cannot be printed.
    """
    return render_pdf(official_document(report))
