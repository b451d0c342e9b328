"""``gongkai calendar import``: next year's holidays, with what they move shown before they are approved."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.audit.clock import today
from gongkai.foi.reflow import moved_by
from gongkai.law.calendar import compare
from gongkai.law.errors import NoticeRefused
from gongkai.law.notice import Notice, parse_notice
from gongkai.people.models import Person
from gongkai.project.cli.errors import CommandError
from gongkai.rulebook.actions import NoticeKnown, import_notice
from gongkai.rulebook.queries import rules_on

SUMMARY = "导入国务院放假通知，先看哪些日子和期限会变，再批准"
EXAMPLE = """\
gongkai calendar import 2027.json                     # 只看影响，不写入
gongkai calendar import 2027.json --approve --by A001 # 批准人工号"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("import",), metavar="import", help="导入")
    parser.add_argument("file", type=Path, metavar="文件", help="放假通知数据（JSON）")
    parser.add_argument("--approve", action="store_true", help="批准并写入")
    parser.add_argument("--by", metavar="工号", help="批准人的工号")


def run(args: argparse.Namespace) -> int:
    body = _read(args.file)
    try:
        notice = parse_notice(body)
        _show(notice)
        if args.approve:
            import_notice(body, by=_approver(args.by))
    except NoticeRefused as refused:
        raise CommandError(str(refused), code=1) from refused
    except NoticeKnown as known:
        raise CommandError(str(known), code=1) from known
    sys.stdout.write(
        "已批准并写入规则库。\n"
        if args.approve
        else "以上为影响预览，尚未写入；批准请加 --approve --by 工号。\n"
    )
    return 0


def _show(notice: Notice) -> None:
    rules = rules_on(today())
    renewed = rules.calendar.with_notices([notice])
    changes = compare(rules.calendar, renewed, notice.year)
    sys.stdout.write(f"{notice.citation}：{notice.year} 年有 {len(changes)} 天与现在的日历不同。\n")
    for change in changes:
        sys.stdout.write(f"  {change.on} {change.before.why} → {change.after.why}\n")
    moves = list(moved_by(notice, rules))
    sys.stdout.write(f"在办案件中有 {len(moves)} 件的答复期限会变动。\n")
    for move in moves:
        sys.stdout.write(
            f"  {move.case.agency.code} {move.case.number}：{move.before} → {move.after}\n"
        )


def _approver(staff_no: str | None) -> Person:
    found = Person.objects.filter(staff_no=staff_no).first() if staff_no else None
    if found is None:
        raise CommandError("放假通知影响法定期限，须有人批准：请用 --by 写明批准人的工号。")
    return found


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise CommandError(f"读不到 {file}：{wrong.strerror}。请检查路径。") from wrong
