"""The FTS5 table of an audience on SQLite."""

from __future__ import annotations


def create_index(name: str) -> str:
    """Return the statement that creates it.

    Without content (the rows beside it have it), with places (a phrase is the text itself). ``ascii``
    parts at what is neither letter nor digit and folds capitals: in our words there is nothing of either.
    """
    return f"CREATE VIRTUAL TABLE {name} USING fts5(title, text, content='', tokenize='ascii')"
