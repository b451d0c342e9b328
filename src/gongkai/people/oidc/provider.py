"""The provider's addresses, and the one exchange we make with it: a code for a signed statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings

from gongkai.people.oidc.errors import ProofRefused, ProviderDown

_DISCOVERY = "/.well-known/openid-configuration"
_PATIENCE = 5.0  # seconds: somebody is waiting in front of a blank page
_MOST = 1_000_000  # bytes of an answer
DOWN = (
    "统一身份认证现在连不上（{why}），没有登录。请稍后再试，或者用登录名和密码登录；"
    "一直如此请告知系统管理员。"
)


@dataclass(frozen=True)
class Addresses:
    """Where the provider is asked."""

    authorization: str
    token: str
    keys: str


def addresses() -> Addresses:
    """Ask the provider where it is asked. Raises ``ProviderDown``."""
    issuer = settings.PROVIDER.issuer
    found = _get(issuer + _DISCOVERY)
    if found.get("issuer") != issuer:
        raise ProviderDown(DOWN.format(why="它自称的地址与设置的不同"))
    try:
        return Addresses(
            str(found["authorization_endpoint"]),
            str(found["token_endpoint"]),
            str(found["jwks_uri"]),
        )
    except KeyError as absent:
        raise ProviderDown(DOWN.format(why="它的说明缺少地址")) from absent


def keys(where: Addresses) -> dict[str, Any]:
    """Return the provider's public keys. Raises ``ProviderDown``."""
    return _get(where.keys)


def statement(where: Addresses, *, code: str, verifier: str, redirect_uri: str) -> str:
    """Exchange *code* for the signed statement (ID token). Raises ``ProviderDown``, ``ProofRefused``."""
    provider = settings.PROVIDER
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    secret = (provider.client_id, provider.client_secret) if provider.client_secret else None
    if secret is None:
        form["client_id"] = provider.client_id
    answer = _asked("POST", where.token, data=form, auth=secret)
    if answer.status_code == 401:
        raise ProviderDown(DOWN.format(why="它不认得本系统，请系统管理员核对客户端编号和密钥"))
    if 400 <= answer.status_code < 500:
        raise ProofRefused("统一身份认证不承认这次登录，可能已过期或者用过。请重新点登录。")
    token = _object(answer).get("id_token")
    if not isinstance(token, str):
        raise ProviderDown(DOWN.format(why="它没有给出身份凭证"))
    return token


def _get(address: str) -> dict[str, Any]:
    return _object(_asked("GET", address))


def _asked(
    method: str,
    address: str,
    *,
    data: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> httpx.Response:
    try:
        # No proxy of the environment: the provider stands in the county's own network.
        with httpx.Client(timeout=_PATIENCE, trust_env=False, auth=auth) as client:
            answer = client.request(method, address, data=data)
    except (httpx.HTTPError, httpx.InvalidURL) as wrong:
        raise ProviderDown(DOWN.format(why="没有回答")) from wrong
    return answer


def _object(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != 200 or len(answer.content) > _MOST:
        raise ProviderDown(DOWN.format(why=f"回答 {answer.status_code}"))
    try:
        found = answer.json()
    except ValueError as wrong:
        raise ProviderDown(DOWN.format(why="回答读不懂")) from wrong
    if not isinstance(found, dict):
        raise ProviderDown(DOWN.format(why="回答读不懂"))
    return found
