"""What other rooms call a document: a policy has its 文号, which a reader looks for. They tell it here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

Numbers = Callable[[Collection[int]], Mapping[int, str]]
"""Given documents (primary keys), returns the 文号 of those that have one."""

_sources: list[Numbers] = []


def tell_numbers(source: Numbers) -> None:
    """Let *source* be asked from now on."""
    if source not in _sources:
        _sources.append(source)


def numbers_of(documents: Collection[int]) -> dict[int, str]:
    """Return the 文号 of those *documents* that have one."""
    found: dict[int, str] = {}
    for source in _sources:
        found |= source(documents)
    return found
