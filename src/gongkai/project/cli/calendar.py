"""``gongkai calendar import``: next year's holidays, with what they move shown before they are approved.

Proposing and approving are two persons' acts here as on the pages: ``--by`` proposes, ``--approve-as``
approves. Without either, nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.db import transaction

from gongkai.agencies.queries import standing_on
from gongkai.audit.clock import today
from gongkai.law.errors import NoticeRefused
from gongkai.law.notice import Notice, parse_notice
from gongkai.people.models import Person
from gongkai.project.cli.errors import CommandError
from gongkai.rulebook.actions import DecisionRefused, NoticeKnown, approve_notice, propose_notice
from gongkai.rulebook.models import HolidayNotice, State
from gongkai.rulebook.plans import Plan, notice_plan
from gongkai.rulebook.rules import APPROVES, PROPOSES, may_approve, may_propose
from gongkai.text.canonical import sha256_hex

SUMMARY = "导入国务院放假通知，先看哪些日子和期限会变，再由两人提出和批准"
EXAMPLE = """\
gongkai calendar import 2027.json                              # 只看影响，不写入
gongkai calendar import 2027.json --by A001                    # 提出，等待批准
gongkai calendar import 2027.json --approve-as A002            # 另一人批准已提出的同一文件
gongkai calendar import 2027.json --by A001 --approve-as A002  # 两人都在场"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("import",), metavar="import", help="导入")
    parser.add_argument("file", type=Path, metavar="文件", help="放假通知数据（JSON）")
    parser.add_argument("--by", metavar="工号", help="提出人的工号（政务公开办）")
    parser.add_argument("--approve-as", metavar="工号", help="批准人的工号（负责人，须是另一人）")


def run(args: argparse.Namespace) -> int:
    body = _read(args.file)
    try:
        notice = parse_notice(body)
        plan = notice_plan(notice, today())
        _show(notice, plan)
        sys.stdout.write(_write(body, plan, args.by, args.approve_as))
    except (NoticeRefused, NoticeKnown, DecisionRefused) as refused:
        raise CommandError(str(refused), code=1) from refused
    return 0


@transaction.atomic
def _write(body: bytes, plan: Plan, by: str | None, approve_as: str | None) -> str:
    """Do what was asked for, all of it or nothing, and say what was done."""
    proposed = propose_notice(body, by=_proposer(by)) if by else None
    if approve_as is None:
        if proposed is None:
            return "以上为影响预览，尚未写入；提出请加 --by 工号，由另一人用 --approve-as 工号 批准。\n"
        return "已提出，等待另一人批准；批准之前日历和期限都不变。\n"
    approve_notice(proposed or _waiting(body), seen=plan.sha256, by=_approver(approve_as))
    return "已批准并写入规则库。\n"


def _waiting(body: bytes) -> HolidayNotice:
    same = HolidayNotice.objects.filter(sha256=sha256_hex(body), state=State.PROPOSED)
    found = same.first()
    if found is None:
        raise CommandError("没有等待批准的同一份通知：请先用 --by 工号 提出，再由另一人批准。")
    return found


def _show(notice: Notice, plan: Plan) -> None:
    sys.stdout.write(
        f"{notice.citation}：{notice.year} 年有 {len(plan.days)} 天与现在的日历不同。\n"
    )
    for change in plan.days:
        sys.stdout.write(f"  {change.on} {change.before.why} → {change.after.why}\n")
    sys.stdout.write(f"有 {len(plan.moves)} 个期限会变动。\n")
    for moved in plan.moves:
        move = moved.move
        sys.stdout.write(f"  {moved.kind} {move.subject}：{move.before} → {move.after}\n")


def _proposer(staff_no: str) -> Person:
    person = _person(staff_no)
    if not may_propose(standing_on(person, today())):
        raise CommandError(f"{person.name} 不能提出放假通知：须由{PROPOSES}提出，请换一个工号。")
    return person


def _approver(staff_no: str) -> Person:
    person = _person(staff_no)
    if not may_approve(standing_on(person, today())):
        raise CommandError(f"{person.name} 不能批准放假通知：须由{APPROVES}批准，请换一个工号。")
    return person


def _person(staff_no: str) -> Person:
    found = Person.objects.filter(staff_no=staff_no).first()
    if found is not None:
        return found
    if not Person.objects.exists():
        raise CommandError(
            "这个系统里还没有人员，放假通知须由两人经手，无法写入。请先登记人员和任职；"
            "只想推算一个日期，用 gongkai due，不需要人员和数据库。"
        )
    raise CommandError(f"没有工号为 {staff_no} 的人员，请核对工号。")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise CommandError(f"读不到 {file}：{wrong.strerror}。请检查路径。") from wrong
