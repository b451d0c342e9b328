"""The anonymised list: no combination that is released stands for fewer requests than it must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.statistics.anonymity import ANY, Released, TooFew, Traits, band, released, smallest

_traits = st.builds(
    Traits,
    month=st.sampled_from(["2024-01", "2024-02", "2024-12"]),
    agency=st.sampled_from(["甲局", "乙局"]),
    klass=st.sampled_from(["自然人", "商业企业", "科研机构"]),
    outcome=st.sampled_from(["予以公开", "部分公开", "办理中"]),
    days=st.sampled_from(["5 个工作日以内", "尚未答复"]),
)


@given(st.lists(_traits, max_size=60), st.integers(2, 9))
def test_no_combination_is_smaller_than_it_may_be(found: list[Traits], least: int) -> None:
    """个人信息保护法第七十三条第四项：任何一种组合都不少于参数的件数；一件不少，一件不多。"""
    if len(found) < least:
        with pytest.raises(TooFew, match="不能公开"):
            released(found, least)
        return
    rows = released(found, least)
    assert smallest(rows) >= least
    assert sum(row.count for row in rows) == len(found)
    assert len({row.traits for row in rows}) == len(rows)


def test_a_small_group_gives_up_what_it_must_and_no_more() -> None:
    """先并类别，再并时间、月份、机关；够数的组不动。"""
    many = Traits("2024-01", "甲局", "自然人", "予以公开", "尚未答复")
    few = [
        Traits("2024-02", "甲局", klass, "予以公开", "尚未答复")
        for klass in ("商业企业", "科研机构")
    ]
    assert released([many] * 3 + few, 2) == [
        Released(many, 3),
        Released(Traits("2024-02", "甲局", "法人或者其他组织", "予以公开", "尚未答复"), 2),
    ]
    assert released([many] * 3 + few[:1], 3) == [Released(Traits(ANY, ANY, ANY, ANY, ANY), 4)]


def test_the_check_sees_a_combination_that_is_too_small() -> None:
    """检查本身：混进一组两件的，查得出来；一组至少两件才算保护。"""
    small = Released(Traits("2024-01", "甲局", "自然人", "予以公开", ANY), 2)
    assert smallest([small, Released(Traits("2024-02", ANY, ANY, ANY, ANY), 7)]) == 2
    with pytest.raises(ValueError, match="1"):
        released([small.traits], 1)


def test_days_are_told_in_bands() -> None:
    """办理时间只分段，不写天数。"""
    assert [band(days) for days in (None, 0, 5, 6, 20, 40, 41)] == [
        "尚未答复",
        "5 个工作日以内",
        "5 个工作日以内",
        "6 至 10 个工作日",
        "11 至 20 个工作日",
        "21 至 40 个工作日",
        "40 个工作日以上",
    ]
