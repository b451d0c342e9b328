"""A report as DOCX, laid out as an official document, its JSON twin inside."""

from __future__ import annotations

from gongkai.annualreport.model import Report
from gongkai.annualreport.writing.document import official_document
from gongkai.paper.word import render_docx


def write_docx(report: Report) -> bytes:
    """Return the report as a Word document; the twin is the part `/gongkai/annual-report.json`."""
    return render_docx(official_document(report))
