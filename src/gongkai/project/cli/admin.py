"""``gongkai admin invite``: the first of each of the three administrators, whom nobody can appoint on a page."""

from __future__ import annotations

import argparse
import sys

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.actions import appoint, establish_agency
from gongkai.agencies.administrators import SeatsMixed
from gongkai.agencies.models import Agency, Level, Role
from gongkai.agencies.queries import holding_on
from gongkai.audit import clock
from gongkai.people.actions import open_account, register_person
from gongkai.people.actions.invitations import invite
from gongkai.people.models import Person, User
from gongkai.people.program import COMMAND
from gongkai.project.cli.errors import CommandError

SUMMARY = "邀请第一位系统、安全或者审计管理员（三员分立，各由不同的人担任）"
EXAMPLE = """\
# 已有机关：打印一个只能用一次的链接，交给本人
gongkai admin invite --role security --name 张三 --staff-no A001
# 新装的系统还没有机关：同时建立县级人民政府
gongkai admin invite --role system --name 李四 --staff-no A002 \\
  --county 示例县人民政府 --code A00000001 --credit-code 11000000A00000001X --mark 示政
"""
SEATS = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=("invite",), metavar="invite", help="邀请")
    parser.add_argument(
        "--role", choices=tuple(SEATS), required=True, help="system 系统、security 安全、audit 审计"
    )
    parser.add_argument("--name", required=True, metavar="姓名", help="本人姓名")
    parser.add_argument("--staff-no", required=True, metavar="工号", help="本人工号")
    parser.add_argument("--login", metavar="登录名", help="登录名，默认与工号相同")
    parser.add_argument(
        "--site", metavar="网址", default="", help="本站网址，例如 https://zwgk.example.gov.cn"
    )
    parser.add_argument("--county", metavar="名称", help="还没有机关时：县级人民政府的名称")
    parser.add_argument("--code", metavar="代码", help="还没有机关时：机关代码（9 位）")
    parser.add_argument("--credit-code", metavar="代码", help="还没有机关时：统一社会信用代码")
    parser.add_argument("--mark", metavar="代字", help="还没有机关时：机关代字")


def run(args: argparse.Namespace) -> int:
    """Appoint, open the account and print the link, or nothing of it."""
    role = SEATS[args.role]
    _refuse_second(role)
    try:
        with transaction.atomic():
            person = _person(args)
            appoint(person, _agency(args), role=role, since=clock.today(), by=COMMAND)
            token = invite(_account(person, args), by=COMMAND)
    except ValidationError as wrong:
        raise CommandError(f"登记没有成功：{'；'.join(wrong.messages)}") from wrong
    except SeatsMixed as mixed:
        raise CommandError(str(mixed), code=1) from mixed
    sys.stdout.write(
        f"已任命{args.name}为{role.label}。请把下面的链接交给本人设置密码，只能用一次：\n"
        f"{args.site.rstrip('/')}/desk/invitation/{token}/\n"
    )
    return 0


def _refuse_second(role: Role) -> None:
    held = holding_on(role, clock.today()).filter(person__accounts__is_active=True).first()
    if held is not None:
        raise CommandError(
            f"已有在任的{role.label}（{held.person.name}），命令行只用来邀请第一位。"
            "要增加或者换人，请由安全管理员在“人员与账号”里办理。",
            code=1,
        )


def _person(args: argparse.Namespace) -> Person:
    known = Person.objects.filter(staff_no=args.staff_no).first()
    if known is None:
        return register_person(name=args.name, staff_no=args.staff_no, by=COMMAND)
    if known.name != args.name:
        raise CommandError(
            f"工号 {args.staff_no} 已登记给{known.name}，与“{args.name}”不符。请核对。"
        )
    return known


def _account(person: Person, args: argparse.Namespace) -> User:
    opened = person.accounts.filter(is_active=True).order_by("pk").first()
    return opened or open_account(person, login=args.login or args.staff_no, by=COMMAND)


def _agency(args: argparse.Namespace) -> Agency:
    seats = Agency.objects.filter(level__in=(Level.OFFICE, Level.COUNTY)).order_by("code")
    found = seats.filter(level=Level.COUNTY).first() or seats.first()
    if found is not None:
        return found
    given = (args.county, args.code, args.credit_code, args.mark)
    if not all(given):
        raise CommandError(
            "系统里还没有机关。请加上 --county 名称 --code 机关代码 --credit-code 统一社会信用代码 "
            "--mark 机关代字，先建立县级人民政府。"
        )
    return establish_agency(
        code=args.code,
        credit_code=args.credit_code,
        level=Level.COUNTY,
        name=args.county,
        short=args.county,
        mark=args.mark,
        since=clock.today(),
        by=COMMAND,
    )
