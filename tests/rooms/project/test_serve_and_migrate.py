"""gongkai serve 与 gongkai migrate：不安全、没准备好的安装不启动，并说清为什么、怎么办。"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from gongkai.audit import guards
from gongkai.people.actions import open_account, register_person
from gongkai.people.models import User
from gongkai.project.cli import migrate, serve
from gongkai.project.cli.errors import CommandError

PASSWORD = "一二三四五六七八九十甲"


@pytest.fixture
def demonstration_account(db: None) -> User:
    person = register_person(name="演示员甲", staff_no="D-1", by=None)
    return open_account(person, login="demo-1", password=PASSWORD, is_demo=True, by=person)


def refusal() -> str:
    with pytest.raises(CommandError) as refused:
        serve.refuse_unready()
    assert refused.value.code == 2
    return str(refused.value)


def test_a_ready_demo_may_be_served(demonstration_account: User) -> None:
    """演示模式下，演示账号是允许的。"""
    serve.refuse_unready()
    assert demonstration_account.is_demo


def test_a_demo_account_may_not_be_served_in_production(
    demonstration_account: User, settings: Settings
) -> None:
    """正式运行拒绝能登录的演示账号，并点出是哪一个。"""
    settings.DEMO = False
    assert refusal() == (
        "库中有可登录的演示账号（demo-1），密码是公开的，不能用于正式运行。"
        "请停用演示账号或者换用正式的数据库；只想看演示，请运行 gongkai demo run。"
    )


def test_a_closed_demo_account_is_harmless(demonstration_account: User, settings: Settings) -> None:
    """停用的演示账号不妨碍正式运行。"""
    settings.DEMO = False
    User.objects.filter(pk=demonstration_account.pk).update(is_active=False)
    serve.refuse_unready()
    assert User.objects.filter(is_active=True).count() == 0


@pytest.mark.django_db
def test_a_pending_migration_stops_the_server() -> None:
    """数据库落后于程序：先备份再升级。"""
    ((room, last),) = MigrationExecutor(connection).loader.graph.leaf_nodes("people")
    MigrationRecorder(connection).record_unapplied(room, last)
    assert re.fullmatch(
        rf"数据库还没有升级到本版本，缺 \d+ 项迁移（第一项 people\.{last}）。"
        r"请先备份，再运行 gongkai migrate。",
        refusal(),
    )


@pytest.mark.django_db
def test_missing_guards_stop_the_server() -> None:
    """不变量八：保护触发器缺失时不启动。"""
    guards.drop_all(connection)
    try:
        assert re.fullmatch(
            r"数据库缺少保护触发器：\S+。请运行 gongkai migrate 重新安装；\S+ gongkai audit verify 核对。",
            refusal(),
        )
    finally:
        guards.install_all(connection)


@pytest.mark.parametrize(
    "bind", ["8000", "127.0.0.1:", "127.0.0.1:x", ":8000", "http://127.0.0.1:8000"]
)
def test_an_address_is_host_and_port(bind: str) -> None:
    """地址写错：给出写法。"""
    with pytest.raises(CommandError) as refused:
        serve.refuse_address(bind)
    assert str(refused.value) == f"监听地址“{bind}”应写成 主机:端口，例如 127.0.0.1:8000。"


def test_a_taken_port_is_said_before_anything_starts() -> None:
    """端口被占用：说是哪个地址，可以怎么办。"""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CommandError) as refused:
            serve.refuse_address(bind)
    assert str(refused.value) == (
        f"不能在 {bind} 上监听（Address already in use）：端口可能已被占用，或者地址不属于本机。"
        "请停掉占用的程序，或者用 --bind 换一个地址。"
    )


def test_a_port_beyond_the_last_is_refused() -> None:
    """没有 70000 号端口。"""
    with pytest.raises(CommandError, match=r"不能在 127\.0\.0\.1:70000 上监听"):
        serve.refuse_address("127.0.0.1:70000")


@pytest.mark.django_db
def test_an_upgraded_database_has_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """再运行一次 migrate：什么也不改，并说明已是最新。"""
    assert migrate.run(argparse.Namespace()) == 0
    assert capsys.readouterr().out == "数据库已是最新，没有需要执行的迁移。\n"


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A site of its own on a free port, with its database in *folder*."""
    environment = {
        "PATH": os.defpath,
        "GONGKAI_MODE": "demo",
        "GONGKAI_DATA": str(folder / "new" / "data"),
    }
    command = [sys.executable, "-m", "gongkai"]
    made = subprocess.run(
        [*command, "migrate"], env=environment, capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, "")
    assert re.fullmatch(r"数据库执行了 \d+ 项迁移。\n", made.stdout)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [*command, "serve", "--bind", bind, "--workers", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield bind, process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.mark.slow
def test_a_new_site_is_made_served_and_stopped(tmp_path: Path) -> None:
    """从空目录到可访问的网站，再到正常停止：migrate 建目录建库，serve 报地址，SIGTERM 干净退出。"""
    with served(tmp_path) as (bind, process):
        assert process.stdout is not None
        assert process.stdout.readline() == f"服务已启动：http://{bind}/（按 Ctrl-C 停止）\n"
        try:
            with urllib.request.urlopen(f"http://{bind}/no-such-page/", timeout=20) as answer:
                status = answer.status
        except urllib.error.HTTPError as refused:
            status = refused.code
            refused.close()
        assert status == 404
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
