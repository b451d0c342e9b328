"""bootstrap.py：只用标准库取得固定版本的 uv，校验不符就什么也不留下。"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import bootstrap

WHEEL = "uv-0.13.9-py3-none-any.whl"


def wheel() -> bytes:
    """A wheel with the one file that is taken out of it."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(
            f"uv-{bootstrap.UV_VERSION}.data/scripts/uv", "#!/bin/sh\necho uv 0.13.9\n"
        )
    return body.getvalue()


@contextmanager
def mirror(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serve *files* by path on a free port; yield its address and the list of paths asked for."""
    asked: list[str] = []

    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/simple", asked
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty .tools folder and a machine whose pinned wheel is ours."""
    monkeypatch.setattr(bootstrap, "UV", tmp_path / "uv")
    monkeypatch.setattr(platform, "machine", lambda: "abacus")
    pinned = {"abacus": (WHEEL, hashlib.sha256(wheel()).hexdigest())}
    monkeypatch.setattr(bootstrap, "UV_WHEELS", pinned)
    return tmp_path


def pep691(url: str) -> bytes:
    return json.dumps({"files": [{"filename": WHEEL, "url": url}]}).encode()


PEP503 = f'<html><a href="../../files/{WHEEL}#sha256=00">{WHEEL}</a></html>'.encode()


@pytest.mark.parametrize(
    "page", [pep691(f"/files/{WHEEL}"), pep691(f"../../files/{WHEEL}"), PEP503]
)
def test_uv_comes_from_the_mirror_and_runs(
    tools: Path, monkeypatch: pytest.MonkeyPatch, page: bytes
) -> None:
    """JSON 和 HTML 两种索引都认；装好的程序可以运行，不留临时文件。"""
    with mirror({"/simple/uv/": page, f"/files/{WHEEL}": wheel()}) as (address, asked):
        monkeypatch.setenv("GONGKAI_INDEX", address + "/")
        bootstrap.install_uv()
    assert asked == ["/simple/uv/", f"/files/{WHEEL}"]
    assert [path.name for path in tools.iterdir()] == ["uv"]
    assert bootstrap.installed_uv_version() == "0.13.9"


def test_a_changed_wheel_is_thrown_away(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """校验值不符：不解压、不落盘，说明应为多少、实为多少。"""
    files = {"/simple/uv/": pep691(f"/files/{WHEEL}"), f"/files/{WHEEL}": wheel() + b"!"}
    with mirror(files) as (address, _):
        monkeypatch.setenv("GONGKAI_INDEX", address)
        with pytest.raises(bootstrap.SetupError) as refused:
            bootstrap.install_uv()
    expected, found = (hashlib.sha256(body).hexdigest() for body in (wheel(), wheel() + b"!"))
    assert f"应为 expected {expected}，实为 found {found}" in str(refused.value)
    assert list(tools.iterdir()) == []


def test_an_index_without_the_wheel_is_named(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """镜像里没有这个文件：说明找过哪里，口令不显示。"""
    monkeypatch.setattr(bootstrap, "download", lambda _: b'{"files": []}')
    monkeypatch.setenv("GONGKAI_INDEX", "https://somebody:secret@mirror.invalid/simple")
    with pytest.raises(bootstrap.SetupError) as refused:
        bootstrap.install_uv()
    assert "查找的地址 looked at：https://mirror.invalid/simple/uv/\n" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_page_that_is_not_there_is_asked_for_once(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """404 不会因为重试而变好；报错里有怎样换镜像。"""
    with mirror({}) as (address, asked):
        monkeypatch.setenv("GONGKAI_INDEX", address)
        with pytest.raises(bootstrap.SetupError) as refused:
            bootstrap.install_uv()
    assert asked == ["/simple/uv/"]
    assert "make GONGKAI_INDEX=" in str(refused.value)
    assert list(tools.iterdir()) == []


def test_an_unknown_machine_is_told_what_to_do(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """没有登记校验值的机器：自己放一个 uv 也行。"""
    monkeypatch.setattr(platform, "machine", lambda: "loom")
    with pytest.raises(bootstrap.SetupError) as refused:
        bootstrap.install_uv()
    assert f"请自行取得 uv 0.13.9，放到 {tools / 'uv'}" in str(refused.value)


@pytest.mark.parametrize(
    ("version", "good"), [((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False)]
)
def test_versions_of_python(version: tuple[int, int], good: bool) -> None:
    """3.11 至 3.14。"""
    if good:
        bootstrap.refuse_unsuitable_python(version)
        return
    with pytest.raises(bootstrap.SetupError):
        bootstrap.refuse_unsuitable_python(version)


def test_stray_settings_of_uv_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """机器上别处设的 UV_ 变量不能决定这里装什么；Python 从不下载。"""
    monkeypatch.setenv("UV_INDEX_URL", "https://example.org/simple")
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "automatic")
    passed = {key: value for key, value in bootstrap._environment().items() if key[:3] == "UV_"}
    assert passed.pop("UV_PYTHON_DOWNLOADS") == "never"
    assert "UV_INDEX_URL" not in passed


def test_standard_library_only() -> None:
    """新装的 Debian 只有 python3：不导入任何第三方模块。"""
    taken = {
        name.partition(".")[0]
        for name, value in vars(bootstrap).items()
        if type(value) is type(sys) and not name.startswith("_")
    }
    assert taken - set(sys.stdlib_module_names) == set()
