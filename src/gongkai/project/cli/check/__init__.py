"""``gongkai check``: reads published or compiled annual reports and says what is wrong with them.

This part only knows the arguments, so that the process that reads can get ready while the rest of the
command is still being imported.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from gongkai.annualreport.verdict import apart

SUMMARY = "检查政府信息公开工作年度报告（表格勾稽、正文与表格、规定内容）"
EXAMPLE = """\
# 检查一份已发布的报告
gongkai check 2024年度报告.html
# 检查整个文件夹，结论存成网页
gongkai check 年报/ --format html --out 结论.html
# 与上年报告对照，逐行输出 JSON
gongkai check 2024.json --prev 2023.json --format jsonl
# 县政府的报告与各单位的报告核对汇总
gongkai check 县政府2024.docx --units 各单位2024/
"""
_PATHS = (
    "报告文件或文件夹，可写多个。文件夹指其下全部 html、htm、mht、docx、xlsx、pdf、json、txt、md、csv、tsv "
    "和没有扩展名的文件，按路径排序；doc、xls、wps、et、ofd、rtf 也列出并说明为什么读不了；"
    "隐藏文件、图片等其他文件和本命令自己的输出不算"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help=_PATHS)
    parser.add_argument(
        "--prev",
        metavar="FILE|DIR",
        type=Path,
        help="上一年度的报告，用于核对年度衔接；写文件夹时按机关和年份自动配对",
    )
    parser.add_argument(
        "--units",
        metavar="DIR",
        type=Path,
        help="所属各单位同年度报告所在的文件夹，用于核对汇总数",
    )
    parser.add_argument(
        "--format",
        choices=("text", "jsonl", "html"),
        default="text",
        help="输出格式，默认 text；html 是一个可单独保存的网页",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="写入文件，默认写到屏幕")
    parser.add_argument(
        "--executor",
        metavar="URL",
        help="由 Dask 集群处理，写调度器地址，如 tcp://10.0.0.1:8786",
    )


def run(args: argparse.Namespace) -> int:
    """Print the verdicts; exit 0 without error-severity findings, 1 with some, 2 unreadable."""
    if not args.executor:
        apart.prepare()
    return int(importlib.import_module(".batch", __name__).run(args))
