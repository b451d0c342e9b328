"""每个回答带什么头，出错时说什么：没有英文页，没有空白页。"""

from __future__ import annotations

from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from gongkai.audit import clock
from gongkai.people.audience import public
from tests.rooms.cast import Cast
from tests.rooms.foi.test_looks import desk
from tests.rooms.keeping.installation import Installation, copied_installation
from tests.rooms.portal.static_root import make_static_root

CSP = "; ".join(
    sorted(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
)
EVERYWHERE = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
UNTOLD = "max-age=0, no-cache, no-store, must-revalidate, private"
VARYING = {"Content-Length", "Date", "Expires", "Last-Modified", "ETag", "Vary"}
"""Headers that change with the content or the moment."""


@public
def _away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("could not connect to server")


@public
def _unholdable(request: HttpRequest) -> HttpResponse:
    raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")


@public
def _full(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database or disk is full")


@public
def _no_room(request: HttpRequest) -> HttpResponse:
    raise OSError(ENOSPC, "No space left on device", "/data/upload")


@public
def _gone(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("connection already closed")


@public
def _fields(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.GET)))


def _form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)} {len(request.FILES)}")


@public
def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [
    path("planted/away", _away),
    path("planted/gone", _gone),
    path("planted/full", _full),
    path("planted/no-room", _no_room),
    path("planted/unholdable", _unholdable),
    path("planted/fields", _fields),
    path("planted/form", _form),
    path("planted/broken", _broken),
    path("", include("gongkai.project.urls")),
]
handler400 = "gongkai.project.answers.bad_request"
handler500 = "gongkai.project.answers.server_error"


@pytest.fixture(autouse=True)
def planted(db: None) -> Iterator[None]:
    make_static_root()
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def headers(response: object) -> dict[str, str]:
    items: dict[str, str] = dict(response.headers)  # type: ignore[attr-defined]
    policy = items.pop("Content-Security-Policy")  # its directives come in any order
    items["Content-Security-Policy"] = "; ".join(sorted(policy.split("; ")))
    return {name: value for name, value in items.items() if name not in VARYING}


HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_headers_of_a_public_page(client: Client) -> None:
    """公开页面：头一个不多、一个不少。"""
    assert headers(client.get("/")) == {**EVERYWHERE, **HTML}


def test_headers_of_a_staff_page(client: Client, cast: Cast) -> None:
    """工作人员页面：另加不许缓存。"""
    found = headers(desk(cast.wang).get("/desk/"))
    assert found == {**EVERYWHERE, **HTML, "Cache-Control": UNTOLD}


def test_headers_of_a_file(client: Client) -> None:
    """样式文件、文本文件：同样的头。"""
    file = client.get("/static/portal/css/tokens.css")
    style = headers(file)
    assert {name: style[name] for name in EVERYWHERE if name in style} == {
        name: value for name, value in EVERYWHERE.items() if name in style
    }
    assert set(EVERYWHERE) - set(style) <= {"X-Frame-Options"}
    assert headers(client.get(f"/digest/{clock.today()}.txt")) == {
        **EVERYWHERE,
        "Content-Type": "text/plain; charset=utf-8",
    }
    file.close()  # ends the request, and with it the connection


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/planted/broken", 500), ("/planted/away", 503)]
)
def test_headers_of_an_error_page(client: Client, address: str, status: int) -> None:
    """出错页面：同样的头。"""
    answer = client.get(address)
    found = headers(answer)
    found.pop("Retry-After", None)
    assert (answer.status_code, found) == (status, {**EVERYWHERE, **HTML})


def test_an_error_below_desk_is_not_kept_either(client: Client, cast: Cast) -> None:
    """工作人员地址下的 404，同样不许缓存。"""
    answer = desk(cast.wang).get("/desk/case/00000000/identity/")
    assert (answer.status_code, answer["Cache-Control"]) == (404, UNTOLD)


def test_what_the_database_cannot_hold_is_told_in_chinese(client: Client) -> None:
    """填了数据库存不下的字符：400，说清是什么、没有保存、怎么办，不是 500。"""
    answer = client.get("/planted/unholdable")
    assert answer.status_code == 400
    assert "看不见的控制字符" in answer.content.decode()
    assert "没有保存任何内容" in answer.content.decode()


@pytest.mark.parametrize("address", ["/planted/away", "/planted/gone"])
def test_database_away_is_told_in_chinese(client: Client, address: str) -> None:
    """数据库连不上：503，中文，说清没有写入、多久再试；页面自己不用数据库。"""
    answer = client.get(address)
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "数据库正忙，或者暂时连不上。这一步没有写入任何内容" in text
    assert "server" not in text
    assert "{" not in text


