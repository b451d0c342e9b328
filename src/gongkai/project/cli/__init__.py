"""The ``gongkai`` command: a table of verbs, each imported only when it is asked for.

A verb's module offers ``SUMMARY``, ``EXAMPLE``, ``configure(parser)`` and ``run(args)``, which
returns the exit code: 0 done, 1 done and something was found wrong, 2 not understood or refused.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.parser import Parser
from gongkai.project.full_disk import is_full

SETTINGS = "gongkai.project.settings"
HELP = ("-h", "--help")
INTERRUPTED, READER_GONE = 130, 141  # what shells expect: 128 + SIGINT, 128 + SIGPIPE


class Verb(NamedTuple):
    """Where a verb lives, what the list says of it, and what it needs before it is imported."""

    module: str
    summary: str
    django: bool = False
    mode: str | None = None
    apart: tuple[str, ...] = ()  # with one of these words no county's data is needed


GROUPS: Mapping[str, Mapping[str, Verb]] = {
    "安装和日常运行": {
        "demo": Verb(
            "gongkai_demo.command", "先看一看：装载并启动演示县", django=True, mode="demo"
        ),
        "migrate": Verb(".migrate", "建立数据库，或者把它升到这一版程序", django=True),
        "admin": Verb(".admin", "邀请第一位系统、安全或者审计管理员", django=True),
        "doctor": Verb(
            ".doctor", "开张以前和平时体检：字体、磁盘、时钟、权限、审计链、备份", django=True
        ),
        "serve": Verb(".serve", "启动服务：网站和任务进程", django=True),
        "work": Verb(".work", "只启动任务进程，网站由别处启动", django=True),
    },
    "数据与备份": {
        "backup": Verb(".backup", "备份数据库和数据目录，服务不必停", django=True),
        "restore": Verb(
            ".restore", "把备份恢复到空的位置，逐项核对", django=True, apart=("--into",)
        ),
        "upgrade": Verb(
            ".upgrade", "换了新版本以后：备份、升级数据库、核对，不成功就恢复原样", django=True
        ),
        "keys": Verb(".keys", "身份密钥：看现状，更换，逐条核对", django=True),
        "audit": Verb(".audit", "核验审计链，或者输出当日摘要", django=True),
        "ledger": Verb(".ledger", "由事件重算台账，与存着的比对", django=True),
        "purge": Verb(".purge", "销毁超过保存期限的申请人身份信息", django=True),
    },
    "公开与检索": {
        "publish": Verb(".publish", "网页文件：全部重写，或者逐个核对并改正", django=True),
        "search": Verb(".search", "检索索引：重建、核对，或者写出检索副本", django=True),
    },
    "台账和年度报告": {
        "exchange": Verb(".exchange", "把工作簿补录进台账，或者导出台账", django=True),
        "report": Verb(
            ".report",
            "由台账或者工作簿生成年度报告，或者核对报告文件",
            django=True,
            apart=("--from", "--template"),
        ),
        "check": Verb(".check", "检查一份年度报告：表内、表间、文字与数字"),
        "rollup": Verb(".rollup", "汇总各单位的年度报告，与本级报告核对"),
        "compare": Verb(".compare", "把年度报告与往年、与其他机关的报告对照"),
    },
    "期限与费用": {
        "due": Verb(".due", "计算期限截止日，逐日列出计算依据"),
        "fee": Verb(".fee", "计算信息处理费，按件或者按量"),
        "calendar": Verb(".calendar", "导入放假通知，列出受影响的期限", django=True),
    },
}
"""Every verb, in the order in which somebody who looks after an installation meets them."""
VERBS: Mapping[str, Verb] = {
    name: verb for verbs in GROUPS.values() for name, verb in verbs.items()
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    _tolerate_narrow_terminals()
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except CommandError as error:
        sys.stderr.write(f"错误：{error}\n")
        return error.code
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断。\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes once more at exit; with the reader gone that would print a trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    return code


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in HELP:
        sys.stdout.write(_list_of_verbs())
        return 0
    name, rest = words[0], words[1:]
    verb = VERBS.get(name)
    if verb is None:
        raise CommandError(f"没有“{name}”这个命令。可用的命令：{'、'.join(VERBS)}。")
    if verb.django:
        given = {word.partition("=")[0] for word in rest}
        _start_django(verb, alone=not given.isdisjoint((*HELP, *verb.apart)))
    module = importlib.import_module(verb.module, __name__)
    parser = Parser(prog=f"gongkai {name}", description=module.SUMMARY, example=module.EXAMPLE)
    module.configure(parser)
    args = parser.parse_args(rest)
    return _with_ledger(module.run, args) if verb.django else int(module.run(args))


def _with_ledger(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run a verb of the ledger; what the database refuses becomes a sentence, never a traceback."""
    refused = importlib.import_module("django.db").DatabaseError
    try:
        return run(args)
    except refused as error:
        raise CommandError(_explained(str(error))) from error


def _explained(error: str) -> str:
    if "no such table" in error or "does not exist" in error:
        return "数据库还没有建立（或者数据目录不对）。请核对 GONGKAI_DATA 与 DATABASE_URL，再运行 gongkai migrate。"
    if is_full(error):
        return f"磁盘写不进去，可能已满或超出配额（{error}），这次操作没有写入任何内容。请腾出空间后重试。"
    if "unable to open" in error or "refused" in error or "locked" in error:
        return f"数据库打不开或正忙（{error}），这次操作没有写入任何内容。请检查路径、权限和数据库服务后重试。"
    return f"数据库拒绝了这次操作（{error}），没有写入任何内容。请记下这句话并联系系统管理员。"


def _list_of_verbs() -> str:
    width = max(map(len, VERBS))
    return (
        "用法：gongkai 命令 [参数]\n\n"
        + "".join(_group(title, verbs, width) for title, verbs in GROUPS.items())
        + "某个命令怎么用：gongkai 命令 --help\n\n"
        "示例：\n  gongkai demo run\n  gongkai due 2024-02-08\n"
    )


def _group(title: str, verbs: Mapping[str, Verb], width: int) -> str:
    rows = "".join(f"  {name:<{width}}  {verb.summary}\n" for name, verb in verbs.items())
    return f"{title}：\n{rows}\n"


def _start_django(verb: Verb, *, alone: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if verb.mode:
        os.environ.setdefault("GONGKAI_MODE", verb.mode)
    if alone and SETTINGS not in sys.modules:
        # Touches no county's data, so it must work before one has chosen its keys, and reach none.
        for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
            del os.environ[name]
        os.environ |= {"GONGKAI_MODE": "demo", "DATABASE_URL": "sqlite:///:memory:"}
    try:
        refused = importlib.import_module("gongkai.project.environment").SettingRefused
        try:
            importlib.import_module("django").setup()
        except refused as error:
            raise CommandError(str(error)) from error
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("gongkai"):
            raise
        raise CommandError(
            f"这个命令需要服务器组件，缺少 {error.name}。请安装：pip install 'gongkai[server]'。"
        ) from error


def _tolerate_narrow_terminals() -> None:
    # A GBK terminal lacks some characters: a question mark is better than a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
