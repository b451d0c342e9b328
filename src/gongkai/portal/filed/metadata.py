"""The statutory meta tags of a page (国办发〔2017〕47号附件): every filed page takes them from here."""

from __future__ import annotations

from gongkai.audit import clock
from gongkai.portal.filed.reading import Item

_DESCRIPTION = 120
"""Characters of the text that a description repeats."""


def item_metadata(item: Item, where: str) -> list[tuple[str, str]]:
    """Return name and content of an item's tags. What was withdrawn keeps none of its words."""
    kind = item.publication.document.get_kind_display()
    tags = [*column_metadata(kind)]
    if item.is_live:
        tags += [
            ("ArticleTitle", item.publication.edition.title),
            (
                "PubDate",
                clock.in_shanghai(item.publication.published_at).strftime("%Y-%m-%d %H:%M"),
            ),
            ("ContentSource", item.source),
            ("Keywords", kind),
            ("Author", item.agency),
            ("Description", item.words[:_DESCRIPTION]),
        ]
    return [*tags, ("Url", where)]


def column_metadata(name: str, description: str = "") -> list[tuple[str, str]]:
    """Return the tags of the column *name*; the frame adds the site's own."""
    tags = [("ColumnName", name), ("ColumnType", "政府信息公开")]
    if description:
        tags += [("ColumnDescription", description), ("ColumnKeywords", name)]
    return tags
