"""脱敏：遮住的部分从结果里再也看不出来（个人信息保护法第二十五条、第五十一条）。"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.masking import Kind, masked
from gongkai.text.personal_data import Span, find_personal_data, is_id_number, with_masks

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳小三", "欧**三"),
        ("阿依古丽·买买提", "阿***·**提"),
        ("𠮷野家三", "𠮷**三"),
        ("张㊣󠄀葛󠄁三", "张**三"),
        (" 张 小三 ", "张*三"),
        ("张", "*"),
        ("", ""),
        ("John Smith", "J*******h"),
    ],
)
def test_name_keeps_its_ends(name: str, shown: str) -> None:
    """姓名：两字留姓，三字以上留首尾；间隔号留着；生僻字（扩展区、异体选择符）算一个字。"""
    assert masked(name, Kind.NAME) == shown


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.ID_NUMBER, "000000198001010015", "00*************015"),
        (Kind.ID_NUMBER, "00000019800101004x", "00*************04x"),
        (Kind.ID_NUMBER, "０００００0198001010015", "00*************015"),
        (Kind.ID_NUMBER, "000000 19800101 0015", "00*************015"),
        (Kind.ID_NUMBER, "000000800101001", "00**********001"),
        (Kind.ID_NUMBER, "E12345678", "E1****678"),
        (Kind.ID_NUMBER, "1234567", "*******"),
        (Kind.PHONE, "13812345678", "138****5678"),
        (Kind.PHONE, "+86 138-1234-5678", "138****5678"),
        (Kind.PHONE, "１３８１２３４５６７８", "138****5678"),
        (Kind.PHONE, "0411-87654321", "041*****4321"),
        (Kind.PHONE, "87654321", "********"),
        (Kind.BANK_CARD, "6222 0000 0000 0000 123", "***************0123"),
        (Kind.BANK_CARD, "", ""),
        (Kind.EMAIL, "zhangsan@example.cn", "z****@example.cn"),
        (Kind.EMAIL, "abc@example.cn", "****@example.cn"),
        (Kind.EMAIL, "not an address", "****"),
        (Kind.EMAIL, "", ""),
    ],
)
def test_numbers_keep_what_practice_keeps(kind: Kind, value: str, shown: str) -> None:
    """证件号留前 2 后 3，手机留前 3 后 4，银行卡留后 4；太短的全部遮住。"""
    assert masked(value, kind) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("示例省示例市示例县东河镇西山村三组12号", "示例省示例市示例县东河镇****"),
        ("示例县城关街道办事处人民路1号2栋", "示例县城关街道办事处****"),
        ("示例县人民路1号", "示例县****"),
        ("幸福家园小区3号楼2单元", "****"),
        ("示例县阳光花园小区3号", "示例县****"),
        ("示例县大超市楼上", "示例县****"),
        ("某自治区某市某区某某乡小河屯", "某自治区某市某区某某乡****"),
        ("人民路12号镇政府家属院", "****"),
        ("示例县东河镇", "示例县东河镇"),
        ("Flat 3, Road 4", "****"),
        ("", ""),
    ],
)
def test_address_ends_at_the_township(address: str, shown: str) -> None:
    """住址只留到乡镇、街道；认不出的全部遮住，连长短也看不出。"""
    assert masked(address, Kind.ADDRESS) == shown


@given(
    first=HAN,
    last=HAN,
    one=st.text(HAN, min_size=3, max_size=3),
    two=st.text(HAN, min_size=3, max_size=3),
)
def test_name_cannot_be_unmasked(first: str, last: str, one: str, two: str) -> None:
    """中间不同的两个姓名，遮过之后一模一样：没有办法还原。"""
    assert masked(first + one + last, Kind.NAME) == masked(first + two + last, Kind.NAME)
    assert masked(first + one + last, Kind.NAME) == f"{first}***{last}"


@given(value=st.text(DIGITS, max_size=30), kind=st.sampled_from([Kind.ID_NUMBER, Kind.BANK_CARD]))
def test_mask_keeps_the_length_and_hides_at_least_four(value: str, kind: Kind) -> None:
    """证件号、银行卡：长度不变，至少遮住四位，或者全部遮住。"""
    shown = masked(value, kind)

    assert len(shown) == len(value)
    assert shown.count("*") >= min(4, len(value))
    assert all(new in ("*", old) for old, new in zip(value, shown, strict=True))


@given(st.text(max_size=40), st.sampled_from(list(Kind)))
def test_masking_takes_any_text(value: str, kind: Kind) -> None:
    """任何输入都不出错；遮过的再遮一次，看不到更多。"""
    shown = masked(value, kind)

    if kind is not Kind.ADDRESS:  # what is not an address below the township may stay
        assert len(shown) <= 1 or "*" in shown


def with_check_digit(body: str) -> str:
    return next(f"{body}{digit}" for digit in "0123456789X" if is_id_number(f"{body}{digit}"))


ID = with_check_digit("00000019800101001")
ID_X = next(
    number
    for n in range(100)
    if (number := with_check_digit(f"00000019800101{n:03}")).endswith("X")
)


@pytest.mark.parametrize(
    ("text", "kinds", "shown"),
    [
        (f"身份证{ID}号", [Kind.ID_NUMBER], f"身份证00*************{ID[-3:]}号"),
        (f"({ID_X.lower()})", [Kind.ID_NUMBER], f"(00*************{ID_X[-3:].lower()})"),
        ("旧证000000800101001。", [Kind.ID_NUMBER], "旧证00**********001。"),
        ("电话13812345678，", [Kind.PHONE], "电话138****5678，"),
        ("+86 138 1234 5678", [Kind.PHONE], "138****5678"),
        ("１３８１２３４５６７８", [Kind.PHONE], "138****5678"),
        ("卡4111 1111 1111 1111", [Kind.BANK_CARD], "卡************1111"),
        (
            f"{ID} 13812345678",
            [Kind.ID_NUMBER, Kind.PHONE],
            f"00*************{ID[-3:]} 138****5678",
        ),
    ],
)
def test_personal_data_is_found(text: str, kinds: list[Kind], shown: str) -> None:
    """身份证（18 位带校验、末位 X、15 位）、手机、银行卡，全角也认得。"""
    assert [span.kind for span in find_personal_data(text)] == kinds
    assert with_masks(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "000000198013010015",  # no such month
        f"{ID[:-1]}{(int(ID[-1], 11) + 1) % 10}",  # check digit of another
        "4111 1111 1111 1112",
        "编号20240304000100000000000001",
        "金额 12345678901.00",
        "2024-03-04 10:00:00",
        "示政〔2024〕5号",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    """日期、文号、流水号、校验不过的号码：不是个人信息。"""
    assert find_personal_data(text) == []
    assert with_masks(text) == text


@given(before=st.text(HAN, max_size=5), after=st.text(HAN, max_size=5), n=st.integers(0, 999))
def test_a_planted_number_is_always_found(before: str, after: str, n: int) -> None:
    """放在任何中文里的证件号都找得到，位置准确，遮后不再出现。"""
    number = with_check_digit(f"00000019800101{n:03}")
    text = before + number + after

    assert find_personal_data(text) == [Span(len(before), len(before) + 18, Kind.ID_NUMBER)]
    assert number not in with_masks(text)


@given(st.text(max_size=60))
def test_finding_takes_any_text(text: str) -> None:
    """任何文字都不出错；各段不重叠，遮一次就没有了。"""
    spans = find_personal_data(text)

    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert find_personal_data(with_masks(text)) == []


def test_many_numbers_are_found_in_one_go() -> None:
    """一行里两万个号码也一次找完：不随个数的平方变慢。"""
    found = find_personal_data("13800138000 " * 20_000)
    assert (len(found), found[-1]) == (20_000, Span(239_988, 239_999, Kind.PHONE))
