"""Every form a report can be written in; a form's libraries are loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from gongkai.annualreport.model import Report

_HERE = "gongkai.annualreport.writing"


@dataclass(frozen=True)
class Writer:
    """A form of a report: file name ending, media type, and the function that writes it."""

    suffix: str
    media_type: str
    module: str
    function: str

    def load(self) -> Callable[[Report], bytes | str]:
        """Return the function, importing what it needs."""
        found: Callable[[Report], bytes | str] = getattr(import_module(self.module), self.function)
        return found


_OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "html": Writer(".html", "text/html; charset=utf-8", f"{_HERE}.html", "write_html_page"),
        "docx": Writer(
            ".docx", f"{_OFFICE}.wordprocessingml.document", f"{_HERE}.word", "write_docx"
        ),
        "pdf": Writer(".pdf", "application/pdf", f"{_HERE}.pdf", "write_pdf"),
        "xlsx": Writer(".xlsx", f"{_OFFICE}.spreadsheetml.sheet", f"{_HERE}.excel", "write_xlsx"),
        "json": Writer(".json", "application/json", "gongkai.annualreport.model", "to_json"),
        "text": Writer(".txt", "text/plain; charset=utf-8", f"{_HERE}.text", "write_text"),
    }
)


class WriterUnknownError(ValueError):
    """A report cannot be written in the form asked for."""


def write(report: Report, name: str) -> bytes:
    """Return the report in the form `name` of `WRITERS`. Raises `WriterUnknownError`."""
    writer = WRITERS.get(name)
    if writer is None:
        known = "、".join(WRITERS)
        raise WriterUnknownError(f"不能把年报写成“{name}”，可选的是：{known}。")
    made = writer.load()(report)
    return made.encode() if isinstance(made, str) else made
