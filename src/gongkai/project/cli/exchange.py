"""``gongkai exchange``: a county's register into the ledger as 补录, and the ledger out again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.audit.clock import today
from gongkai.exchange.actions import Source, import_contents
from gongkai.exchange.export import export_workbook
from gongkai.exchange.intake import read_for_ledger
from gongkai.exchange.layout import SHEETS
from gongkai.exchange.plan import Plan, plan_import
from gongkai.exchange.problem import WorkbookRefused
from gongkai.exchange.rows import Contents
from gongkai.people.models import Person
from gongkai.project.cli.errors import CommandError
from gongkai.project.cli.report.output import write_file
from gongkai.project.cli.workbook_file import read_file, refusal
from gongkai.text.canonical import sha256_hex

SUMMARY = "把工作簿补录进台账，或者把台账导出为工作簿（不含个人信息）"
EXAMPLE = """\
# 先看会写入什么，不写入
gongkai exchange import 台账.xlsx
# 由工号 A001 批准写入，每条记录注明补录、来源文件和行号
gongkai exchange import 台账.xlsx --by A001 --approve
gongkai exchange export 台账.xlsx"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what", choices=("import", "export"), metavar="import|export", help="导入或者导出"
    )
    parser.add_argument("file", type=Path, metavar="工作簿", help="读入或者写出的 .xlsx 文件")
    parser.add_argument("--agency", default="", metavar="机关", help="没有机关列的表属于哪个机关")
    parser.add_argument("--approve", action="store_true", help="批准并写入")
    parser.add_argument("--by", metavar="工号", help="批准人的工号")


def run(args: argparse.Namespace) -> int:
    """Show or write; exit 0 done, 2 not understood or refused (then nothing is written)."""
    if args.what == "export":
        write_file(args.file, export_workbook())
        return 0
    by = _approver(args.by) if args.approve else None
    data = read_file(args.file)
    try:
        contents = read_for_ledger(data, today=today(), agency=args.agency)
        plan = _previewed(contents)
        if by is not None:
            source = Source(args.file.name, sha256_hex(data))
            plan = import_contents(contents, source=source, by=by)
    except WorkbookRefused as refused:
        raise refusal(args.file, refused) from refused
    _say(contents, plan, written=by is not None)
    return 0


def _previewed(contents: Contents) -> Plan:
    plan = plan_import(contents)
    if plan.problems:
        raise WorkbookRefused(plan.problems)
    return plan


def _say(contents: Contents, plan: Plan, *, written: bool) -> None:
    will = "已写入" if written else "将写入"
    for sheet, (new, known) in plan.counts.items():
        sys.stdout.write(f"{SHEETS[sheet].title}：{will} {new} 行，台账中已有 {known} 行\n")
    for note in contents.notes:
        sys.stdout.write(f"说明：{note}\n")
    if contents.sections:
        sys.stdout.write("说明：“正文”表不导入台账，请在工作台撰写。\n")
    sys.stdout.write(
        "已补录进台账，每条记录的来源文件和行号记入审计日志。\n"
        if written
        else "以上为预览，尚未写入；批准请加 --approve --by 工号。\n"
    )


def _approver(staff_no: str | None) -> Person:
    found = Person.objects.filter(staff_no=staff_no).first() if staff_no else None
    if found is None:
        raise CommandError("补录的数据由批准人负责（谁审核谁负责）：请用 --by 写明批准人的工号。")
    return found
