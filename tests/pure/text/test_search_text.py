"""不变量九的基础：折叠后的文字，以及它的相邻字对。"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.bigrams import forks, joints, numbers, sought, words
from gongkai.text.folding import BARRIER, fold

ODD = "政府 信息\n公开　２０２４〔〕［］[]（）()号Aaａé́ǎßﬁ⼟㎡①＝≠=\u0338\u200b\ufeff\u00ad\ufe00\x00\x1f\ud800·。ー゙が가\u1160"
TEXTLIKE = st.text(st.characters(exclude_characters="\x00"), max_size=20)  # folded text has no NUL
TEXTS = st.one_of(st.text(max_size=60), st.text(ODD, max_size=60))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("豫政〔２０２４〕５号", "豫政(2024)5号"),
        ("豫政［2024］5号", "豫政(2024)5号"),
        ("豫政[2024] 5 号", "豫政(2024)5号"),
        ("豫政（2024）5号", "豫政(2024)5号"),
        ("豫政【2024】5号", "豫政(2024)5号"),
        ("政府信\n  息公\u3000开", "政府信息公开"),
        ("2024 年 5 月", "2024年5月"),
        ("Open\u00a0 Data", "open data"),
        ("PM２.５", "pm2.5"),
        ("⼟地\u200b面积 5㎡", "土地面积5m2"),
        ("10\t20", "10 20"),
        ("，。；“”", ",。;“”"),
        ("a\x00b\x1fc", "a b c"),
        ("葛\U000e0100城", "葛城"),
        (" \n\u200b", ""),
        ("半\ud800个", "半个"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_the_same(written: str, folded: str) -> None:
    """全角半角、大小写、文号括号、断行空格、看不见的字符。"""
    assert fold(written) == folded


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    """折叠是幂等的，结果里没有分隔符、控制字符和半个代理对。"""
    folded = fold(text)
    assert fold(folded) == folded
    assert BARRIER not in folded
    assert re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", folded) is None


@given(st.data(), TEXTS)
def test_whatever_contains_a_query_contains_its_pairs(data: st.DataObject, text: str) -> None:
    """不变量九：正文含有检索词，就含有检索词的每一个字对，且连成一串。"""
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    query = folded[start : data.draw(st.integers(start, len(folded)))]
    assert sought(query) <= numbers(query) <= numbers(folded)
    assert " ".join(words(query)) in " ".join(words(folded))


@given(TEXTLIKE, TEXTLIKE)
def test_other_pairs_are_spelt_otherwise(one: str, other: str) -> None:
    """两种写法都是一一对应的：不同的字对不会写成一样。"""
    mine, others = _pieces(one, 2), _pieces(other, 2)
    assert len(set(words(one))) == len(mine)
    assert len(set(words(one)) & set(words(other))) == len(mine & others)
    mine, others = mine | _pieces(one, 3), others | _pieces(other, 3)
    assert len(numbers(one)) == len(mine)
    assert len(numbers(one) & numbers(other)) == len(mine & others)


def _pieces(text: str, length: int) -> set[str]:
    return {text[n : n + length] for n in range(len(text) - length + 1)}


@given(st.text(max_size=40))
def test_no_tokenizer_splits_or_folds_a_pair(text: str) -> None:
    """给 SQLite 的写法只有小写字母和数字，每个字对八个；给 PostgreSQL 的数放得进 bigint。"""
    assert all(re.fullmatch(r"[0-9a-z]{8}", word) for word in words(text))
    assert all(0 <= number < 2**63 for number in numbers(text))


FEW = st.text("甲乙丙", max_size=12)
"""Of three characters, so that triples of a word meet in a text that does not have the word."""


@given(FEW, FEW, st.text("甲乙丙", min_size=4, max_size=7))
def test_triples_that_hang_together_at_no_fork_are_the_word(
    title: str, text: str, query: str
) -> None:
    """不变量九：检索词的三字组都在、词内的字对都只有一种接法，就一定含有这个词；含有的，三字组都在。"""
    has_all = sought(query) <= numbers(title) | numbers(text)
    contained = query in title or query in text
    if has_all and not joints(query) & forks((title, text)):
        assert contained
    if contained:
        assert has_all


def test_a_pair_forks_where_it_goes_on_in_two_ways() -> None:
    """一处接“信”、一处接“息”是两种；一处接字、一处到末尾也是两种；两次接同一个字是一种。"""
    (pair,) = numbers("政府")
    assert [pair in forks(texts) for texts in TWO_WAYS] == [True, True, True, False, False]


TWO_WAYS = (
    ("政府信政府息",),
    ("政府信", "政府"),
    ("政府信，政府",),
    ("政府信", "政府信息"),
    ("政府", "政府"),
)
