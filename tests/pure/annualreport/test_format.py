"""The official formats as data (国办公开办函〔2021〕30号, 〔2019〕60号)."""

from __future__ import annotations

import pytest

from gongkai.annualreport.format import FormatUnknownError, load_format
from gongkai.annualreport.model import cell_keys


def test_format_2021_has_two_hundred_cells_by_table() -> None:
    """表二 10 格、表三 25 行×7 列、表四 15 格。"""
    keys = cell_keys("2021")
    assert [sum(key.startswith(table) for key in keys) for table in ("t2", "t3", "t4")] == [
        10,
        175,
        15,
    ]
    assert len(set(keys)) == 200


def test_format_2019_has_its_own_table_two_and_one_row_of_other_outcomes() -> None:
    """2019 年版：表二 22 格（含政府集中采购），表三 23 行，（六）其他处理只有一行。"""
    form = load_format("2019")
    assert " ".join(key for key in form.kinds if key.startswith("t2.")) == (
        "t2.rule.made t2.rule.opened t2.rule.standing t2.norm.made t2.norm.opened t2.norm.standing "
        "t2.licence.items t2.licence.change t2.licence.decisions "
        "t2.service.items t2.service.change t2.service.decisions "
        "t2.penalty.items t2.penalty.change t2.penalty.decisions "
        "t2.coercion.items t2.coercion.change t2.coercion.decisions "
        "t2.fee.items t2.fee.change t2.procurement.items t2.procurement.amount"
    )
    keys = [row.key for row in form.t3.rows]
    assert len(keys) == 23
    assert [key for key in keys if key.startswith("r6")] == ["r6"]
    assert [row.total_check for row in form.t3.rows if row.key in ("r6", "r7", "fwd")] == [
        "B-35",
        "B-38",
        "B-39",
    ]


def test_codes_of_sums_follow_rows_and_columns_in_order() -> None:
    """B-01…07、B-08…14、B-40…46 按列，B-15…39 按行，L-01…03 按组。"""
    table = load_format("2021").t3
    assert [c.balance_check for c in table.columns] == [f"B-{n:02d}" for n in range(1, 8)]
    assert [c.result_check for c in table.columns] == [f"B-{n:02d}" for n in range(8, 15)]
    assert [c.carry_check for c in table.columns] == [f"B-{n:02d}" for n in range(40, 47)]
    assert [r.total_check for r in table.rows] == [f"B-{n:02d}" for n in range(15, 40)]
    assert [b.total_check for b in load_format("2021").t4.blocks] == ["L-01", "L-02", "L-03"]


def test_rows_are_in_the_official_order() -> None:
    """表三行次：新收、结转、六类结果、总计、结转下年度。"""
    assert " ".join(row.key for row in load_format("2021").t3.rows) == (
        "new carry r1 r2 r3_1 r3_2 r3_3 r3_4 r3_5 r3_6 r3_7 r3_8 r4_1 r4_2 r4_3 "
        "r5_1 r5_2 r5_3 r5_4 r5_5 r6_1 r6_2 r6_3 r7 fwd"
    )


@pytest.mark.parametrize("name", ["2035", "../2021", ""])
def test_unknown_format_is_refused(name: str) -> None:
    """没有数据文件的格式不能猜。"""
    with pytest.raises(FormatUnknownError, match="没有"):
        load_format(name)
