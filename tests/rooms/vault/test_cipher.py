"""密文与密钥：按用途分开、与所在的行绑定、换钥匙之后旧的仍可打开。"""

from __future__ import annotations

import hashlib
import hmac
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from gongkai.vault.cipher import Sealed, Unreadable, conceal, digest, digests, reveal
from gongkai.vault.ring import Key, ring

OLD = "old-key-of-the-county-0123456789abcdef"
NEW = "new-key-of-the-county-0123456789abcdef"


def written_before_keys_had_ids(plain: bytes, secret: str, bound: bytes) -> Sealed:
    """What the ledger's first version stored, derived here a second time and independently."""
    key = hmac.new(secret.encode(), b"encrypt", hashlib.sha256).digest()
    nonce = os.urandom(12)
    return Sealed(nonce + AESGCM(key).encrypt(nonce, plain, bound), "1", "AES-256-GCM")


@given(plain=st.binary(max_size=200), bound=st.binary(max_size=20))
@hypothesis_settings(max_examples=50)
def test_what_was_sealed_opens_as_it_was(plain: bytes, bound: bytes) -> None:
    """封存后打开，一个字节不差；密文里没有原文。"""
    sealed = conceal(plain, purpose="t", bound=bound)

    assert reveal(sealed, purpose="t", bound=bound) == plain
    assert len(plain) < 4 or plain not in sealed.ciphertext


def test_the_same_value_is_sealed_differently_each_time() -> None:
    """同一个人登记两次，密文看不出是同一个人。"""
    assert conceal(b"x", purpose="t").ciphertext != conceal(b"x", purpose="t").ciphertext


@pytest.mark.parametrize("at", [0, 11, 12, 20, -1])
def test_one_changed_byte_is_not_opened(at: int) -> None:
    """个人信息保护法第五十一条：改动一个字节就打不开，并用中文说明。"""
    sealed = conceal(b"plain text", purpose="t")
    body = bytearray(sealed.ciphertext)
    body[at] ^= 1

    with pytest.raises(Unreadable, match="内容被改动过"):
        reveal(Sealed(bytes(body), sealed.key_id, sealed.alg), purpose="t")


@pytest.mark.parametrize("cut", [0, 5, 12, 20])
def test_a_value_cut_short_is_refused_not_a_crash(cut: int) -> None:
    """截断的密文（磁盘写了一半）：一句话，不是异常堆栈。"""
    sealed = conceal(b"plain text", purpose="t")

    with pytest.raises(Unreadable):
        reveal(Sealed(sealed.ciphertext[:cut], sealed.key_id, sealed.alg), purpose="t")


def test_a_value_moved_elsewhere_is_not_opened() -> None:
    """换一个用途、换一行，都打不开。"""
    sealed = conceal(b"plain", purpose="identity", bound=b"nat")

    for purpose, bound in (("second factor", b"nat"), ("identity", b"com"), ("identity", b"")):
        with pytest.raises(Unreadable):
            reveal(sealed, purpose=purpose, bound=bound)


def test_an_unknown_key_is_named_and_nothing_of_the_keys(settings: Settings) -> None:
    """缺哪一把钥匙，说编号；钥匙本身不出现。"""
    settings.IDENTITY_KEY = OLD
    sealed = conceal(b"plain", purpose="t")
    settings.IDENTITY_KEY = NEW

    with pytest.raises(Unreadable) as refused:
        reveal(sealed, purpose="t")

    assert str(refused.value) == (
        f"没有编号为 {Key(OLD).id} 的密钥：请把它写进 GONGKAI_IDENTITY_KEYS_OLD_FILE 指定的文件，"
        "再重新启动。"
    )
    assert OLD not in repr(ring()) + repr(Key(OLD))
    assert NEW not in repr(ring())


def test_an_unknown_algorithm_is_refused() -> None:
    """算法编号与密文一起保存：不认识的算法不去硬解（国密 SM4 可以另行加入）。"""
    sealed = conceal(b"plain", purpose="t")

    with pytest.raises(Unreadable, match="加密算法“SM4-GCM”"):
        reveal(Sealed(sealed.ciphertext, sealed.key_id, "SM4-GCM"), purpose="t")


def test_older_keys_still_open(settings: Settings) -> None:
    """换了密钥，旧密文凭旧密钥照样打开，新写的用新密钥。"""
    settings.IDENTITY_KEY = OLD
    before = conceal(b"before", purpose="t")
    settings.IDENTITY_KEY, settings.IDENTITY_KEYS_OLD = NEW, (OLD,)
    after = conceal(b"after", purpose="t")

    assert [before.key_id, after.key_id] == [Key(OLD).id, Key(NEW).id]
    assert [reveal(one, purpose="t") for one in (before, after)] == [b"before", b"after"]


@pytest.mark.parametrize("current", [OLD, NEW])
def test_values_of_key_one_are_opened(settings: Settings, current: str) -> None:
    """最早的记录密钥编号是“1”：不论那把钥匙现在是当前的还是旧的，都打得开。"""
    settings.IDENTITY_KEY = current
    settings.IDENTITY_KEYS_OLD = (OLD,)
    sealed = written_before_keys_had_ids(b"plain", OLD, b"nat")

    assert reveal(sealed, purpose="foi.applicant.identity", bound=b"nat") == b"plain"
    with pytest.raises(Unreadable):
        reveal(sealed, purpose="foi.applicant.identity", bound=b"com")


def test_digests_cover_every_key_and_those_of_key_one(settings: Settings) -> None:
    """换钥匙前后的摘要都找得到；不同用途、不同密钥的摘要不同。"""
    settings.IDENTITY_KEY = OLD
    before = digest("nat:1", purpose="t")
    first = hmac.new(
        hmac.new(OLD.encode(), b"digest", hashlib.sha256).digest(), b"nat:1", hashlib.sha256
    ).hexdigest()
    settings.IDENTITY_KEY, settings.IDENTITY_KEYS_OLD = NEW, (OLD,)

    assert {before, first, digest("nat:1", purpose="t")} <= set(digests("nat:1", purpose="t"))
    assert len({before, first, digest("nat:1", purpose="t"), digest("nat:1", purpose="u")}) == 4


def test_key_ids_are_told_from_the_key_alone(settings: Settings) -> None:
    """密钥编号由密钥算出，操作者不必编号；重复写的一把只算一把。"""
    settings.IDENTITY_KEY, settings.IDENTITY_KEYS_OLD = NEW, (OLD, NEW, OLD)

    assert [key.id for key in ring().keys] == [Key(NEW).id, Key(OLD).id]
    assert all(len(key.id) == 8 for key in ring().keys)
