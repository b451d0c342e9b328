"""What a reviewer has not read before: an edition against the one that was sent back, and the last one that went out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.audit import clock
from gongkai.columns.queries import named
from gongkai.documents.comparing import compare
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Edition
from gongkai.review.models import Submission
from gongkai.review.queries import sent_back_before
from gongkai.text.body.comparison import Change, Row
from gongkai.text.body.visible import paragraphs

Former = Callable[[Edition], Edition | None]
_NEAR = 1
"""Unchanged rows shown on each side of a change."""

_former: list[Former] = []


def register(find: Former) -> None:
    """Let the room that publishes say which edition the public knew before a given one."""
    _former[:] = [find]


@dataclass(frozen=True)
class Shown:
    """A row of the comparison with the number of its paragraph in the text; or *skipped* rows that are the same."""

    row: Row | None
    paragraph: int | None = None
    skipped: int = 0


@dataclass(frozen=True)
class Changes:
    """*count* rows differ from the edition *former*; *shown* are those and what stands beside them.

    *known_as*: what became of *former*, before its number (已公开的, 已退回的). *submission*: how it was judged, where that was sent back.
    """

    former: Edition
    known_as: str
    count: int
    shown: Sequence[Shown]
    submission: Submission | None = None


def compared(edition: Edition) -> list[Changes]:
    """Return every comparison a reviewer of *edition* is offered, the one with what was sent back first."""
    return [one for one in (changes_asked_for(edition), changes_of(edition)) if one]


def changes_asked_for(edition: Edition) -> Changes | None:
    """Return what *edition* changes of the one before it that was rejected or taken back, None where none was."""
    sent_back = sent_back_before(edition)
    if sent_back is None:
        return None
    return _changes(edition, sent_back.edition, sent_back.get_state_display(), sent_back)


def changes_of(edition: Edition) -> Changes | None:
    """Return what *edition* changes of the last one that went out, None where none ever did."""
    former = _former[0](edition) if _former else None
    return _changes(edition, former, "已公开") if former else None


def _changes(
    edition: Edition, former: Edition, known_as: str, submission: Submission | None = None
) -> Changes:
    content, schema = edition.content, schema_of(edition.document.kind)
    slugs = {*former.content.columns, *content.columns}
    rows = compare(former.content, content, schema, named(clock.today(), slugs))
    # The title, the fields and the columns stand before the text.
    before = 1 + len(schema.shown(content.fields)) + len(content.columns)
    return Changes(
        former,
        known_as,
        sum(row.change is not Change.SAME for row in rows),
        tuple(_near_changes(rows, before, len(paragraphs(content.text)))),
        submission,
    )


def _near_changes(rows: Sequence[Row], before: int, size: int) -> Iterator[Shown]:
    changed = [n for n, row in enumerate(rows) if row.change is not Change.SAME]
    near = {n + step for n in changed for step in range(-_NEAR, _NEAR + 1)}
    skipped = 0
    for n, row in enumerate(rows):
        if n not in near:
            skipped += 1
            continue
        if skipped:
            yield Shown(None, skipped=skipped)
            skipped = 0
        number = (row.new or 0) - before
        yield Shown(row, number if 0 < number <= size else None)
    if skipped and changed:
        yield Shown(None, skipped=skipped)
