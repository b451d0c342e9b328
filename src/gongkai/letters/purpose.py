"""Asking what the information is for: 条例第二十九条 names what a request contains, the purpose is not among it."""

from __future__ import annotations

import re

_ASKS = re.compile(r"用途|使用目的|申请目的|申请用意|特殊需要|自身生产、?生活、?科研")


def asks_for_the_purpose(text: str) -> bool:
    """Whether *text* speaks of what the applicant wants the information for."""
    return bool(_ASKS.search(re.sub(r"\s+", "", text)))
