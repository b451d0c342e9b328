"""``gongkai purge``: destroy identities that were kept as long as they may be, in two steps."""

from __future__ import annotations

import argparse
import sys

from gongkai.audit.clock import today
from gongkai.foi.personal.actions import PurgeRefused, purge
from gongkai.foi.personal.queries import RETENTION, PurgeList, purge_list
from gongkai.law.errors import ParameterError
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.project.cli.errors import CommandError
from gongkai.rulebook.queries import rules_on

SUMMARY = "销毁超过保存期限的申请人身份信息：先列清单，核对后确认"
EXAMPLE = """\
gongkai purge --dry-run                              # 只列清单和它的编号
gongkai purge --confirm 0123456789abcdef --by A001   # 销毁，不能恢复"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="只列清单，不销毁")
    how.add_argument("--confirm", metavar="清单编号", help="销毁这份清单；编号由 --dry-run 列出")
    parser.add_argument("--by", metavar="工号", help="决定销毁的人的工号，记入审计")


def run(args: argparse.Namespace) -> int:
    """List, or destroy what was listed."""
    try:
        rules = rules_on(today())
        if args.dry_run:
            return _show(purge_list(rules), rules)
        return _destroy(args.confirm, args.by, rules)
    except (PurgeRefused, ParameterError) as refused:
        raise CommandError(str(refused), code=1) from refused


def _show(listed: PurgeList, rules: Rules) -> int:
    kept = rules.parameter(RETENTION)
    sys.stdout.write(
        f"保存期限 {kept.value} 年（{kept.basis}）。\n"
        f"{listed.ended_by} 以前办结、没有未审结争议的申请人：{len(listed.applicants)} 人，"
        f"案件 {len(listed.cases)} 件。\n"
    )
    for code, number in listed.cases:
        sys.stdout.write(f"  {code} {number}\n")
    if listed.submissions:
        sys.stdout.write(f"没有登记为申请的收件：{len(listed.submissions)} 件。\n")
    for code, number in listed.submissions:
        sys.stdout.write(f"  {code} {number}\n")
    if listed.applicants or listed.submissions:
        sys.stdout.write(
            f"清单编号 {listed.hash}。\n应归档的请先归档。核对无误后运行："
            f"gongkai purge --confirm {listed.hash} --by 工号（不能恢复）。\n"
        )
    return 0


def _destroy(confirmed: str, staff_no: str | None, rules: Rules) -> int:
    by = Person.objects.filter(staff_no=staff_no).first() if staff_no else None
    if by is None:
        raise CommandError("销毁要记明由谁决定：请用 --by 写明决定人的工号。")
    done = purge(confirmed, rules=rules, by=by)
    sys.stdout.write(
        f"已销毁 {len(done.applicants)} 人的身份信息，涉及案件 {len(done.cases)} 件；案件和报告数字不变。\n"
        "以前的备份里还有这些内容：请按备份的保存期限一并销毁。\n"
    )
    return 0
