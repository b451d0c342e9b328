"""A roll-up as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.annualreport.checking.finding import Severity
from gongkai.annualreport.checking.unit_sums import as_printed
from gongkai.annualreport.rollup.rollup import STATES, Difference, RollUp, State, Unit

SEVERITIES: tuple[tuple[Severity, str], ...] = (
    ("error", "必须改正"),
    ("warning", "请核对"),
    ("info", "供参考"),
)
_ODD: dict[State, str] = {
    "missing": "缺报",
    "unreadable": "无法读取",
    "twice": "重复",
    "other_year": "年度不符",
    "unlisted": "不在名单",
}
_MOST = 6


def write_text(result: RollUp) -> str:
    """Return the whole roll-up as lines, the conclusion last."""
    parts = [list(part(result)) for part in (_units, _faults, _differences, _blanks)]
    body = [line for part in parts if part for line in (*part, "")]
    return "\n".join([heading(result), "", *body, conclusion(result)]) + "\n"


def heading(result: RollUp) -> str:
    """What was added up."""
    whose = result.own.issuer if result.own else "各单位"
    year = f" {result.year} 年" if result.year else ""
    return f"{whose}{year}政府信息公开工作年度报告汇总核对"


def conclusion(result: RollUp) -> str:
    """One closing sentence with what is to be done."""
    counted, expected = len(result.counted), result.expected
    reported = f"计入 {counted} 个单位" + ("" if expected is None else f"，应报 {len(expected)} 个")
    odd = [
        f"{len(units)} 个{name}"
        for state, name in _ODD.items()
        if (units := result.in_state(state))
    ]
    wrong = sum(unit.count("error") for unit in result.counted)
    odd += [f"单位报告有 {wrong} 项必须改正"] if wrong else []
    odd += [f"{len(result.blanks)} 格因空白不能汇总"] if result.blanks else []
    if result.own_reason:
        odd.append(f"本级报告无法读取（{result.own_reason}）")
    odd += [f"{len(result.differences)} 格与本级报告不一致"] if result.differences else []
    if not odd:
        same = "，与本级报告逐格一致" if result.own else ""
        return f"结论：{reported}{same}。"
    return f"结论：{reported}；{'，'.join(odd)}。请逐项核实后重新汇总。"


def amount(value: Decimal | None) -> str:
    """An exact amount, with its sign when it is a difference."""
    return "—" if value is None else as_printed(value)


def gap(difference: Difference) -> str:
    """What the own report has more (＋) or less (－) than the sum."""
    if difference.gap is None:
        return "不能计算"
    return f"{'＋' if difference.gap > 0 else '－'}{as_printed(abs(difference.gap))}"


def own_shown(difference: Difference) -> str:
    """The own report's cell as a clerk reads it."""
    return "空白" if difference.own is None else str(difference.own)


def contributors(difference: Difference, most: int = _MOST) -> str:
    """The units that make up a sum, largest first."""
    named = [f"{name} {as_printed(value)}" for name, value in difference.contributors[:most]]
    rest = len(difference.contributors) - most
    return "、".join(named) + (f" 等 {len(difference.contributors)} 个" if rest > 0 else "")


def hint(difference: Difference, most: int = 3) -> str:
    """Whose figure the gap is exactly, when it is few units': counted twice, or left out."""
    names = difference.suspects
    if not names or len(names) > most or difference.gap is None:
        return ""
    what = "重复计入" if difference.gap > 0 else "漏计"
    return f"相差的数恰好等于{'、'.join(names)}所填，请核对是否{what}。"


def _units(result: RollUp) -> Iterator[str]:
    yield f"单位（{len(result.units)}）"
    for unit in result.by_need:
        faults = "".join(
            f"，{title} {unit.count(severity)} 项"
            for severity, title in SEVERITIES[:2]
            if unit.count(severity)
        )
        source = f"（{unit.source}）" if unit.source else ""
        yield f"  {unit.name}{source}：{STATES[unit.state]}{faults}{_note(unit)}"


def _note(unit: Unit) -> str:
    return f"。{unit.note.rstrip('。')}" if unit.note else ""


def _faults(result: RollUp) -> Iterator[str]:
    wrong = [unit for unit in result.by_need if unit.is_counted and unit.count("error")]
    if not wrong:
        return
    yield f"单位报告必须改正的问题（{sum(unit.count('error') for unit in wrong)} 项）"
    for unit in wrong:
        yield f"  {unit.name}"
        for one in unit.findings:
            if one.severity == "error":
                yield f"    [{one.code}] {one.message}"


def _differences(result: RollUp) -> Iterator[str]:
    if result.own is None:
        return
    yield f"与本级报告的差异（{len(result.differences)} 格）"
    for one in result.differences:
        yield f"  {one.name}：本级 {own_shown(one)}，合计 {amount(one.total)}，差 {gap(one)}"
        if one.contributors:
            yield f"      填数的单位：{contributors(one)}"
        if hint(one):
            yield f"      {hint(one)}"


def _blanks(result: RollUp) -> Iterator[str]:
    if not result.blanks:
        return
    yield f"因空白不能汇总（{len(result.blanks)} 格；空白不当作 0）"
    for key, names in result.blanks.items():
        rest = f" 等 {len(names)} 个" if len(names) > _MOST else ""
        yield f"  {result.form.names[key]}：{'、'.join(names[:_MOST])}{rest}"
