"""A real nginx on loopback with the site configuration we ship; only its marked lines are changed."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
_MAIN = """\
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back: headers by lower-case name, a repeated one joined by commas."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    """An address to ask: over TLS with a certificate of *authority*, or in the clear."""

    port: int
    authority: Path | None = None

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for *path* as it is; ``Cookie`` and other headers by name."""
        connection = self.connection()
        try:
            return asked(connection, path, method, headers)
        finally:
            connection.close()

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection that is not open yet, for whoever asks for many pages."""
        if not self.authority:
            return http.client.HTTPConnection("localhost", self.port, timeout=20)
        trusted = ssl.create_default_context(cafile=self.authority)
        return http.client.HTTPSConnection("localhost", self.port, timeout=20, context=trusted)


def asked(
    connection: http.client.HTTPConnection,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask for *path* over *connection*, which opens itself when it has to."""
    connection.request(method, path, headers=dict(headers or {}))
    found = connection.getresponse()
    together: dict[str, str] = {}
    for name, value in found.getheaders():
        key = name.lower()
        together[key] = f"{together[key]}, {value}" if key in together else value
    return Answer(found.status, together, found.read())


@contextmanager
def nginx(
    folder: Path, *, application: str, static: Path, public: Path | None = None
) -> Iterator[tuple[Site, Site]]:
    """Start nginx before *application* (``host:port``); yield its HTTPS and its HTTP address.

    Without *public* there is no page that is a file.
    """
    https, http_port = free_port(), free_port()
    _certificate(folder)
    text = SHIPPED.read_text(encoding="utf-8")
    for shipped, here in (
        ("server 127.0.0.1:8000;", f"server {application};"),
        ("listen 80;", f"listen 127.0.0.1:{http_port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{https} ssl http2;"),
        ("/etc/nginx/tls/zwgk.example.gov.cn", f"{folder}/site"),
        ("zwgk.example.gov.cn", "localhost"),
        ("/srv/gongkai/static/", f"{static}/"),
        ("/srv/gongkai/public/", f"{public or folder / 'none'}/"),
        ("/srv/gongkai/public;", f"{public or folder / 'none'};"),
    ):
        assert shipped in text, shipped
        text = text.replace(shipped, here)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(_MAIN.format(folder=folder, user=user), encoding="utf-8")
    process = subprocess.Popen([str(NGINX), "-e", f"{folder}/error.log", "-c", str(main)])
    try:
        _wait(https, process, folder)
        yield Site(https, folder / "site.pem"), Site(http_port)
    finally:
        process.terminate()
        process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError((folder / "error.log").read_text(encoding="utf-8"))


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "site.pem").write_bytes(made.public_bytes(pem))
    (folder / "site.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
