"""``gongkai fee``: the fee for handling information, by requests or by pages."""

from __future__ import annotations

import argparse
import json
import re
import sys

from gongkai.law.errors import FeeError
from gongkai.law.fees import TARIFF, item_fee, item_total, page_fee, yuan
from gongkai.project.cli.errors import CommandError

SUMMARY = "计算信息处理费（按件或者按量）"
EXAMPLE = """\
# 同一申请人本月第31件申请：本件收多少、本月累计多少
gongkai fee --items 31
# 一件申请提供250页
gongkai fee --pages 250
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; one request is charged on one basis only, so they exclude each other."""
    parser.add_argument("--items", metavar="N", help="同一申请人本月累计的申请件数（含本件）")
    parser.add_argument("--pages", metavar="N", help="本件申请提供的页数（A4 及以下单面计一页）")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式，默认 text"
    )


def run(args: argparse.Namespace) -> int:
    """Print the fee."""
    if (args.items is None) == (args.pages is None):
        raise CommandError("按件和按量只能选一种：请写 --items 件数 或者 --pages 页数。")
    try:
        fees = _by_items(args.items) if args.pages is None else _by_pages(args.pages)
    except FeeError as error:
        raise CommandError(str(error)) from error
    answer, document = fees
    if args.format == "json":
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(
            f"{answer}\n依据：{TARIFF.title}。条例第四十二条规定不收费为常态，超过免费数量的可以收取。\n"
        )
    return 0


def _by_items(text: str) -> tuple[str, dict[str, object]]:
    n = _quantity(text, "件数")
    this, month = item_fee(n), item_total(n)
    answer = (
        f"按件计收：本月第{n}件，本件 {yuan(this)}；本月{n}件累计 {yuan(month)}"
        f"（{TARIFF.item.free}件以内免费，{TARIFF.item.window}）。"
    )
    document = {"basis": "item", "items": n, "fee_fen": this, "month_total_fen": month}
    return answer, {**document, "source": TARIFF.title}


def _by_pages(text: str) -> tuple[str, dict[str, object]]:
    pages = _quantity(text, "页数")
    fee = page_fee(pages)
    answer = (
        f"按量计收：本件{pages}页，应收 {yuan(fee)}"
        f"（{TARIFF.page.free}页以内免费，{TARIFF.page.window}分别计算）。"
    )
    return answer, {"basis": "page", "pages": pages, "fee_fen": fee, "source": TARIFF.title}


def _quantity(text: str, what: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise CommandError(f"{what}“{text}”不是正整数，请改正，例如 --items 31 或者 --pages 250。")
    return int(text)
