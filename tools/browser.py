"""Debian's chromium for the browser tests: found, or installed when we may."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
# The driver's own node needs libatomic; without a Chinese font every picture shows boxes.
LIBRARY, FONT = "libatomic1", "fonts-noto-cjk"
PACKAGES = ("chromium", LIBRARY, FONT)
COMMAND = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"


def ensure() -> None:
    """Install chromium when missing and we are root; otherwise say how. Never fails the run."""
    missing = [*needed(), *([] if _draws_chinese() else [FONT])]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"浏览器测试将跳过：缺少 {'、'.join(missing)}。请以 root 运行：{COMMAND}", flush=True)
        return
    print(f"以 root 身份运行：正在安装浏览器测试所需的 {'、'.join(missing)} ……", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for step in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(
            [*quiet, *step], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            print(done.stderr[-2000:])
            print(f"安装没有成功，浏览器测试将跳过。可手动运行：{COMMAND}", flush=True)
            return


def needed() -> list[str]:
    """Return the packages without which no browser test can run here."""
    absent = [] if CHROMIUM.exists() else ["chromium"]
    return absent if _has_library() else [*absent, LIBRARY]


def _has_library() -> bool:
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def _draws_chinese() -> bool:
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return False
    found = subprocess.run([fc_list, ":lang=zh-cn"], capture_output=True, check=False)
    return bool(found.stdout.strip())
