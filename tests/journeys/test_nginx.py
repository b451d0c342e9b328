"""The configuration we ship, in a real nginx: the looks without the application, and alike with it."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from gongkai.portal.looks import LOOKS, sheet
from gongkai.project.statics import put_out
from tests.journeys.nginx import NGINX, Answer, Site, free_port, nginx

pytestmark = [
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.skipif(
        NGINX is None, reason="没有 nginx；请以 root 运行：apt-get install -y nginx-light"
    ),
]
SECURITY = (
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-permitted-cross-domain-policies",
)
BACKS = (
    ("back=/report/T00000001/2024/", "/report/T00000001/2024/"),
    ("back=/desk/?on=2024-06-30&page=2", "/desk/?on=2024-06-30&page=2"),
    ("back=/wh/%E7%A4%BA", "/wh/%E7%A4%BA"),
    ("", "/"),
    ("back=", "/"),
    ("back=https://evil.example/", "/"),
    ("back=//evil.example/", "/"),
    ("back=/\\evil.example/", "/"),
    ("back=\\\\evil.example/", "/"),
    ("other=1&back=/report/", "/"),
)


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    put_out(folder)
    return folder


@pytest.fixture
def stopped(tmp_path: Path, static: Path) -> Iterator[tuple[Site, Site]]:
    """nginx while the application is stopped."""
    with nginx(tmp_path, application=f"127.0.0.1:{free_port()}", static=static) as sites:
        yield sites


def test_each_cookie_has_its_bytes_while_the_application_is_stopped(
    stopped: tuple[Site, Site],
) -> None:
    """应用停着：四种 cookie 各得其样式，没有和乱写的得标准样式。"""
    site = stopped[0]
    wanted = {look.name: sheet(look.name) for look in LOOKS}
    assert {name: site.get("/look.css", Cookie=f"look={name}").body for name in wanted} == wanted
    for cookie in ("look=../../etc/passwd", "look=", "other=elder"):
        assert site.get("/look.css", Cookie=cookie).body == wanted["standard"]
    assert len(set(wanted.values())) == 4


def test_the_switch_works_while_the_application_is_stopped(stopped: tuple[Site, Site]) -> None:
    """应用停着：选择写入 cookie 并回到原页；别处的地址一律回首页。"""
    site = stopped[0]
    for query, back in BACKS:
        answer = site.get(f"/look/elder?{query}")
        assert (answer.status, answer.headers["location"]) == (303, back), query
        assert _cookie(answer) == {
            "max-age": "31536000",
            "path": "/",
            "samesite": "Lax",
            "value": "elder",
        }
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "set-cookie" not in site.get("/look/pink?back=/").headers


def test_an_old_address_is_answered_with_301(tmp_path: Path, static: Path) -> None:
    """应用停着：登记过的旧网址以 301 转到新网址；没有登记的、没有这个文件时照旧。"""
    public = tmp_path / "public"
    (public / "zwgk").mkdir(parents=True)
    long = f"/zwgk/{'a' * 160}.html"
    (public / "redirects.map").write_text(f'"/zwgk/1.html" "/n/";\n"{long}" "/o/";\n')
    (public / "zwgk/2.html").write_text("页面")
    nobody = f"127.0.0.1:{free_port()}"
    with nginx(tmp_path, application=nobody, static=static, public=public) as (site, _):
        answers = [site.get(path) for path in ("/zwgk/1.html", long, "/zwgk/2.html")]
    assert [(one.status, one.headers.get("location")) for one in answers] == [
        (301, "/n/"),
        (301, "/o/"),
        (200, None),
    ]
    assert {"content-security-policy", "x-content-type-options"} <= set(answers[0].headers)


def test_a_stopped_application_is_said_in_chinese(stopped: tuple[Site, Site]) -> None:
    """应用停着：别的页面回答 503 和一句中文；样式、脚本照常；HTTP 转到 HTTPS。"""
    https, http = stopped
    resting = https.get("/report/T00000001/2024/")
    assert resting.status == 503
    assert "网站正在维护" in resting.body.decode()
    for address in ("/apply/form/", "/apply/status/"):
        applying = https.get(address)
        assert (applying.status, "当面申请" in applying.body.decode()) == (503, True)
    style = https.get("/static/portal/css/text.css")
    assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert https.get("/static/portal/read.js").headers["content-type"].endswith("; charset=utf-8")
    assert https.get("/static/../gongkai.sqlite3").status in (400, 503)
    moved = http.get("/report/?a=1")
    assert (moved.status, moved.headers["location"]) == (301, "https://localhost/report/?a=1")


@pytest.mark.django_db(transaction=True)
def test_headers_and_bytes_equal_the_applications(
    tmp_path: Path, static: Path, live_server: LiveServer
) -> None:
    """应用开着：nginx 自己回答的，与应用回答的字节、安全响应头、去向相同；转交的页面不重复响应头。"""
    host = live_server.url.removeprefix("http://").replace("localhost", "127.0.0.1")
    application = Site(int(host.rpartition(":")[2]))
    with nginx(tmp_path, application=host, static=static) as (site, _):
        for look in LOOKS:
            ours = site.get("/look.css", Cookie=f"look={look.name}")
            theirs = application.get("/look.css", Cookie=f"look={look.name}")
            assert (ours.body, _kept(ours)) == (theirs.body, _kept(theirs))
            assert _security(ours) == _security(theirs)
        for query, back in BACKS:
            ours, theirs = (one.get(f"/look/grey?{query}") for one in (site, application))
            assert (ours.status, ours.headers["location"]) == (303, back)
            assert (theirs.status, theirs.headers["location"]) == (303, back)
            assert _cookie(ours) == _cookie(theirs)
            assert ours.headers["cache-control"] == theirs.headers["cache-control"] == "no-store"
        page, direct = site.get("/"), application.get("/")
        assert (page.status, _security(page)) == (200, _security(direct))
        assert _security(site.get("/static/portal/css/text.css")) == _security(direct)


def _security(answer: Answer) -> dict[str, frozenset[str]]:
    """The security headers; the order of a policy's directives says nothing."""
    return {
        name: frozenset(part.strip() for part in answer.headers[name].split(";"))
        for name in SECURITY
    }


def _kept(answer: Answer) -> tuple[str, str, bool]:
    """What caches go by; nginx varies by encoding as well, because it compresses."""
    kind = answer.headers["content-type"]
    return kind, answer.headers["cache-control"], "Cookie" in answer.headers["vary"]


def _cookie(answer: Answer) -> dict[str, str]:
    """The choice as the browser keeps it, without what differs between HTTP and HTTPS."""
    found = SimpleCookie(answer.headers["set-cookie"])["look"]
    kept = {name: str(found[name]) for name in ("max-age", "path", "samesite")}
    assert found["httponly"]
    return {**kept, "value": found.value}
