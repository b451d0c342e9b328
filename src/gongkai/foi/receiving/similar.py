"""What is public already and may be what somebody is about to ask for (条例第三十六条第一项)."""

from __future__ import annotations

import re

from gongkai.search.queries import find
from gongkai.search.query import MOST_CHARACTERS, MOST_WORDS, QueryRefused
from gongkai.search.results import Hit

MOST = 5
_LEAST = 2
_BETWEEN = re.compile(
    r"(?:关于|有关|相关|申请公开|请公开|公开|我想要|我想|想要|希望|提供|文件|信息|资料|情况|的|和|与|及|或者|在|是|了"
    r"|[\s，。、；：？！“”（）《》\[\]【】,.;:?!()\"'<>/\\-])+"
)


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
    pieces = [piece for piece in _BETWEEN.split(whole) if len(piece) >= _LEAST][:MOST_WORDS]
    tries = [symbol.strip()[:MOST_CHARACTERS], whole, " ".join(pieces)]
    return list(dict.fromkeys(one for one in tries if len(one) >= _LEAST))
