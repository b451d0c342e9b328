"""依赖核对：撤回的版本、已知的漏洞、没有哈希的一行，都拦得住；问不到的说明没有核对。"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.weaknesses import Accepted, Weakness, accepted, judged, main, pins, unpinned

GOOD, BAD = "a" * 64, "b" * 64
LIST = f"""\
example-one==1.0 \\
    --hash=sha256:{GOOD} \\
    --hash=sha256:{"c" * 64}
Example.Two==2.1 ; python_version >= '3.11' \\
    --hash=sha256:{BAD}
"""
VULNERABILITY = {
    "vulns": [
        {
            "id": "GHSA-aaaa-bbbb-cccc",
            "aliases": ["CVE-2024-0001"],
            "summary": "made up",
            "affected": [
                {
                    "package": {"name": "example-two", "ecosystem": "PyPI"},
                    "ranges": [
                        {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.2"}]}
                    ],
                }
            ],
        }
    ]
}


class _Index(BaseHTTPRequestHandler):
    """An index that has taken back Example.Two, and advisories that know a weakness of it."""

    yanks: object = "broken build"
    knows = True

    def do_GET(self) -> None:  # the name http.server asks for
        two = "example-two" in self.path
        file = {"hashes": {"sha256": BAD if two else GOOD}, "yanked": self.yanks if two else False}
        self._answer({"files": [file]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = self.knows and asked["package"]["name"] == "example-two"
        self._answer(VULNERABILITY if found else {})

    def _answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@contextmanager
def sources(*, yanks: object = False, knows: bool = False) -> Iterator[str]:
    handler = type("Handler", (_Index,), {"yanks": yanks, "knows": knows})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv(
        "XDG_CACHE_HOME", str(tmp_path / "cache")
    )  # nothing remembered between tests
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    (tmp_path / "accepted.toml").write_text("", encoding="utf-8")
    return ["--list", f"{tmp_path / 'list.txt'}", "--accepted", f"{tmp_path / 'accepted.toml'}"]


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_nothing_wrong(listed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """都回答了，都没有问题：通过。"""
    with sources() as url:
        assert main([*listed, "--index", url, "--advisories", url]) == 0
    assert said(capsys) == ["2 libraries, 0 weaknesses"]


@pytest.mark.parametrize(
    ("yanks", "why"), [("broken build", "broken build"), (True, "没有写明原因")]
)
def test_a_release_taken_back_is_refused(
    listed: list[str], capsys: pytest.CaptureFixture[str], yanks: object, why: str
) -> None:
    """索引撤回的版本（PEP 592）：不通过，写明原因。"""
    with sources(yanks=yanks) as url:
        assert main([*listed, "--index", url, "--advisories", url]) == 1
    assert said(capsys) == [
        f"Example.Two 2.1：发布者已撤回（{why}），请换一个版本",
        "2 libraries, 1 weaknesses",
    ]


def test_a_known_weakness_is_refused(listed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """公告里有漏洞：不通过，说升级到哪一版。"""
    with sources(knows=True) as url:
        assert main([*listed, "--index", url, "--advisories", url]) == 1
    assert said(capsys)[0] == "example-two 2.1：已知漏洞 CVE-2024-0001，升级到 2.2"


def test_an_accepted_weakness_passes_with_its_reason(
    listed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """写明理由和期限的例外：通过，但每次都说出来。"""
    Path(listed[3]).write_text(
        '[[accepted]]\nid = "CVE-2024-0001"\npackage = "example-two"\n'
        'reason = "用不到那个函数"\nuntil = 2999-01-31\n',
        encoding="utf-8",
    )
    with sources(knows=True) as url:
        assert main([*listed, "--index", url, "--advisories", url]) == 0
    assert said(capsys)[0].endswith("；暂时接受到 2999-01-31：用不到那个函数")


def test_sources_that_do_not_answer_are_named(
    listed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """没有网络、内网镜像没有公告：说明没有核对，不当作没有问题，也不算失败。"""
    nowhere = "http://127.0.0.1:9"
    assert main([*listed, "--index", nowhere, "--advisories", nowhere]) == 0
    lines = said(capsys)
    assert [line[:4] for line in lines[:-1]] == ["没有核对"] * 2
    assert main([*listed, "--index", "file:///opt", "--advisories", nowhere]) == 0
    assert "不是网络上的索引" in said(capsys)[-2]


def test_a_line_without_hash_is_refused(
    listed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """没有固定版本或者没有哈希的一行：任何时候都拦得住。"""
    Path(listed[1]).write_text(f"{LIST}loose>=1\npinned==1.0\n", encoding="utf-8")
    nowhere = "http://127.0.0.1:9"
    assert main([*listed, "--index", nowhere, "--advisories", nowhere]) == 1
    lines = said(capsys)
    assert "loose>=1：没有固定版本和 SHA-256" in lines
    assert "pinned==1.0：没有固定版本和 SHA-256" in lines


def test_an_exception_ends() -> None:
    """过了期限的例外不再算数；别的软件包的例外不能借用。"""
    weakness = Weakness("example", "1.0", ("GHSA-1", "CVE-1"), "")
    mine = Accepted("CVE-1", "Example", "理由", date(2024, 1, 31))
    assert judged([weakness], [mine], date(2024, 1, 31))[0] == []
    assert judged([weakness], [mine], date(2024, 2, 1)) == (
        ["example 1.0：已知漏洞 GHSA-1，还没有修复的版本；接受的期限 2024-01-31 已过"],
        [],
    )
    other = Accepted("CVE-1", "another", "理由", date(2024, 1, 31))
    assert len(judged([weakness], [other], date(2024, 1, 1))[0]) == 1
    with pytest.raises(KeyError, match="reason"):
        accepted('[[accepted]]\nid = "x"\npackage = "y"\nuntil = 2024-01-31\n')


def test_our_own_list_is_hashed_throughout() -> None:
    """requirements/server.txt：每一行都有版本和哈希。"""
    text = (Path(__file__).resolve().parents[3] / "requirements" / "server.txt").read_text("utf-8")
    assert unpinned(text) == []
    assert all(pin.hashes for pin in pins(text))
    assert len(pins(text)) > 20
