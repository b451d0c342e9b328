"""Reading the provider's signed statement: whose it is, for whom, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet

from gongkai.people.oidc.errors import ProofRefused

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by a key only the provider has; never a shared secret, never none."""
_LEEWAY = 60  # seconds two servers' clocks may differ
_SECOND_FACTORS = frozenset({"mfa", "otp", "hwk", "sc"})  # RFC 8176


@dataclass(frozen=True)
class Proof:
    """Who signed in at the provider."""

    subject: str
    second_factor: bool
    claims: dict[str, Any]


def read_proof(token: str, *, keys: dict[str, Any], nonce: str, at: datetime) -> Proof:
    """Return who *token* speaks of. Raises ``ProofRefused``."""
    try:
        known = KeySet.import_key_set({"keys": keys.get("keys", [])})
        claims = jwt.decode(token, known, algorithms=list(_ALGORITHMS)).claims
        _registry(at).validate(claims)
    except ExpiredTokenError as late:
        raise ProofRefused("统一身份认证的凭证已过期，没有登录。请重新点登录。") from late
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise ProofRefused(
            "统一身份认证的凭证核对不上，没有登录。请重新点登录；再次出现请告知安全管理员。"
        ) from wrong
    _refuse_replay(claims, nonce)
    return Proof(str(claims["sub"]), _second_factor(claims), dict(claims))


def _registry(at: datetime) -> jwt.JWTClaimsRegistry:
    provider = settings.PROVIDER
    return jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )


def _refuse_replay(claims: dict[str, Any], nonce: str) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    party = claims.get("azp", None if several else settings.PROVIDER.client_id)
    if not constant_time_compare(str(claims.get("nonce", "")), nonce) or (
        party != settings.PROVIDER.client_id
    ):
        raise ProofRefused(
            "统一身份认证的凭证不是为这次登录签发的，没有登录。请重新点登录；再次出现请告知安全管理员。"
        )


def _second_factor(claims: dict[str, Any]) -> bool:
    means = claims.get("amr")
    return isinstance(means, list) and not _SECOND_FACTORS.isdisjoint(map(str, means))
