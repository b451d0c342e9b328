"""What the demo's applicants ask for."""

from __future__ import annotations

import tomllib
from collections import Counter

from gongkai_demo.asked import OPEN, words_of
from gongkai_demo.current import MATTERS
from gongkai_demo.organs import DATA


def test_nobody_asks_an_organ_for_what_another_asked_it_in_the_same_year() -> None:
    """演示县里没有两件一字不差的申请，不然“可能相同的申请”处处都是；每一件都写明是演示。"""
    asked: Counter[tuple[int, int, str]] = Counter()
    for year in (2023, 2024):
        plan = tomllib.loads((DATA / f"requests-{year}.toml").read_text(encoding="utf-8"))
        for n, row in enumerate(plan["request"]):
            asked[year, row["organ"], words_of(row["outcome"], year, n)] += 1
    for n, matter in enumerate(MATTERS):
        asked[2026, matter.organ, words_of(OPEN, 2026, n)] += 1
    assert [one for one, times in asked.items() if times > 1] == []
    assert {words.endswith("（演示）") for _, _, words in asked} == {True}
    assert len(asked) == 34 + 41 + len(MATTERS)
