"""Reports for these tests: one that is right in every respect, and random consistent ones."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from hypothesis import strategies as st

from gongkai.annualreport.format import ReportFormat, combined, load_format
from gongkai.annualreport.model import Cell, Report, build, cell_keys
from gongkai.annualreport.reading.page import Reading
from gongkai.annualreport.reading.read import read

SHEQI = Path(__file__).parents[2] / "data" / "sheqi-2024.txt"
FORM = load_format("2021")
COLUMNS = tuple(column.key for column in FORM.t3.columns)
RESULTS = FORM.t3.keys_of("result")

PROSE = {
    "1": "依据《中华人民共和国政府信息公开条例》编制本报告。\n"
    "（一）主动公开情况\n2024年制发行政规范性文件6件，废止2件，现行有效30件。\n"
    "（二）依申请公开情况\n2024年收到政府信息公开申请30件，办结28件，结转下年度4件。"
    "予以公开答复12件。办理数据说明：其中答复中予以公开12件，占申请总数的40.0%。\n"
    "（三）政府信息管理情况\n清理存量文件。\n（四）平台建设情况\n网站运行正常。\n"
    "（五）监督保障情况\n工作考核结果为良好，开展社会评议一次，没有责任追究情形。"
    "因政府信息公开发生行政复议3件。",
    "5": "主要问题是解读形式单一，公开内容不够详细。改进情况：已增加图解，今后将继续加强业务培训。",
    "6": "2024年未收取信息处理费。统计期限自2024年1月1日起至2024年12月31日止。"
    "请与青禾县人民政府办公室联系（电话：0999-1234567）。",
}


def table3(leaves: Mapping[str, int]) -> dict[str, Cell]:
    """Complete table 3 from `row.column` counts: sums, total row and total column are computed."""
    cells: dict[str, Cell] = {}
    kinds = {row.key: row.kind for row in FORM.t3.rows}
    for row in kinds:
        for column in COLUMNS[:-1]:
            rows = RESULTS if kinds[row] == "total" else (row,)
            cells[f"t3.{row}.{column}"] = sum(leaves.get(f"{one}.{column}", 0) for one in rows)
        parts = [cells[f"t3.{row}.{column}"] for column in COLUMNS[:-1]]
        cells[f"t3.{row}.tot"] = sum(part for part in parts if isinstance(part, int))
    return cells


@lru_cache
def clean_cells() -> dict[str, Cell]:
    """Cells of an invented county that agree with each other and with `PROSE`."""
    zero: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    requests = {
        "new.nat": 28,
        "new.com": 2,
        "carry.nat": 2,
        "fwd.nat": 4,
        "r1.nat": 10,
        "r1.com": 2,
    }
    requests |= {"r2.nat": 5, "r4_1.nat": 6, "r5_1.nat": 5}
    actions: dict[str, Cell] = {
        "t2.norm.made": 6,
        "t2.norm.repealed": 2,
        "t2.norm.valid": 30,
        "t2.licence": 900,
        "t2.penalty": 70,
        "t2.coercion": 8,
        "t2.fee": "12.5",
        "t4.rev.m": 2,
        "t4.rev.o": 1,
        "t4.rev.t": 3,
    }
    return zero | actions | table3(requests)


def clean(
    cells: Mapping[str, Cell] | None = None, sections: Mapping[str, str] | None = None
) -> Report:
    """The report that is right, with some cells or sections changed."""
    return build(
        issuer="青禾县人民政府",
        year=2024,
        level="county",
        period="2024-01-01/2024-12-31",
        contact="青禾县人民政府办公室 0999-1234567",
        cells=clean_cells() | dict(cells or {}),
        sections=PROSE | dict(sections or {}),
    )


def previous(cells: Mapping[str, Cell] | None = None, five: str = "上年问题：人手少。") -> Report:
    """Last year's report of the same county, continued without a break by `clean`."""
    before: dict[str, Cell] = {
        "t2.rule.valid": 0,
        "t2.norm.valid": 26,
        "t2.licence": 800,
        "t2.penalty": 60,
        "t2.coercion": 8,
        "t2.fee": "12",
        "t3.fwd.nat": 2,
        "t3.fwd.tot": 2,
    }
    zero: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    return build(
        issuer="青禾县人民政府",
        year=2023,
        cells=zero | before | dict(cells or {}),
        sections={"5": five},
    )


@lru_cache
def sheqi() -> Reading:
    """The county report of 2024 as it was published."""
    return read(SHEQI.read_bytes(), source="sheqi-2024.txt")


@st.composite
def consistent_cells(draw: st.DrawFn) -> dict[str, Cell]:
    """Random cells of all tables for which every identity of the format holds."""
    count = st.integers(0, 60)
    leaves: dict[str, int] = {}
    for column in COLUMNS[:-1]:
        results = {f"{row}.{column}": draw(count) for row in RESULTS}
        over, carried = draw(count), draw(count)
        done = sum(results.values())
        carried = min(carried, done + over)
        leaves |= results | {f"carry.{column}": carried, f"fwd.{column}": over}
        leaves[f"new.{column}"] = done + over - carried
    made, repealed, older = draw(count), draw(count), draw(count)
    cells: dict[str, Cell] = dict.fromkeys(cell_keys("2021"), 0)
    cells |= table3(leaves)
    cells |= {"t2.norm.made": made, "t2.norm.repealed": repealed, "t2.norm.valid": made + older}
    cells["t2.fee"] = f"{draw(count)}.{draw(st.integers(1, 9))}"
    for block in FORM.t4.blocks:
        parts = {f"t4.{block.key}.{c.key}": draw(count) for c in FORM.t4.columns[:-1]}
        cells |= {**parts, f"t4.{block.key}.t": sum(parts.values())}
    return cells


def random_cells(rng: random.Random, name: str, *, consistent: bool) -> dict[str, Cell]:
    """Random cells for "2019", "2021" or "mixed" (table 3 of 2019 under a table 2 of 2021).

    With `consistent`, every sum of tables 3 and 4 holds; without, figures are what they are.
    """
    form = load_format("2019" if name == "2019" else "2021")
    form = combined(form.name, "2021" if name == "2021" else "2019")
    sizes = (0, 0, 9, 60, rng.choice((9, 99, 5000)))  # some counties are small all over
    cells: dict[str, Cell] = {}
    for key, kind in form.kinds.items():
        count = rng.randint(0, rng.choice(sizes))
        cells[key] = f"{count}.{rng.randint(1, 9)}" if kind in ("money", "amount") else count
    return _summed(form, cells) if consistent else cells


def _summed(form: ReportFormat, cells: dict[str, Cell]) -> dict[str, Cell]:
    """Put the totals right: rows, the total row, and what was carried over."""

    def number(key: str) -> int:
        value = cells[key]
        assert isinstance(value, int)
        return value

    columns = [column.key for column in form.t3.applicant_columns]
    for column in columns:
        cells[f"t3.r7.{column}"] = sum(
            number(f"t3.{row}.{column}") for row in form.t3.keys_of("result")
        )
        left = number(f"t3.r7.{column}") + number(f"t3.fwd.{column}")
        cells[f"t3.carry.{column}"] = min(number(f"t3.carry.{column}"), left)
        cells[f"t3.new.{column}"] = left - number(f"t3.carry.{column}")
    for row in form.t3.rows:
        cells[f"t3.{row.key}.tot"] = sum(number(f"t3.{row.key}.{column}") for column in columns)
    for block in form.t4.blocks:
        *parts, total = (f"t4.{block.key}.{column.key}" for column in form.t4.columns)
        cells[total] = sum(map(number, parts))
    return cells
