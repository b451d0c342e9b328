"""不联网的安装包：断网、空环境也装得上；文件被改动、机器不对、位置不空，都说清楚并什么也不留下。"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bundle

pytestmark = [pytest.mark.slow, pytest.mark.once]

PYTHON = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of this checkout alone: its dependencies would have to be fetched."""
    if not bundle.UV.is_file():
        pytest.skip("没有 .tools/uv，请先运行 make test")
    folder = tmp_path_factory.mktemp("bundle") / "gongkai"
    (folder / "wheels").mkdir(parents=True)
    bundle.fill(folder, "{}.{}".format(*sys.version_info[:2]), "")
    return folder


def install(folder: Path, target: Path, *before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, PYTHON, folder / "install.py", "--target", target],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def without_network() -> list[str]:
    """The words before a command that take the network from it."""
    words = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("这台机器不让断开网络（unshare）")
    return words


def test_it_installs_without_network_in_an_empty_environment(packed: Path, tmp_path: Path) -> None:
    """断网、没有环境变量：装好的命令能用，字体和数据文件都在里面。"""
    cut = without_network()
    done = install(packed, tmp_path / "opt", *cut)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"已安装到 {tmp_path / 'opt'}。")
    helped = subprocess.run(
        [*cut, tmp_path / "opt" / "bin" / "gongkai", "--help"],
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (helped.returncode, helped.stdout[:16]) == (0, "用法：gongkai 命令 [参数]"[:16])
    (package,) = (tmp_path / "opt" / "venv").glob("lib/python*/site-packages/gongkai")
    ours = bundle.ROOT / "src" / "gongkai"
    needed = ("paper/fonts", "law/notices", "portal/templates", "portal/static")
    for folder in needed:
        here = sorted(path.name for path in (ours / folder).rglob("*") if path.is_file())
        there = sorted(path.name for path in (package / folder).rglob("*") if path.is_file())
        assert [name for name in here if name not in there and not name.endswith(".pyc")] == []
        assert there != []


@pytest.mark.parametrize("name", ["requirements.txt", "uv", "docs/manual/install.zh.md"])
def test_a_changed_file_is_refused_by_name(packed: Path, tmp_path: Path, name: str) -> None:
    """拷贝途中坏了的文件：点出它，不动目标。"""
    copy = shutil.copytree(packed, tmp_path / "copy")
    with (copy / name).open("ab") as file:
        file.write(b"\n")
    done = install(copy, tmp_path / "opt")
    assert (done.returncode, done.stderr) == (
        1,
        f"错误：安装包里的 {name} 缺失或被改动过。请重新拷贝安装包，核对后再装。\n",
    )
    assert not (tmp_path / "opt").exists()


def test_another_machine_is_refused(packed: Path, tmp_path: Path) -> None:
    """为别的 Python 做的安装包：说需要哪个。"""
    copy = shutil.copytree(packed, tmp_path / "copy")
    kind = json.loads((copy / "bundle.json").read_bytes())
    body = json.dumps({**kind, "python": "3.99"}).encode()
    old, new = (copy / "bundle.json").read_bytes(), body
    (copy / "bundle.json").write_bytes(new)
    sums = (copy / "SHA256SUMS").read_text(encoding="utf-8")
    before, after = (hashlib.sha256(one).hexdigest() for one in (old, new))
    (copy / "SHA256SUMS").write_text(sums.replace(before, after), encoding="utf-8")
    done = install(copy, tmp_path / "opt")
    assert done.returncode == 1
    assert "需要 3.99" in done.stderr
    assert not (tmp_path / "opt").exists()


def test_a_full_folder_is_left_alone(packed: Path, tmp_path: Path) -> None:
    """目标不空：不动里面的东西。"""
    (tmp_path / "opt").mkdir()
    (tmp_path / "opt" / "mine").write_text("mine", encoding="utf-8")
    done = install(packed, tmp_path / "opt")
    assert done.returncode == 1
    assert [path.name for path in (tmp_path / "opt").iterdir()] == ["mine"]


def test_a_failed_installation_leaves_nothing(packed: Path, tmp_path: Path) -> None:
    """缺了一个依赖：清空目标，可以重来。"""
    copy = shutil.copytree(packed, tmp_path / "copy")
    (wheel,) = (copy / "wheels").glob("*.whl")
    sums = (copy / "SHA256SUMS").read_text(encoding="utf-8")
    kept = [line for line in sums.splitlines() if wheel.name not in line]
    (copy / "SHA256SUMS").write_text("\n".join(kept) + "\n", encoding="utf-8")
    wheel.unlink()
    done = install(copy, tmp_path / "opt")
    assert done.returncode == 1
    assert "目标文件夹已清空" in done.stderr
    assert not (tmp_path / "opt").exists()
