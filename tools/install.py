"""Installs Gongkai from this folder, with no network: ``python3 install.py --target /opt/gongkai``.

Part of the bundle that tools/bundle.py makes; Python's standard library only, because Debian's python3
comes without pip and without ensurepip.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"


class InstallRefused(Exception):
    """What happened, why, what to do next."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="install.py", description="安装公开（不联网）")
    parser.add_argument(
        "--target", type=Path, required=True, help="装到哪个文件夹（须为空或不存在）"
    )
    target = parser.parse_args(argv).target.absolute()
    try:
        verify()
        refuse_unsuitable()
        install(target)
    except InstallRefused as refused:
        sys.stderr.write(f"错误：{refused}\n")
        return 1
    except OSError as wrong:
        sys.stderr.write(f"错误：读写不了（{wrong}）。请检查 {target} 的权限和磁盘空间后重试。\n")
        return 1
    sys.stdout.write(
        f"已安装到 {target}。试一试：\n  {target}/bin/gongkai due 2024-02-08\n"
        "接着按 docs/manual/install.zh.md 放好密钥、设好数据目录，再运行 gongkai migrate 和 gongkai doctor。\n"
    )
    return 0


def verify() -> None:
    """Compare every file of the bundle with its hash. Raises ``InstallRefused`` naming the first."""
    for line in (HERE / SUMS).read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise InstallRefused(
                f"安装包里的 {name} 缺失或被改动过。请重新拷贝安装包，核对后再装。"
            )


def refuse_unsuitable() -> None:
    """Raise ``InstallRefused`` unless this machine is the kind the bundle was made for."""
    made_for = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    have = {
        "system": sys.platform,
        "machine": platform.machine(),
        "python": "{}.{}".format(*sys.version_info[:2]),
    }
    wrong = [
        f"{key} 是 {have[key]}，需要 {made_for[key]}" for key in have if have[key] != made_for[key]
    ]
    if wrong:
        raise InstallRefused(
            f"安装包不适合这台机器：{'；'.join(wrong)}。请换用对应的 python3，或者换一个安装包。"
        )


def install(target: Path) -> None:
    """Build the environment in *target*; a failed attempt is removed."""
    if target.exists() and any(target.iterdir()):
        raise InstallRefused(f"{target} 不是空文件夹。升级时请装到新的文件夹，见 install.zh.md。")
    fresh = not target.exists()
    target.mkdir(parents=True, exist_ok=True)
    try:
        _uv("venv", "--python", sys.executable, target / "venv")
        _uv(
            "pip", "install", "--no-index", "--find-links", HERE / "wheels", "--require-hashes",
            "--no-deps", "--compile-bytecode", "--python", target / "venv",
            "-r", HERE / "requirements.txt",
        )  # fmt: skip
        (target / "bin").mkdir()
        (target / "bin" / "gongkai").symlink_to("../venv/bin/gongkai")
        shutil.copytree(HERE / "docs", target / "docs")
    except BaseException:
        for part in ("venv", "bin", "docs"):
            shutil.rmtree(target / part, ignore_errors=True)
        if fresh:
            target.rmdir()
        raise


def _uv(*arguments: str | Path) -> None:
    command = [
        str(HERE / "uv"),
        *map(str, arguments),
        "--quiet",
        "--offline",
        "--no-cache",
        "--no-config",
    ]
    # The environment is the operator's; nothing of it may choose another index or another Python.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("UV_")}
    environment |= {"UV_LINK_MODE": "copy", "UV_PYTHON_DOWNLOADS": "never"}
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode != 0:
        raise InstallRefused(
            f"uv {arguments[0]} 没有完成，原因见上文。目标文件夹已清空，处理后可以重试。"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
