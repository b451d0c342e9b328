"""gongkai keys：现状、更换、核对；被杀之后接着做；旧备份凭新旧两把密钥恢复。"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.vault.ring import Key
from tests.rooms.keeping.installation import Installation, copied_installation, empty_installation

pytestmark = pytest.mark.slow

OLD = "old-key-of-the-county-0123456789abcdef"
NEW = "new-key-of-the-county-0123456789abcdef"
APPLICANTS = """
import django; django.setup()
from gongkai.foi.identity import Identity, conceal
for n in range(12):
    conceal(Identity(f"某申请人{n}", f"00000019800101{n:04}", "地址"), "nat").save()
"""
_DIES = """
import os, signal, sys, django; django.setup()
from gongkai.project.keys import actions
actions._BATCH = 3
ordinary, calls = actions._seal_again, []
def counted(*given):
    calls.append(given)
    if len(calls) == 8:
        os.kill(os.getpid(), signal.SIGKILL)
    return ordinary(*given)
actions._seal_again = counted
from gongkai.project.cli import main
sys.exit(main(["keys", "rotate", "--by", "K-0"]))
"""


@pytest.fixture
def county(migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with twelve applicants under the old key."""
    with copied_installation(tmp_path / "county", migrated) as made:
        made = replace(made, more={"GONGKAI_IDENTITY_KEY": OLD})
        made.add_people(0, 1)
        done = made.python(APPLICANTS)
        assert (done.returncode, done.stderr) == (0, "")
        yield made


def with_both_keys(place: Installation, folder: Path) -> Installation:
    kept = folder / "identity-old"
    kept.write_text(f"# 2024 年以前\n{OLD}\n", encoding="utf-8")
    return replace(
        place,
        more={"GONGKAI_IDENTITY_KEY": NEW, "GONGKAI_IDENTITY_KEYS_OLD_FILE": str(kept)},
    )


def test_backup_killed_rotation_and_restore(county: Installation, tmp_path: Path) -> None:
    """备份 → 更换到一半被杀 → 接着换完 → 用新旧密钥恢复旧备份，每一条都打得开。"""
    assert county.gongkai("backup", "--out", tmp_path / "before").returncode == 0
    renewed = with_both_keys(county, tmp_path)

    assert renewed.python(_DIES).returncode == -signal.SIGKILL
    halfway = renewed.gongkai("keys", "status")
    assert f"申请人身份信息  6 条  密钥 {Key(OLD).id}（旧，可以更换）\n" in halfway.stdout
    assert f"申请人身份信息  6 条  密钥 {Key(NEW).id}（当前）\n" in halfway.stdout
    assert renewed.gongkai("keys", "check").stdout == "12 条全部打得开。\n"

    done = renewed.gongkai("keys", "rotate", "--by", "K-0")
    assert done.stdout == (
        f"6 条已改用密钥 {Key(NEW).id}。\n旧密钥不要销毁：更换之前的备份仍要用它打开。\n"
    )
    assert "已更换 6，共 6" in done.stderr
    assert renewed.gongkai("audit", "verify").returncode == 0

    with empty_installation(tmp_path / "elsewhere") as empty:
        other = with_both_keys(empty, tmp_path)
        restored = other.restore(tmp_path / "before")
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert other.gongkai("keys", "check").stdout == "12 条全部打得开。\n"
        without = replace(other, more={"GONGKAI_IDENTITY_KEY": NEW})
        closed = without.gongkai("keys", "check")
        assert closed.returncode == 1
        assert closed.stdout.splitlines()[-1] == "12 条打不开，没有改动。"
        assert f"没有编号为 {Key(OLD).id} 的密钥" in closed.stdout


def test_what_the_command_refuses(county: Installation, tmp_path: Path) -> None:
    """没写由谁更换、密钥文件读不到、没有旧密钥：一句话说明，什么都不动；密钥从不显示。"""
    anonymous = county.gongkai("keys", "rotate")
    assert (anonymous.returncode, anonymous.stderr) == (
        2,
        "错误：更换密钥要记明由谁更换：请用 --by 写明您的工号。\n",
    )
    nothing = county.gongkai("keys", "rotate", "--by", "K-0")
    assert (nothing.returncode, nothing.stdout[:8]) == (0, "全部内容都已用当")
    gone = replace(
        county, more={**county.more, "GONGKAI_IDENTITY_KEYS_OLD_FILE": str(tmp_path / "no")}
    ).gongkai("keys", "status")
    assert gone.returncode == 2
    assert gone.stderr.startswith("错误：读不到 GONGKAI_IDENTITY_KEYS_OLD_FILE 指定的文件")
    alone = replace(county, more={"GONGKAI_IDENTITY_KEY": NEW})
    assert alone.gongkai("keys", "rotate", "--by", "K-0").returncode == 2
    status = alone.gongkai("keys", "status")
    assert status.returncode == 1
    assert "（没有这把密钥，打不开）" in status.stdout
    doctor = alone.gongkai("doctor")
    assert "读不出已登记的申请人身份信息" in doctor.stdout
    shown = [one.stdout + one.stderr for one in (anonymous, nothing, gone, status, doctor)]
    assert not [text for text in shown if OLD in text or NEW in text]
