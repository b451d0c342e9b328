"""Debian's chromium for tests and pictures: found, or installed when we may; and started, in Chinese."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

CHROMIUM = Path("/usr/bin/chromium")
CHINESE = Path("/usr/lib/chromium/locales/zh-CN.pak")
# The driver's own node needs libatomic; without a Chinese font every picture shows boxes.
LIBRARY, FONT, WORDS = "libatomic1", "fonts-noto-cjk", "chromium-l10n"
PACKAGES = ("chromium", WORDS, LIBRARY, FONT)
_ARGUMENTS = (
    "--no-sandbox",  # chromium refuses its sandbox to root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
COMMAND = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"


def launch(playwright: Playwright) -> Browser:
    """Start chromium as a clerk has it: its own words (dates, choosing a file) are Chinese.

    What a page says of its language changes none of these; chromium takes them from ``LANGUAGE``.
    """
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=_ARGUMENTS, env={**os.environ, "LANGUAGE": "zh_CN"}
    )


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
    files = {"chromium": CHROMIUM, WORDS: CHINESE}
    absent = [package for package, file in files.items() if not file.exists()]
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
