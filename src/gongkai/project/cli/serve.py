"""``gongkai serve``: refuse what would be unsafe, then supervise the web workers and a task worker."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection, connections
from gunicorn.app.base import BaseApplication

from gongkai.audit.guards import Unguarded, refuse_unguarded
from gongkai.jobs.work.loop import work_until_left
from gongkai.people.models import User
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.migrate import pending, unreachable
from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.lock import at_work
from gongkai.project.masked_log import protect
from gongkai.project.statics import put_out
from gongkai.project.supervising.child import die_with
from gongkai.project.supervising.supervisor import Charge, Supervisor

SUMMARY = "启动服务：网站和任务进程"
EXAMPLE = """\
# 只在本机访问
gongkai serve
# 由前面的代理转发，四个工作进程
gongkai serve --bind 127.0.0.1:8080 --workers 4
# 再加一台网站服务器，后台工作由别处的任务进程办
gongkai serve --no-tasks
"""

ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:]+\]|[^:\[\]]+):(?P<port>\d{1,5})", re.ASCII)
APPLICATION = "gongkai.project.wsgi:application"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--bind",
        metavar="HOST:PORT",
        default="127.0.0.1:8000",
        help="监听地址，默认 127.0.0.1:8000",
    )
    parser.add_argument("--workers", metavar="N", default="2", help="工作进程数，默认 2")
    parser.add_argument(
        "--no-tasks", action="store_true", help="不启动任务进程（别处已有，或者另行 gongkai work）"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    if not re.fullmatch(r"[1-9]\d?", args.workers, re.ASCII):
        raise CommandError(f"工作进程数“{args.workers}”应是 1 至 99 的整数，例如 --workers 2。")
    return serve(args.bind, int(args.workers), tasks=not args.no_tasks)


def serve(bind: str, workers: int, *, tasks: bool = True) -> int:
    """Serve on *bind* (``host:port``) with *workers* processes, and do jobs when *tasks*.

    Returns once everything has ended, with 0 or the code of what could not start.

    Raises ``CommandError`` for an address that cannot be used and for an installation that is
    unsafe or not ready.
    """
    refuse_address(bind)
    refuse_unready()
    prepare_folders()
    put_out_style()
    charges = [Charge("网站", lambda: _web(bind, workers))]
    if tasks:
        charges.append(Charge("任务进程", _tasks))
    # A connection opened before the fork would be shared by every child.
    connections.close_all()
    try:
        with at_work(settings.DATA):
            return Supervisor(charges, grace=settings.JOB_GRACE_SECONDS).run()
    except KeepingRefused as busy:
        raise CommandError(str(busy)) from busy


def _web(bind: str, workers: int) -> int:
    Server(bind, workers).run()
    return 0


def _tasks() -> int:
    parent = os.getppid()
    work_until_left(grace=settings.JOB_GRACE_SECONDS, alone=lambda: os.getppid() != parent)
    return 0


def put_out_style() -> None:
    """Put style sheets, scripts and fonts where a web server in front finds them."""
    try:
        put_out(settings.STATIC_ROOT)
    except OSError as error:
        raise CommandError(
            f"样式文件不能写入目录 {settings.STATIC_ROOT}：请检查磁盘空间和目录权限。"
        ) from error


def prepare_folders() -> None:
    """Make what a server writes into; uploads lie where only this account reads, not in the machine's /tmp."""
    uploads: Path = settings.UPLOADS
    try:
        for folder in (settings.STATIC_ROOT, settings.PUBLIC):
            folder.mkdir(parents=True, exist_ok=True)
        uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"不能建立目录 {error.filename}：请检查磁盘空间和目录权限。") from error
    os.environ["TMPDIR"] = tempfile.tempdir = str(uploads)


def refuse_address(bind: str) -> None:
    """Raise ``CommandError`` unless *bind* is an address this process may listen on."""
    found = ADDRESS.fullmatch(bind)
    if found is None:
        raise CommandError(f"监听地址“{bind}”应写成 主机:端口，例如 127.0.0.1:8000。")
    host, port = found["host"].strip("[]"), int(found["port"])
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CommandError(
                f"不能在 {bind} 上监听（{reason}）：端口可能已被占用，或者地址不属于本机。"
                "请停掉占用的程序，或者用 --bind 换一个地址。"
            ) from error


def refuse_unready() -> None:
    """Raise ``CommandError`` with everything that stands in the way of serving."""
    try:
        waiting = pending()
        if waiting:
            raise CommandError(
                f"数据库还没有升级到本版本，缺 {len(waiting)} 项迁移（第一项 {waiting[0]}）。"
                "请先备份，再运行 gongkai migrate。"
            )
        serious = [
            found for found in checks.run_checks(databases=["default"]) if found.is_serious()
        ]
        refuse_unguarded(connection)
        demonstration = "" if settings.DEMO else _demonstration_account()
    except Unguarded as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise unreachable(error) from error
    if serious:
        raise CommandError("；".join(f"{found.msg}{found.hint or ''}" for found in serious))
    if demonstration:
        raise CommandError(
            f"库中有可登录的演示账号（{demonstration}），密码是公开的，不能用于正式运行。"
            "请停用演示账号或者换用正式的数据库；只想看演示，请运行 gongkai demo run。"
        )


def _demonstration_account() -> str:
    logins = User.objects.filter(is_demo=True, is_active=True).order_by("login")
    return logins.values_list("login", flat=True).first() or ""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is not annotated
    """Gunicorn configured by us alone: no file, no command line, no environment of its own."""

    def __init__(self, bind: str, workers: int) -> None:
        self.chosen: dict[str, object] = {
            "bind": [bind],
            "workers": workers,
            "loglevel": "warning",
            "proc_name": "gongkai",
            "on_starting": keep_logs_clean,
            "when_ready": announce,
            "post_fork": _die_with_master,
            "graceful_timeout": settings.JOB_GRACE_SECONDS,
            "control_socket_disable": True,
            # Heartbeat files in memory: on a slow disk a healthy worker would look stuck.
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application, imported in each worker."""
        from_module, _, name = APPLICATION.partition(":")
        return getattr(importlib.import_module(from_module), name)


def keep_logs_clean(server: Any) -> None:
    """Mask personal data in what gunicorn logs of its own, such as the address of a failed request."""
    protect(server.log.error_log)
    protect(server.log.access_log)


def _die_with_master(server: Any, worker: Any) -> None:
    die_with(worker.ppid)


def announce(server: Any) -> None:
    """Say where the site is, once it answers."""
    addresses = "、".join(f"http://{address}/" for address in server.cfg.settings["bind"].get())
    sys.stdout.write(f"服务已启动：{addresses}（按 Ctrl-C 停止）\n")
    sys.stdout.flush()
