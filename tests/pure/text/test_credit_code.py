"""统一社会信用代码: the last character checks the others, and invented codes are known as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.credit_code import check_character, is_invented, problem_of

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
real_beginnings = st.tuples(
    st.sampled_from(["11", "12", "A1"]),
    st.sampled_from(["411327", "110000", "659000"]),
    st.text(ALPHABET, min_size=9, max_size=9),
).map("".join)


def test_the_code_printed_in_a_known_example_is_right() -> None:
    """GB 32100 的通行示例代码：校验码相符。"""
    assert problem_of("91350100M000100Y43") == ""
    assert check_character("91350100M000100Y4") == "3"


@given(real_beginnings, st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_character_is_found(beginning: str, place: int, shift: int) -> None:
    """GB 32100：任何一位写错都会被发现。"""
    right = beginning + check_character(beginning)
    assert problem_of(right) == ""
    other = ALPHABET[(ALPHABET.index(right[place]) + shift) % len(ALPHABET)]
    wrong = right[:place] + other + right[place + 1 :]
    assert is_invented(wrong) or problem_of(wrong) == (
        "统一社会信用代码的校验码不对（GB 32100），多半有一位写错，请对照登记证书逐位核对。"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "统一社会信用代码是 18 位数字或大写字母，请照登记证书填写。"),
        ("11411327MB000000", "统一社会信用代码是 18 位数字或大写字母，请照登记证书填写。"),
        ("11411327mb0000000X", "统一社会信用代码是 18 位数字或大写字母，请照登记证书填写。"),
        ("１１411327MB0000000X", "统一社会信用代码是 18 位数字或大写字母，请照登记证书填写。"),
        ("11411327MB0000000X\n", "统一社会信用代码是 18 位数字或大写字母，请照登记证书填写。"),
        (
            "11411327OI0000000X",
            "统一社会信用代码不使用字母 I、O（GB 32100），请核对是否误把 0、1 写成了字母。",
        ),
    ],
)
def test_what_is_no_code_is_told_why(code: str, said: str) -> None:
    """长度、字符不合的，说明错在哪里。"""
    assert problem_of(code) == said


def test_a_code_of_nowhere_is_nobodys() -> None:
    """演示和试验用的代码取不存在的行政区划（00、99 开头），不查校验码，也不会与真机关相撞。"""
    assert [is_invented(code) for code in ("11990000SQ00000010", "11000000T00000001X")] == [
        True,
        True,
    ]
    assert problem_of("11990000SQ00000010") == ""
    assert not is_invented("91350100M000100Y43")
