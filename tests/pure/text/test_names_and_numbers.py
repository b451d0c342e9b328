"""文号 in its one official form, and keys a citizen can read out."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.document_number import fold_brackets, normal_document_number
from gongkai.text.urlkey import KEY_LENGTH, url_key


@pytest.mark.parametrize(
    "written",
    [
        "示政〔2024〕5号",
        "示政[2024]5号",
        "示政（2024）第05号",
        " 示政 【2024】 5 号",
        "示政(2024)005号",
    ],
)
def test_a_document_number_has_one_form(written: str) -> None:
    """GB/T 9704-2012：六角括号、不加“第”、不编虚位。"""
    assert normal_document_number(written) == "示政〔2024〕5号"


@pytest.mark.parametrize(
    "written",
    ["", "示政2024-5", "〔2024〕5号", "示政〔24〕5号", "示政〔2024〕0号", "示政〔2024〕号"],
)
def test_what_is_no_document_number_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match=r"例如“示政〔2024〕5号”"):
        normal_document_number(written)


def test_brackets_fold_in_any_text() -> None:
    assert fold_brackets("国办发明电 [2024] 12号") == "国办发明电〔2024〕12号"


@given(st.uuids())
def test_a_key_is_eight_characters_without_the_confusing_ones(uid: UUID) -> None:
    """Crockford base32：没有 i l o u，读电话不会混。"""
    key = url_key(uid)
    assert len(key) == KEY_LENGTH
    assert set(key) <= set("0123456789abcdefghjkmnpqrstvwxyz")


@given(st.uuids(), st.integers(0, 2**40 - 1))
def test_a_key_is_the_tail_of_the_uid_and_nothing_else(uid: UUID, tail: int) -> None:
    same_tail = UUID(int=uid.int >> 40 << 40 | tail)
    assert url_key(same_tail) == url_key(UUID(int=tail))
    assert int_of(url_key(same_tail)) == tail


def int_of(key: str) -> int:
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    value = 0
    for character in key:
        value = value * 32 + alphabet.index(character)
    return value
