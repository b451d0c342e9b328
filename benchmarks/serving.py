"""A public page through nginx as we ship it against a bare file of its size, and the memory of the application's server."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.clocks import say_how_fast_the_machine_is
from benchmarks.measure import say
from tests.journeys.nginx import NGINX, free_port, nginx

_ITEMS = 200
_TURNS = 7
_TOGETHER = 50
_ROUNDS = 18
"""900 requests: nginx closes a connection after a thousand."""
_REQUESTS = 200
_MIXED = (
    *("/", "/n/", "/c/", "/o/", "/desk/sign-in/", "/check/", "/nothing-here/", "/look.css"),
    *(f"/search/?q={quote(word)}" for word in ("通知", "事项 办理", "第17号", "没有这个词")),
)
_BARE = """\
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate {certificate}.pem;
        ssl_certificate_key {certificate}.key;
        ssl_protocols TLSv1.2 TLSv1.3;
        root {folder};
    }}
}}
"""


@dataclass(frozen=True)
class _Rate:
    """Requests a second, and milliseconds of nginx's own time for a thousand of them."""

    rate: float
    cost: float


def run() -> None:
    """Make a small site, then measure what serves it."""
    if NGINX is None:
        say("serving", "no nginx here")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"GONGKAI_MODE": "demo", "GONGKAI_DATA": str(folder)}
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.project.settings"
        pid = os.fork()
        if pid == 0:
            _fill(folder)
            os._exit(0)
        if os.waitpid(pid, 0)[1]:
            raise SystemExit("filling the site failed")
        folder.chmod(0o755)
        _compare(folder)
        _weigh(folder)


def _fill(folder: Path) -> None:
    import django  # noqa: PLC0415  # settings are read from the environment set above

    django.setup()
    from benchmarks.site import Site  # noqa: PLC0415  # models need the settings
    from gongkai.project.statics import put_out  # noqa: PLC0415
    from gongkai.publication.actions import publish_edition  # noqa: PLC0415
    from gongkai.publication.actions.writing import write_all_due  # noqa: PLC0415

    put_out(folder / "static")
    site = Site.make(_ITEMS, long=True)
    site.fill_to(_ITEMS)
    write_all_due(lambda done, total: None)
    publish_edition(site.sealed(1)[0], by=site.cast.chen)


def _compare(folder: Path) -> None:
    """Ask for the page and for the bare file in turns, over one connection each."""
    page = next((folder / "public" / "n").glob("*/*/index.html"))
    ours, bare = folder / "nginx", folder / "bare"
    ours.mkdir()
    bare.mkdir(mode=0o755)
    (bare / "file.html").write_bytes(page.read_bytes())
    address = f"/{page.parent.relative_to(folder / 'public')}/"
    public, static = folder / "public", folder / "static"
    rates: dict[str, list[_Rate]] = {"page": [], "bare": []}
    with (
        nginx(ours, application=f"127.0.0.1:{free_port()}", static=static, public=public) as sites,
        _bare_nginx(bare, ours / "site") as port,
    ):
        for _ in range(_TURNS):
            rates["page"].append(_ask(sites[0].port, address, ours))
            rates["bare"].append(_ask(port, "/file.html", bare))
    page_rate, bare_rate = (statistics.median(one.rate for one in rates[n]) for n in rates)
    page_cost, bare_cost = (statistics.median(one.cost for one in rates[n]) for n in rates)
    ratio = statistics.median(
        one.rate / other.rate for one, other in zip(rates["page"], rates["bare"], strict=True)
    )
    size = f"{page.stat().st_size / 1024:.0f} KB"
    say(f"item page of {size} through nginx, TLS", f"{page_rate:,.0f} a second")
    say("bare file of its size, the same nginx", f"{bare_rate:,.0f} a second")
    say("page to bare file, requests a second", f"{ratio:.2f}", "bar: 0.95")
    say("nginx's own time for 1 000, page and bare", f"{page_cost:.0f}, {bare_cost:.0f} ms")
    say_how_fast_the_machine_is()


@contextmanager
def _bare_nginx(folder: Path, certificate: Path) -> Iterator[int]:
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    text = _BARE.format(user=user, folder=folder, port=port, certificate=certificate)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = [str(NGINX), "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def _ask(port: int, path: str, folder: Path) -> _Rate:
    """Ask for *path* again and again, fifty requests at a time over one connection."""
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain) as connection,
    ):
        connection.sendall(asked)
        size = len(_answer(connection))
        spent, began = _spent(folder), time.perf_counter()
        for _ in range(_ROUNDS):
            connection.sendall(asked * _TOGETHER)
            _read(connection, size * _TOGETHER)
        taken = time.perf_counter() - began
    done = _ROUNDS * _TOGETHER
    return _Rate(done / taken, (_spent(folder) - spent) / done * 1_000_000)


def _answer(connection: ssl.SSLSocket) -> bytes:
    """Read one answer with its head."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _read(connection: ssl.SSLSocket, size: int) -> None:
    while size > 0:
        got = len(connection.recv(262_144))
        assert got, "nginx closed the connection"
        size -= got


def _spent(folder: Path) -> float:
    """Return the seconds of processor nginx and its workers have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    return (
        sum(sum(map(int, _stat(pid)[11:13])) for pid in _tree(int((folder / "pid").read_text())))
        / ticks
    )


def _weigh(folder: Path) -> None:
    """Start ``gongkai serve``, ask for many things, and add up the memory of its processes."""
    port = free_port()
    command = [sys.executable, "-m", "gongkai", "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        answers = [_status(port, _MIXED[n % len(_MIXED)]) for n in range(_REQUESTS)]
        assert all(code in (200, 301, 302, 404, 429) for code in answers), sorted(set(answers))
        resident = sorted((_memory(pid, "Rss:") for pid in _tree(process.pid)), reverse=True)
        shared_once = sum(_memory(pid, "Pss:") for pid in _tree(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=60)
    said = ", ".join(f"{one:.0f}" for one in resident)
    say(f"memory of gongkai serve, {_REQUESTS} requests", f"{shared_once:.0f} MB", "bar: 300 MB")
    say("its processes, each with what they share", f"{said} MB")


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _tree(int(child)))]


def _stat(pid: int) -> Any:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _memory(pid: int, which: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which)) / 1024


def _wait(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on port {port}")
