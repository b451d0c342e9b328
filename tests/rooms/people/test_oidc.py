"""Signing in through a real OpenID provider, a process of its own on the loopback."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from gongkai.audit import clock
from gongkai.people.actions import close_account, open_account
from gongkai.people.actions.links import link_identity, unlink_identity
from gongkai.people.models import Session, User
from gongkai.people.oidc.errors import ProofRefused
from gongkai.people.oidc.proof import read_proof
from tests.rooms.cast import Cast, make_cast
from tests.rooms.people.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
CLIENT = "gongkai"
USERS = ({"sub": "chen-at-county", "staff_no": "T001", "amr": ["pwd"]}, {"sub": "nobody"})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Start the provider and return its issuer."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    claims = [word for user in USERS for word in ("--user-claims", json.dumps(user))]
    command = [
        sys.executable,
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "-n",
        "true",
        *claims,
    ]
    running = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        _wait(issuer, running)
        yield issuer
    finally:
        running.terminate()
        running.wait(timeout=10)


def _wait(issuer: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and running.poll() is None:
        try:
            httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider did not start")


@dataclass(frozen=True)
class Scene:
    cast: Cast
    account: User


@pytest.fixture
def scene(transactional_db: None, settings: Settings, provider: str) -> Scene:
    """The county, 小陈's account, and the provider in the settings."""
    settings.PROVIDER = replace(
        settings.PROVIDER, issuer=provider, client_id=CLIENT, client_secret="s"
    )
    cast = make_cast()
    return Scene(cast, open_account(cast.chen, login="chen", password=PASSWORD, by=cast.li))


@pytest.fixture
def browser(live_server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server.url, trust_env=False, timeout=20) as client:
        yield client


def to_provider(browser: httpx.Client) -> str:
    """Follow the link of the sign-in page and return the provider's address."""
    page = browser.get("/desk/sign-in/").text
    found = re.search(r'href="(/desk/sign-in/provider/[^"]*)"', page)
    assert found is not None
    answer = browser.get(found[1])
    assert answer.status_code == 302
    return answer.headers["location"]


def agree(browser: httpx.Client, address: str, subject: str) -> str:
    """Sign in at the provider and return the address it sends one back to."""
    answer = browser.post(address, data={"sub": subject})
    assert answer.status_code == 302
    return answer.headers["location"]


def link(scene: Scene, settings: Settings) -> None:
    link_identity(
        scene.account, issuer=settings.PROVIDER.issuer, subject="chen-at-county", by=scene.cast.li
    )


def test_a_linked_person_signs_in_and_it_is_said_how(
    scene: Scene, settings: Settings, browser: httpx.Client
) -> None:
    """统一认证：关联过的人登录成功；请求带 PKCE、state、nonce。"""
    link(scene, settings)
    address = to_provider(browser)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 32
    back = browser.get(agree(browser, address, "chen-at-county"))
    assert (back.status_code, back.headers["location"]) == (302, "/desk/")
    assert browser.get("/desk/me/").status_code == 200
    assert Session.objects.get().factor_at is None


def test_an_unknown_subject_is_told_what_to_do_and_makes_no_account(
    scene: Scene, browser: httpx.Client
) -> None:
    """统一认证通过但没有关联：不自动开账号，说明怎么办。"""
    back = browser.get(agree(browser, to_provider(browser), "nobody"))
    assert (back.status_code, "没有与之关联的账号" in back.text) == (403, True)
    assert (User.objects.count(), Session.objects.count()) == (1, 0)


def test_matching_by_staff_number_only_where_it_is_set(
    scene: Scene, settings: Settings, browser: httpx.Client, live_server: LiveServer
) -> None:
    """按工号对应：设置了才对应，没设置不对应。"""
    settings.PROVIDER = replace(settings.PROVIDER, match="")
    assert browser.get(agree(browser, to_provider(browser), "chen-at-county")).status_code == 403
    settings.PROVIDER = replace(settings.PROVIDER, match="staff_no")
    assert browser.get(agree(browser, to_provider(browser), "chen-at-county")).status_code == 302


def test_a_closed_or_unlinked_account_is_refused(
    scene: Scene, settings: Settings, browser: httpx.Client
) -> None:
    """停用的、解除关联的账号进不来。"""
    link(scene, settings)
    close_account(scene.account, reason="调离", by=scene.cast.li)
    assert browser.get(agree(browser, to_provider(browser), "chen-at-county")).status_code == 403
    User.objects.update(is_active=True)
    unlink_identity(scene.account.external_identities.get(), by=scene.cast.li)
    assert browser.get(agree(browser, to_provider(browser), "chen-at-county")).status_code == 403


def test_a_forged_or_repeated_return_is_refused(
    scene: Scene, settings: Settings, browser: httpx.Client, live_server: LiveServer
) -> None:
    """state 不对、换一个浏览器、同一个返回地址用两次、没有 code：都拒绝。"""
    link(scene, settings)
    good = agree(browser, to_provider(browser), "chen-at-county")
    code = parse_qs(urlsplit(good).query)["code"][0]
    forged = f"/desk/sign-in/provider/return/?{urlencode({'code': code, 'state': 'forged'})}"
    with httpx.Client(base_url=live_server.url, trust_env=False) as stranger:
        assert stranger.get(good).status_code == 403
    assert "不是从本页开始的" in browser.get(forged).text
    assert browser.get(good).status_code == 403
    denied = to_provider(browser)
    state = parse_qs(urlsplit(denied).query)["state"][0]
    no_code = (
        f"/desk/sign-in/provider/return/?{urlencode({'error': 'access_denied', 'state': state})}"
    )
    assert "没有通过，或者您取消了" in browser.get(no_code).text
    assert Session.objects.count() == 0


