"""Canonical bytes: one value, one byte string, one hash (RFC 8785)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.canonical import Plain, canonical_bytes, from_canonical, sha256_hex

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_chinese_stays_as_it_is() -> None:
    assert canonical_bytes({"乙": 1, "a": [True, None]}) == '{"a":[true,null],"乙":1}'.encode()


@given(PLAIN)
def test_what_is_written_reads_back_and_writes_the_same(value: Plain) -> None:
    written = canonical_bytes(value)
    assert from_canonical(written) == value
    assert canonical_bytes(from_canonical(written)) == written


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_the_order_of_keys_does_not_matter(value: Mapping[str, int]) -> None:
    turned = dict(reversed(list(value.items())))
    assert canonical_bytes(turned) == canonical_bytes(value)


@pytest.mark.parametrize("value", [1.0, [0.1], {"a": {"b": 2.5}}])
def test_a_float_is_refused_wherever_it_stands(value: Plain) -> None:
    """浮点数在不同数据库里写法不同，哈希会变。"""
    with pytest.raises(TypeError, match="不允许浮点数"):
        canonical_bytes(value)


def test_the_hash_is_sha256_of_the_bytes() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
