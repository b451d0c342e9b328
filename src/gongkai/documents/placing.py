"""In which columns a document appears: what its kind proposes, what its agency may choose."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.columns.queries import columns_of, names_on, open_on
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Disclosure, Document

MOST = 5
"""An item in more columns than these is in none: nobody knows where to look for it."""


def proposed(kind: str) -> tuple[str, ...]:
    """Return the column an item of *kind* is put into unless its author chooses; none where it is not open."""
    wanted = schema_of(kind).columns[:1]
    return tuple(wanted) if open_on(clock.today()).filter(slug__in=wanted).exists() else ()


def offered(agency: Agency, kind: str) -> list[tuple[str, str]]:
    """Return the open columns *agency* may put an item of *kind* into, by address, with their names.

    Those that take this kind from everybody come first, then those the agency answers for (条例第十条).
    """
    today = clock.today()
    for_all = schema_of(kind).columns
    columns = list(open_on(today).filter(slug__in=for_all))
    columns.sort(key=lambda column: for_all.index(column.slug))
    columns += [one for one in columns_of(agency, today) if one.slug not in for_all]
    names = names_on(today, columns)
    return [(column.slug, names.get(column.pk, column.slug)) for column in columns]


def misplaced(columns: Sequence[str], agency: Agency, kind: str) -> list[str]:
    """Return a sentence for everything that is wrong with *columns* as the choice for an item."""
    wrong = []
    if len(set(columns)) < len(columns):
        wrong.append("同一个栏目选了两次，请只留一次。")
    if len(columns) > MOST:
        wrong.append(f"一条信息至多放进 {MOST} 个栏目，现在选了 {len(columns)} 个，请留最要紧的。")
    known = dict(offered(agency, kind)) if columns else {}
    wrong += [
        f"栏目“{slug}”已停用，或者既不由本机关负责、也不接收这一种类的信息（条例第十条）。请另选，"
        "或者请政务公开办移交栏目。"
        for slug in columns
        if slug not in known
    ]
    return wrong


def unplaced(document: Document, columns: Sequence[str]) -> list[str]:
    """Return what *document* lacks, as to its columns, before it can be sent to review."""
    if document.disclosure != Disclosure.PUBLIC:
        return []
    if columns:
        found = open_on(clock.today()).filter(slug__in=columns)
        gone = sorted(set(columns) - set(found.values_list("slug", flat=True)))
        return [f"栏目“{slug}”已停用，请另选。" for slug in gone]
    if not open_on(clock.today()).exists() or not offered(document.agency, document.kind):
        return []  # a county without columns yet has nothing to choose from
    return ["还没有选主栏目：主动公开的信息都要有固定的去处（条例第十二条、第二十三条）。"]
