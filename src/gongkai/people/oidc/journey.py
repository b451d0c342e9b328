"""There and back: what we remember while somebody is at the provider, and whose account it is."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from gongkai.audit import clock
from gongkai.people.actions.tries import record_failure
from gongkai.people.models import ExternalIdentity, User
from gongkai.people.oidc import provider
from gongkai.people.oidc.errors import ProofRefused
from gongkai.people.oidc.proof import Proof, read_proof

_KEPT = "oidc"
UNKNOWN = (
    "统一身份认证通过了，但本系统没有与之关联的账号，没有登录。"
    "请联系安全管理员开通账号并关联，或者用登录名和密码登录。"
)
STRAY = "这次登录不是从本页开始的，或者放得太久了，没有登录。请重新点登录。"


def departure(request: HttpRequest, then: str) -> str:
    """Return the provider's address to go to. Raises ``ProviderDown``."""
    where = provider.addresses()
    verifier = secrets.token_urlsafe(48)
    kept = {
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": verifier,
        "next": then,
    }
    request.session[_KEPT] = kept
    query = {
        "response_type": "code",
        "client_id": settings.PROVIDER.client_id,
        "redirect_uri": _redirect_uri(request),
        "scope": "openid profile",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in where.authorization else "?"
    return f"{where.authorization}{joint}{urlencode(query)}"


def arrival(request: HttpRequest) -> tuple[User, bool, str]:
    """Return whose account came back, whether a second factor is vouched for, and where to go on.

    Raises ``ProviderDown``, ``ProofRefused``.
    """
    kept = request.session.pop(_KEPT, None)
    if not isinstance(kept, dict) or not constant_time_compare(
        str(kept["state"]), request.GET.get("state", "")
    ):
        raise ProofRefused(STRAY)
    code = request.GET.get("code", "")
    if not code:
        raise ProofRefused("统一身份认证没有通过，或者您取消了登录。请重新登录。")
    proof = _proof(request, kept, code)
    account = account_of(proof)
    if account is None:
        record_failure("", None, what="oidc")
        raise ProofRefused(UNKNOWN)
    return account, settings.PROVIDER.trust_amr and proof.second_factor, str(kept["next"])


def account_of(proof: Proof) -> User | None:
    """Return the open account linked with *proof*, or matched by staff number where that is set."""
    linked = ExternalIdentity.objects.filter(
        issuer=settings.PROVIDER.issuer, subject=proof.subject
    ).select_related("account__person")
    found = linked.first()
    if found is not None:
        return found.account if found.account.is_active else None
    staff_no = proof.claims.get(settings.PROVIDER.match) if settings.PROVIDER.match else None
    if not isinstance(staff_no, str) or not staff_no:
        return None
    open_ = User.objects.filter(person__staff_no=staff_no, is_active=True)
    accounts = list(open_.select_related("person")[:2])
    return accounts[0] if len(accounts) == 1 else None  # of two, which one would be a guess


def _proof(request: HttpRequest, kept: dict[str, Any], code: str) -> Proof:
    where = provider.addresses()
    token = provider.statement(
        where, code=code, verifier=str(kept["verifier"]), redirect_uri=_redirect_uri(request)
    )
    return read_proof(token, keys=provider.keys(where), nonce=str(kept["nonce"]), at=clock.now())


def _redirect_uri(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sign-in-oidc-return"))


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
