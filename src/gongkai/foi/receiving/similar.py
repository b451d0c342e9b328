"""What is public already and may be what somebody is about to ask for (条例第三十六条第一项)."""

from __future__ import annotations

from gongkai.foi.receiving.pieces import LEAST, pieces
from gongkai.search.queries import find
from gongkai.search.query import MOST_CHARACTERS, MOST_WORDS, QueryRefused
from gongkai.search.results import Hit

MOST = 5


def published_like(subject: str, symbol: str = "") -> tuple[Hit, ...]:
    """Return at most five published items that may be meant; none when nothing is close.

    Tried in turn: the 文号, what was typed as it is, the words between the little words of a sentence.
    """
    for words in _tries(subject, symbol):
        try:
            found = find(words, facets=False).hits[:MOST]
        except QueryRefused:
            continue
        if found:
            return found
    return ()


def _tries(subject: str, symbol: str) -> list[str]:
    whole = subject.strip()[:MOST_CHARACTERS]
    words = pieces(whole)[:MOST_WORDS]
    tries = [symbol.strip()[:MOST_CHARACTERS], whole, " ".join(words)]
    return list(dict.fromkeys(one for one in tries if len(one) >= LEAST))
