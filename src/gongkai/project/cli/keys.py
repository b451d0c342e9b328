"""``gongkai keys``: under which keys personal data lies, changing the key, opening everything once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from gongkai.people.models import Person
from gongkai.project.cli.backup import progress
from gongkai.project.cli.errors import CommandError
from gongkai.project.keys.actions import KeysRefused, rotate
from gongkai.project.keys.queries import Closed, Lot, lots, unreadable
from gongkai.vault import legacy
from gongkai.vault.ring import ring

SUMMARY = "身份密钥：看现状，更换，逐条核对能否打开"
EXAMPLE = """\
gongkai keys status               # 各用哪把密钥；密钥本身从不显示
gongkai keys rotate --by A001     # 全部改用现在的密钥；中断后再运行一次即可接着做
gongkai keys check                # 每一条都打开一次（不显示），打不开的列出来，退出码为 1"""
_MOST_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what",
        choices=("status", "rotate", "check"),
        metavar="status|rotate|check",
        help="现状，更换，或逐条核对",
    )
    parser.add_argument("--by", metavar="工号", help="更换密钥的人的工号，记入审计")


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    if args.what == "status":
        return _status()
    return _check() if args.what == "check" else _rotate(args.by)


def _status() -> int:
    keys = ring()
    sys.stdout.write(f"当前密钥  {keys.current.id}（GONGKAI_IDENTITY_KEY）\n")
    for key in keys.old:
        sys.stdout.write(f"旧密钥    {key.id}（GONGKAI_IDENTITY_KEYS_OLD_FILE）\n")
    found = lots()
    for lot in found:
        sys.stdout.write(f"{lot.title}  {lot.count} 条  密钥 {lot.key_id}{_remark(lot)}\n")
    if not found:
        sys.stdout.write("还没有加密的内容。\n")
    return 0 if all(lot.key_is_here for lot in found) else 1


def _remark(lot: Lot) -> str:
    if lot.is_current:
        return "（当前）"
    if lot.key_id == legacy.KEY_ID:
        return "（早期写法，可以更换）"
    return "（旧，可以更换）" if lot.key_is_here else "（没有这把密钥，打不开）"


def _rotate(staff_no: str | None) -> int:
    by = Person.objects.filter(staff_no=staff_no).first() if staff_no else None
    if by is None:
        raise CommandError("更换密钥要记明由谁更换：请用 --by 写明您的工号。")
    try:
        done = rotate(progress, by=by)
    except KeysRefused as refused:
        raise CommandError(str(refused)) from refused
    if not done.count and not done.closed:
        sys.stdout.write(
            f"全部内容都已用当前密钥 {ring().current.id} 加密，没有需要更换的。要换一把新的：生成新密钥作为 "
            "GONGKAI_IDENTITY_KEY，把现在这把写进 GONGKAI_IDENTITY_KEYS_OLD_FILE，重启服务后再运行。\n"
        )
        return 0
    sys.stdout.write(f"{done.count} 条已改用密钥 {ring().current.id}。\n")
    if done.closed:
        _list(done.closed)
        return 1
    sys.stdout.write("旧密钥不要销毁：更换之前的备份仍要用它打开。\n")
    return 0


def _check() -> int:
    closed = list(unreadable(progress))
    if closed:
        _list(closed)
        return 1
    sys.stdout.write(f"{sum(lot.count for lot in lots())} 条全部打得开。\n")
    return 0


def _list(closed: Iterable[Closed]) -> None:
    every = list(closed)
    for one in every[:_MOST_SHOWN]:
        sys.stdout.write(f"{one.title} {one.uid}：{one.why}\n")
    more = f"（以上为前 {_MOST_SHOWN} 条）" if len(every) > _MOST_SHOWN else ""
    sys.stdout.write(f"{len(every)} 条打不开{more}，没有改动。\n")
