"""The intermediate that every reader produces, and what a reading yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.annualreport.checking.finding import Finding
from gongkai.annualreport.model import Report
from gongkai.annualreport.printed import PrintedForm


@dataclass(frozen=True)
class Line:
    """A paragraph (one cell) or a table row (its cells, merged ones flattened to blanks)."""

    cells: tuple[str, ...]
    table: bool

    @property
    def text(self) -> str:
        """The line as one piece of text."""
        return "\t".join(self.cells).strip()


@dataclass(frozen=True)
class Page:
    """A document as lines in reading order, whatever file it came from.

    `hints` are what the file says about itself outside its text, under the keys "title",
    "published_on" (as printed) and "issuer". `notes` are sentences for the clerk about what
    could not be taken from the file. `twin` are the bytes of the report that the file carries
    inside itself as data.
    """

    lines: tuple[Line, ...]
    hints: Mapping[str, str] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()
    twin: bytes | None = None

    @property
    def rows(self) -> tuple[Line, ...]:
        """The table rows only."""
        return tuple(line for line in self.lines if line.table)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came out of a source: a report with the doubts met on the way, or the reason why not."""

    source: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    printed: PrintedForm | None = None
