"""Sealing bytes for storage, opening them again, and digests that only the holder of the key can make.

Each purpose has a key of its own, derived from the installation's (HKDF-SHA-256, RFC 5869), so that
a value put into another column does not open there. Every value carries its algorithm and the id of
its key: another algorithm (SM4, GB/T 32907) can follow without touching what is stored
(商用密码管理条例第四十一条).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongkai.vault import legacy
from gongkai.vault.ring import Key, Ring, ring

ALGORITHM = "AES-256-GCM"
_NONCE = 12
_LENGTH_OF_KEY = 32


class Unreadable(Exception):
    """Why a sealed value cannot be opened, in a sentence; never anything of the value."""


@dataclass(frozen=True)
class Sealed:
    """A value as it is stored: nonce and ciphertext, the id of its key, its algorithm."""

    ciphertext: bytes
    key_id: str
    alg: str


def conceal(plain: bytes, *, purpose: str, bound: bytes = b"") -> Sealed:
    """Seal *plain* under the current key.

    It opens only for the same *purpose* and beside the same *bound* bytes, say the row's own
    class, so that a sealed value cannot be moved to where it would mean something else.
    """
    key = ring().current
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_derived(key, "seal", purpose)).encrypt(nonce, plain, bound)
    return Sealed(nonce + sealed, key.id, ALGORITHM)


def reveal(sealed: Sealed, *, purpose: str, bound: bytes = b"") -> bytes:
    """Open *sealed*. Whoever calls this has the look recorded.

    Raises :class:`Unreadable` for an unknown key or algorithm and for altered bytes.
    """
    if sealed.alg != ALGORITHM:
        raise Unreadable(
            f"加密算法“{sealed.alg}”不是本程序所用的：数据由别的版本写入，请用那个版本打开。"
        )
    for secret in _opening(sealed.key_id, purpose, ring()):
        try:
            nonce, body = sealed.ciphertext[:_NONCE], sealed.ciphertext[_NONCE:]
            return AESGCM(secret).decrypt(nonce, body, bound)
        except (InvalidTag, ValueError):  # a value cut short has no whole nonce
            continue
    raise Unreadable(_why(sealed.key_id))


def digest(text: str, *, purpose: str) -> str:
    """Return the digest of *text* under the current key: 64 hexadecimal characters."""
    return _digest(text, purpose, ring().current)


def digests(text: str, *, purpose: str) -> tuple[str, ...]:
    """Return every digest a stored row may carry for *text*: under each key, and those of key ``1``.

    Whoever looks for a row asks for any of them, so that it is found before, during and after a rotation.
    """
    keys = ring().keys
    return (
        *(_digest(text, purpose, key) for key in keys),
        *(legacy.digest(text, key) for key in keys),
    )


def _digest(text: str, purpose: str, key: Key) -> str:
    secret = _derived(key, "digest", purpose)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def _opening(key_id: str, purpose: str, keys: Ring) -> Iterator[bytes]:
    if key_id == legacy.KEY_ID:
        yield from map(legacy.sealing_key, keys.keys)
    elif key := keys.named(key_id):
        yield _derived(key, "seal", purpose)


def _why(key_id: str) -> str:
    if key_id != legacy.KEY_ID and ring().named(key_id) is None:
        return (
            f"没有编号为 {key_id} 的密钥：请把它写进 GONGKAI_IDENTITY_KEYS_OLD_FILE 指定的文件，"
            "再重新启动。"
        )
    return (
        f"密文打不开（密钥编号 {key_id}）：内容被改动过，或者不是用本机的密钥加密的。"
        "请运行 gongkai keys check 核对，用备份比对。"
    )


@lru_cache(maxsize=256)
def _derived(key: Key, use: str, purpose: str) -> bytes:
    info = f"gongkai vault 1/{use}/{purpose}".encode()
    return HKDF(SHA256(), _LENGTH_OF_KEY, salt=None, info=info).derive(key.secret.encode())
