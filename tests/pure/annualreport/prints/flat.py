"""The ways in which the text of a page loses its table lines, one function for each."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from gongkai.annualreport.model import Report
from tests.pure.annualreport.prints.page import (
    PrintedRow,
    actions,
    dispute_heads,
    disputes,
    request_heads,
    requests,
    section,
    title,
)

Tables = tuple[str, str, str]
Print = Callable[[Report, random.Random], str]


def document(report: Report, tables: Tables, *, glue: str = "\n") -> str:
    """Title, sections and tables; `glue` stands between heading and table."""
    parts = [title(report)]
    for place, key in enumerate("123456"):
        heading, text = section(report, key)
        table = tables[place - 1] if key in "234" else ""
        parts.append(glue.join(part for part in (heading, text, table) if part))
    return "\n".join(parts) + "\n"


def glued(report: Report, rng: random.Random) -> str:
    """Labels and digits on one endless line, nothing between them."""
    del rng
    return document(report, _run_on(report, "".join), glue="")


def one_line(report: Report, rng: random.Random) -> str:
    """The whole table on one line, single blanks between the figures."""
    del rng
    return document(report, _run_on(report, lambda cells: f" {' '.join(cells)} "))


def last_two_glued(report: Report, rng: random.Random) -> str:
    """Blanks between the figures, but the last two have run together."""
    del rng

    def joined(cells: Sequence[str]) -> str:
        return (
            f" {' '.join([*cells[:-2], ''.join(cells[-2:])])} "
            if len(cells) == 7
            else _spaced(cells)
        )

    return document(report, _run_on(report, joined))


def middle_glued(report: Report, rng: random.Random) -> str:
    """One blank between two figures is missing, at a place that differs from row to row."""

    def joined(cells: Sequence[str]) -> str:
        if len(cells) != 7:
            return _spaced(cells)
        at = rng.randrange(1, 6)
        return f" {' '.join([*cells[:at], cells[at] + cells[at + 1], *cells[at + 2 :]])} "

    return document(report, _run_on(report, joined))


def blank_before_total(report: Report, rng: random.Random) -> str:
    """Glued digits with one blank before the total."""
    del rng
    return document(
        report,
        _run_on(
            report,
            lambda cells: (
                f"{''.join(cells[:-1])} {cells[-1]} " if len(cells) == 7 else _spaced(cells)
            ),
        ),
    )


def _spaced(cells: Sequence[str]) -> str:
    return f" {' '.join(cells)} "


def _run_on(report: Report, join: Callable[[Sequence[str]], str]) -> Tables:
    """The three tables as running text; `join` prints the figures of a row."""
    blocks = [
        block.caption
        + "".join(block.heads)
        + "".join(row.label + join(row.cells) for row in block.rows)
        for block in actions(report)
    ]
    rows = ["".join([*row.groups, row.label]) + join(row.cells) for row in requests(report)]
    return (
        "".join(blocks),
        "".join(request_heads(report)) + "".join(rows),
        "".join(dispute_heads(report)) + join(disputes(report)),
    )


def tabs(report: Report, rng: random.Random) -> str:
    """Tab-separated with trailing tabs; group labels only on the first of their rows."""
    return document(report, _rows(report, rng, "\t", "\t"))


def pipes(report: Report, rng: random.Random) -> str:
    """One row a line, pipes between the cells and at the end; one to three labels before the figures."""
    return document(report, _rows(report, rng, " | ", " |"))


def padded_pipes(report: Report, rng: random.Random) -> str:
    """Empty fields stand for merged cells; blanks inside captions."""
    del rng

    blocks: list[str] = []
    for block in actions(report):
        blocks += [
            f"{block.caption.replace('第（', '  第（')} | {'|' * 8}",
            " | ".join(block.heads) + " |",
        ]
        blocks += [" | ".join([row.label, *row.cells]) + " |" for row in block.rows]
    return document(report, ("\n".join(blocks), *_rows(report, random.Random(0), " | ", " |")[1:]))


def _rows(report: Report, rng: random.Random, between: str, after: str) -> Tables:
    """Rows as lines; a row below the first of its group begins with as many empty cells, mostly."""

    def line(cells: Iterable[str]) -> str:
        return between.join(cells) + after

    blocks = [
        text
        for block in actions(report)
        for text in (
            line([block.caption]),
            line(block.heads),
            *(line([row.label, *row.cells]) for row in block.rows),
        )
    ]
    note, applicants, *others = request_heads(report)
    head = [line([note, applicants]), line(others[:3]), line(others[3:])]
    body = []
    for row, path in zip(requests(report), (row.path for row in report.form.t3.rows), strict=True):
        missing = len(path) - 1 - len(row.groups)
        lost = rng.random() < 0.1
        body.append(line([*([] if lost else [""] * missing), *row.groups, row.label, *row.cells]))
    columns = [column.label for column in report.form.t4.columns]
    fourth = [
        line(["行政复议", "行政诉讼"]),
        line([*columns, "未经复议直接起诉", "复议后起诉"]),
        line([*columns, *columns]),
        line(disputes(report)),
    ]
    return "\n".join(blocks), "\n".join([*head, *body]), "\n".join(fourth)


def pipe_on_next_line(report: Report, rng: random.Random) -> str:
    """The text of a cell and the pipe after it stand on different lines."""
    del rng
    return document(report, _cells(report, lambda cell: f"{cell}  | \n ", "\n"))


def cell_a_line_with_pipe(report: Report, rng: random.Random) -> str:
    """One cell a line with a pipe; rows are divided by lines of pipes only."""
    del rng
    return document(report, _cells(report, lambda cell: f"{cell} |\n", "|||\n"))


def empty_cells_a_line(report: Report, rng: random.Random) -> str:
    """The same where nothing was filled in for zero: a line with nothing but its pipe."""

    def cell(text: str) -> str:
        return "|\n" if text == "0" else f"{text} |\n"

    return document(report, _cells(report, cell, rng.choice(("||\n", "|\n||\n", "||||\n"))))


def cell_a_line(report: Report, rng: random.Random) -> str:
    """One cell a line, an empty line between any two."""
    del rng
    return document(report, _cells(report, lambda cell: f"{cell}\n\n", ""))


def labels_only(report: Report, rng: random.Random) -> str:
    """A form that nobody filled in: labels, no figures."""
    del rng
    tables = _cells(report, lambda cell: "" if re.fullmatch(r"[\d.]+", cell) else f"{cell}\n\n", "")
    return document(report, tables)


def _cells(report: Report, cell: Callable[[str], str], after_row: str) -> Tables:
    blocks = [
        cell(block.caption)
        + after_row
        + "".join(map(cell, block.heads))
        + after_row
        + "".join("".join(map(cell, [row.label, *row.cells])) + after_row for row in block.rows)
        for block in actions(report)
    ]
    body = [
        "".join(map(cell, [*r.groups, r.label, *r.cells])) + after_row for r in requests(report)
    ]
    return (
        "".join(blocks),
        "".join(map(cell, request_heads(report))) + after_row + "".join(body),
        "".join(map(cell, dispute_heads(report)))
        + after_row
        + "".join(map(cell, disputes(report))),
    )


def columns(report: Report, rng: random.Random) -> str:
    """A PDF page as text: columns by blanks, wrapped labels around their figures, page numbers."""
    return document(report, _aligned(report, rng, 14))


def _aligned(report: Report, rng: random.Random, longest: int, numbered: float = 0.3) -> Tables:
    blocks: list[str] = []
    for block in actions(report):
        blocks += [" " * 14 + block.caption, "", "       " + "   ".join(block.heads), ""]
        blocks += [
            _padded(row.label, 18) + "".join(f"{cell:>9}" for cell in row.cells)
            for row in block.rows
        ]
        blocks += ["", "     -2-", ""] if rng.random() < numbered else [""]
    body = [line for row in requests(report) for line in _wrapped(row, rng, longest)]
    heads = [
        f"{'申请人情况':>40}",
        "（本列数据的勾稽关系为：第一项加第二项之和，等",
        "于第三项加第四项之和）         自然人   法人或其他组织   总计",
        "                商业  科研  社会公益  法律服务  其他",
        "                企业  机构  组织      机构",
    ]
    fourth = [
        "          行政复议                              行政诉讼",
        "                              未经复议直接起诉                  复议后起诉",
        "结果   结果     其他   尚未  总计  " * 3,
        "维持   纠正     结果   审结        " * 3,
        "   ".join(disputes(report)),
    ]
    return "\n".join(blocks), "\n".join([*heads, *body]), "\n".join(fourth)


def _wrapped(row: PrintedRow, rng: random.Random, longest: int) -> list[str]:
    """A long label takes two lines; its figures stand on the second, or between the two."""
    figures = "".join(f"{cell:>6}" for cell in row.cells)
    group = " ".join(row.groups)
    if len(row.label) <= longest:
        return [_padded(f"{group:<10}  {row.label}", 44) + figures]
    first, second = row.label[:longest], row.label[longest:]
    if rng.random() < 0.5:
        return [f"{group:<10}  {first}", _padded("", 44) + figures, f"            {second}"]
    return [f"{group:<10}  {first}", _padded(f"            {second}", 44) + figures]


def _padded(text: str, width: int) -> str:
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(2, width - taken)


def side_by_side(report: Report, rng: random.Random) -> str:
    """Two years next to each other: this report on the left, other figures on the right."""
    left = _aligned(report, random.Random(1), 60, numbered=0)
    right = [
        re.sub(r"(?<![.\d])\d+(?![.\d、])", lambda n: str(int(n[0]) + rng.randrange(9)), table)
        for table in left
    ]
    return document(
        report,
        tuple(  # type: ignore[arg-type]
            "\n".join(
                f"{_padded(one, 100)}   {other}" if one.strip() else ""
                for one, other in zip(table.splitlines(), twin.splitlines(), strict=True)
            )
            for table, twin in zip(left, right, strict=True)
        ),
    )


def item_tables(report: Report, rng: random.Random) -> str:
    """One Markdown table an item, with heads that say nothing."""
    del rng
    rule = "|---|---|---|---|---|---|---|---|"
    head = "| 类别 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 总计 |"
    third = [
        line
        for row in requests(report)
        for line in (head, rule, f"| {' | '.join([row.label, *row.cells])} |", "")
    ]
    first, _, fourth = _rows(report, random.Random(0), " | ", " |")
    return document(report, (first, "\n".join(third), fourth))


def detached(report: Report, rng: random.Random) -> str:
    """A wrapped label is printed apart from its figures; some rows end in an empty cell."""
    body: list[str] = []
    for row in requests(report):
        figures = f"| {' | '.join(row.cells)} |" + ("  |" if rng.random() < 0.3 else "")
        if len(row.label) > 12 and rng.random() < 0.7:
            body += [figures, "|---|---|---|---|---|---|---|", row.label[:9], row.label[9:]]
        else:
            body += [f"| {row.label} {figures}"]
    first, _, fourth = _rows(report, random.Random(0), " | ", " |")
    return document(report, (first, "\n".join([*request_heads(report), *body]), fourth))


def line_break_in_last_cell(report: Report, rng: random.Random) -> str:
    """The last cell of a row ends with a line break before its pipe."""
    return "\n".join(
        re.sub(r"(\d) \|$", r"\1\n |", line) for line in pipes(report, rng).splitlines()
    )


def year_in_head(report: Report, rng: random.Random) -> str:
    """The heads of table 2 carry the year in brackets, and a caption row stands above each table."""
    text = pipes(report, rng)
    for word in ("制发", "废止", "新制作", "新公开"):
        text = text.replace(f"本年{word}", f"本年（{report.year}）{word}")
    return text.replace("信息内容 |", "主动公开情况统计表 |\n信息内容 |", 1)


def split_heads(report: Report, rng: random.Random) -> str:
    """The words of the heads of table 3 are spread over two rows."""
    text = tabs(report, rng)
    return text.replace(
        "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t",
        "商业\t科研\t社会公益\t法律服务\t其他\n企业\t机构\t组织\t机构",
    )


def fee_table(report: Report, rng: random.Random) -> str:
    """A table of 信息处理费 stands as section five, so that the last two move on by one."""
    text = tabs(report, rng)
    text = text.replace("六、其他需要报告的事项", "七、其他需要报告的事项")
    five = "五、存在的主要问题及改进情况"
    extra = "五、信息处理费收取情况\n通知收取件数\t通知收取金额（元）\t实际收取金额（元）\n0\t0\t0"
    return text.replace(five, f"{extra}\n六、存在的主要问题及改进情况")


def sentence_between(report: Report, rng: random.Random) -> str:
    """A sentence about the table, with figures in it, between the heading and the table."""
    text = one_line(report, rng)
    note = "本年共制发文件8件，废止3件，行政许可2418件，办结申请12件。"
    return text.replace("第二十条第（一）项", f"{note}第二十条第（一）项", 1)


def mirrored(report: Report, rng: random.Random) -> str:
    """A mirror's conversion: traditional characters with their pinyin in brackets."""
    text = tabs(report, rng)
    for plain, shown in (
        ("规", "規(guī)"),
        ("数", "數(shù)"),
        ("处", "處(chù)"),
        ("许", "許(xǔ)"),
        ("总计", "總計(jì)"),
        ("结果", "結(jié)果"),
    ):
        text = text.replace(plain, shown)
    return text


EXACT: dict[str, Print] = {
    "L02": one_line,
    "L06": tabs,
    "L07": pipes,
    "L08": padded_pipes,
    "L09": pipe_on_next_line,
    "L10": cell_a_line_with_pipe,
    "L11": cell_a_line,
    "L13": columns,
    "L14": side_by_side,
    "L15": item_tables,
    "L16": detached,
    "L20": line_break_in_last_cell,
    "L21": year_in_head,
    "L22": split_heads,
    "L25": fee_table,
    "L26": sentence_between,
    "L27": mirrored,
}
GLUED: dict[str, Print] = {
    "L01": glued,
    "L03": last_two_glued,
    "L04": middle_glued,
    "L05": blank_before_total,
}