@pytest.mark.parametrize("address", ["/planted/full", "/planted/no-room"])
def test_a_full_disk_is_told_in_chinese(client: Client, address: str) -> None:
    """磁盘写满，不论是数据库还是上传的文件：507，中文，说清没有写入、谁来腾出空间，不露路径。"""
    answer = client.get(address)
    text = answer.content.decode()
    assert (answer.status_code, "磁盘写满了，没有办成" in text) == (507, True)
    assert "这一步没有写入任何内容" in text
    assert ["/data" in text, "{" in text] == [False, False]


def test_database_away_while_an_error_page_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """连 404 页也要查数据库而数据库不在：仍是 503 中文，不是空白。"""

    def away(*_: object, **__: object) -> None:
        raise OperationalError("no database")

    monkeypatch.setattr("gongkai.portal.context.AgencyName.objects.filter", away)
    answer = client.get("/nowhere/")
    assert answer.status_code == 503
    assert "数据库正忙" in answer.content.decode()


def test_our_own_fault_is_500_in_chinese(client: Client) -> None:
    """程序出错：500，中文，不露内部信息。"""
    answer = client.get("/planted/broken")
    assert (answer.status_code, "系统出错，没有办成" in answer.content.decode()) == (500, True)
    assert "fault" not in answer.content.decode()


def test_wrong_method_is_told(client: Client) -> None:
    """不接受的方式：405，中文，并列出接受的方式。"""
    answer = client.post("/digest/2024-01-02.txt")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "这个地址不能这样使用" in answer.content.decode()
    assert "&lt;B&gt;" in client.generic("<b>", "/").content.decode()


def test_too_large_a_body_is_413(client: Client) -> None:
    """正文太大：413，说明怎么办。"""
    answer = client.post("/planted/form", "x" * 2_500_001, "application/x-www-form-urlencoded")
    assert (answer.status_code, "提交的内容太大" in answer.content.decode()) == (413, True)


def bad_requests(client: Client) -> Iterator[HttpResponse]:
    many = "&".join(f"a{n}=1" for n in range(501))
    yield client.get("/", headers={"host": "evil.example"})  # type: ignore[misc]
    yield client.get("/", headers={"host": "a b<script>"})  # type: ignore[misc]
    yield client.get(f"/planted/fields?{many}")  # type: ignore[misc]
    yield client.post("/planted/form", many, "application/x-www-form-urlencoded")  # type: ignore[misc]
    yield client.post("/planted/form", b"rubbish", "multipart/form-data; boundary=\xff")  # type: ignore[misc]
    yield client.post("/planted/form", b"rubbish", "multipart/form-data")  # type: ignore[misc]


def test_malformed_requests_are_400_in_chinese(client: Client) -> None:
    """域名不对、字段太多、表单写坏：400，中文，没有 Bad Request。"""
    for number, answer in enumerate(bad_requests(client)):
        text = answer.content.decode()
        assert (number, answer.status_code) == (number, 400)
        assert "没有看懂这个请求" in text, number
        assert "Bad Request" not in text


@pytest.mark.parametrize(
    "raw", [b"/\xff\xfe", b"/report/\xc3\x28/2024/", b"/desk/case/\xff/identity/"]
)
def test_invalid_utf8_in_the_address_is_404_in_chinese(client: Client, raw: bytes) -> None:
    """地址里不是合法的 UTF-8：404，中文。"""
    answer = client.generic("GET", "/", PATH_INFO=raw.decode("latin-1"))
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


@pytest.mark.parametrize("query", ["?page=%00", "?page=%ff%fe", "?page=-1", "?page=" + "9" * 400])
def test_hostile_queries_are_no_fault_of_ours(cast: Cast, query: str) -> None:
    """控制字符、坏编码、离谱的页码：照常回答，不是 500。"""
    assert desk(cast.zhao).get(f"/desk/looks/{query}").status_code == 200


COOKIES = """
import django; django.setup()
from django.test import Client
from django.conf import settings
answer = Client().get("/desk/sign-in/", secure=True, headers={"host": "localhost"})
for cookie in answer.cookies.values():
    print(cookie.key, bool(cookie["secure"]), bool(cookie["httponly"]), cookie["path"],
          cookie["domain"], cookie["samesite"])
print(answer["Strict-Transport-Security"], settings.SESSION_COOKIE_NAME)
"""


@pytest.mark.slow
def test_cookies_under_https_bind_to_this_host(migrated: Installation, tmp_path: Path) -> None:
    """经 HTTPS 的 Cookie 用 __Host- 前缀，只经 HTTPS，脚本读不到；浏览器一年内只用 HTTPS。"""
    with copied_installation(tmp_path / "county", migrated) as county:
        (county.data / "static").mkdir(exist_ok=True)
        county.more["GONGKAI_HTTPS"] = "true"
        done = county.python(COOKIES)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "__Host-csrf True True /  Lax",
        "max-age=31536000 __Host-session",
    ]
