"""The FTS5 tables of an audience on SQLite, and how what an entry is filtered by is spelt in them."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.search.labels import Label
from gongkai.search.places import Tables


def create_indexes(tables: Tables) -> tuple[str, str]:
    """Return the statements that create them: one of whole entries, one of their titles alone.

    The second is a hundredth of the first: what is in a title is found without walking through all texts that say it.
    Without content (the rows beside them have it), with places (a phrase is the text itself). ``ascii`` parts at what
    is neither letter nor digit and folds capitals: in our words there is nothing of either.
    """
    return (
        f"CREATE VIRTUAL TABLE {tables.index} USING fts5(title, text, facets, content='', tokenize='ascii')",
        f"CREATE VIRTUAL TABLE {tables.titles} USING fts5(title, facets, content='', tokenize='ascii')",
    )


def facet(label: Label) -> str:
    """Return the one word that says what *label* does. It is longer than a pair's, so that no text spells it."""
    name, value = label
    return f"{name}equals{str(value).encode().hex()}"


def facets(labels: Iterable[Label]) -> str:
    """Return the words for all that an entry is filtered by, days excepted: its number begins with its day."""
    return " ".join(map(facet, labels))
