"""The machine is lost: a new one, a fresh folder, yesterday's archive, and the county goes on."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rooms.keeping.installation import Installation, empty_installation

pytestmark = pytest.mark.slow


def test_a_county_moves_to_a_new_machine(tmp_path: Path) -> None:
    """旧机器运行时备份；新机器从空文件夹恢复、体检、启动：公开的年报页面逐字节相同，还能继续登记。"""
    archive = tmp_path / "county.tar.gz"
    with (
        empty_installation(tmp_path / "old") as old,
        empty_installation(tmp_path / "new") as new,
    ):
        assert old.gongkai("demo", "load").returncode == 0
        with served(old) as site:
            pages = found_pages(site)
            before = [body(site, page) for page in pages]
            made = old.gongkai("backup", "--out", archive)
            assert made.returncode == 0, made.stderr
            refused = old.gongkai("upgrade")
            assert refused.returncode == 2
            assert "请先停掉 gongkai serve" in refused.stderr
        restored = new.restore(archive)
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert [line[0] for line in restored.stdout.splitlines()[1:6]] == ["✓"] * 5
        doctor = new.gongkai("doctor")
        assert doctor.returncode == 0, doctor.stdout
        with served(new) as site:
            assert [body(site, page) for page in pages] == before
        assert new.gongkai("demo", "compare").stdout.startswith("200 of 200 cells equal")
        assert new.gongkai("demo", "load").stdout == "演示数据此前已载入，没有改动。\n"


def found_pages(site: str) -> tuple[str, ...]:
    """The report's own addresses, as the home page links to them."""
    report = re.search(r'href="(/report/[^/"]+/2024/)"', body(site, "/"))
    assert report is not None
    return ("/", report[1], f"{report[1]}report.json", "/digest/2024-12-31.txt")


def body(site: str, page: str) -> str:
    with urllib.request.urlopen(f"{site}{page}", timeout=60) as answer:  # noqa: S310  # our own site
        text: str = answer.read().decode()
        return text


@contextmanager
def served(place: Installation) -> Iterator[str]:
    """The installation's site on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve", "--bind", bind, "--workers", "1"],
        env=place.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("服务已启动：")
        yield f"http://{bind}"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0  # work in hand has thirty seconds to come to an end
    finally:
        process.kill()
        process.communicate()