def test_a_code_of_another_sign_in_is_refused(
    scene: Scene, settings: Settings, browser: httpx.Client, live_server: LiveServer
) -> None:
    """把别人的 code 接到自己的登录上：nonce 对不上，拒绝。"""
    link(scene, settings)
    with httpx.Client(base_url=live_server.url, trust_env=False) as other:
        stolen = agree(other, to_provider(other), "chen-at-county")
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    state = parse_qs(urlsplit(to_provider(browser)).query)["state"][0]
    mixed = f"/desk/sign-in/provider/return/?{urlencode({'code': code, 'state': state})}"
    answer = browser.get(mixed)
    assert (answer.status_code, "没有登录" in answer.text) == (403, True)
    assert Session.objects.count() == 0


def test_a_token_that_is_over_is_refused(
    scene: Scene, settings: Settings, browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """凭证过期：真的凭证，两小时后才核对，拒绝并说明。"""
    link(scene, settings)
    back = agree(browser, to_provider(browser), "chen-at-county")
    later = datetime.now(UTC) + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = browser.get(back)
    assert (answer.status_code, "凭证已过期" in answer.text) == (403, True)


def test_a_provider_that_is_down_leaves_the_password(
    scene: Scene, settings: Settings, browser: httpx.Client
) -> None:
    """统一认证连不上：503 加一句中文，密码登录照常。"""
    settings.PROVIDER = replace(settings.PROVIDER, issuer=f"http://127.0.0.1:{free_port()}")
    answer = browser.get("/desk/sign-in/provider/")
    assert (answer.status_code, "统一身份认证现在连不上" in answer.text) == (503, True)
    assert 'name="password"' in answer.text


def test_a_provider_that_does_not_know_us_is_said(
    scene: Scene, settings: Settings, browser: httpx.Client
) -> None:
    """客户端密钥没设对：说明是设置问题，不是用户的错。"""
    settings.PROVIDER = replace(settings.PROVIDER, client_secret="")
    answer = browser.get(agree(browser, to_provider(browser), "chen-at-county"))
    assert (answer.status_code, "不认得本系统" in answer.text) == (503, True)


def test_without_the_setting_there_is_no_such_way(
    scene: Scene, settings: Settings, browser: httpx.Client
) -> None:
    """没有设置：页面上没有按钮，地址 404。"""
    settings.PROVIDER = replace(settings.PROVIDER, issuer="")
    assert "provider" not in browser.get("/desk/sign-in/").text
    assert browser.get("/desk/sign-in/provider/").status_code == 404
    assert browser.get("/desk/sign-in/provider/return/").status_code == 404


KEY = RSAKey.generate_key(2048, {"kid": "1"})
KEYS = {"keys": [KEY.as_dict(private=False)]}
AT = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)


def claims(**more: Any) -> dict[str, Any]:
    at = int(AT.timestamp())
    found = {"iss": "https://id.example", "aud": CLIENT, "sub": "s", "iat": at, "exp": at + 300}
    return {**found, "nonce": "n", **more}


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(aud="other"), KEY), id="给别人的"
        ),
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(iss="https://x"), KEY), id="别处签发"
        ),
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(nonce="m"), KEY), id="别次登录"
        ),
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(azp="other"), KEY), id="别的应用"
        ),
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(aud=[CLIENT, "x"]), KEY), id="多个对象"
        ),
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(iat=int(AT.timestamp()) + 900), KEY),
            id="将来签发",
        ),
        pytest.param(
            jwt.encode({"alg": "RS256", "kid": "1"}, claims(), RSAKey.generate_key(2048)),
            id="别的钥匙",
        ),
        pytest.param(
            jwt.encode({"alg": "HS256"}, claims(), OctKey.import_key("x" * 32)), id="对称签名"
        ),
        pytest.param("eyJhbGciOiJub25lIn0.eyJzdWIiOiJzIn0.", id="无签名"),
        pytest.param("不是凭证", id="乱码"),
        pytest.param("", id="空"),
    ],
)
def test_a_statement_that_proves_nothing_is_refused(token: str, settings: Settings) -> None:
    """核对每一项：签发人、对象、签名、算法、nonce、时间。"""
    settings.PROVIDER = replace(settings.PROVIDER, issuer="https://id.example", client_id=CLIENT)
    with pytest.raises(ProofRefused):
        read_proof(token, keys=KEYS, nonce="n", at=AT)


def test_a_true_statement_is_believed_in_all_it_says(settings: Settings) -> None:
    """真的凭证：标识、第二步验证（amr）照实读出。"""
    settings.PROVIDER = replace(settings.PROVIDER, issuer="https://id.example", client_id=CLIENT)
    means = (["pwd"], ["pwd", "otp"], "otp", None)
    tokens = [jwt.encode({"alg": "RS256", "kid": "1"}, claims(amr=one), KEY) for one in means]
    proofs = [read_proof(token, keys=KEYS, nonce="n", at=AT) for token in tokens]
    assert [(one.subject, one.second_factor) for one in proofs] == [
        ("s", False),
        ("s", True),
        ("s", False),
        ("s", False),
    ]
