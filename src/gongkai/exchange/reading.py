"""`read_workbook`: bytes in, everything the workbook says out, or every problem it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.exchange.consistency import contradictions
from gongkai.exchange.headings import Found, letter, recognise
from gongkai.exchange.layout import EXAMPLE_MARK, Column, fold
from gongkai.exchange.problem import CellRefused, Problem, WorkbookRefused, shown
from gongkai.exchange.rows import ROWS, Contents, Place, Row
from gongkai.exchange.values import Circumstances, Read, read_cell, unit_of
from gongkai.exchange.words import NOT_COUNTED, VALID
from gongkai.exchange.workbook import NOT_CALCULATED, Line, grids
from gongkai.law.rules import Rules

_EXAMPLE = fold(EXAMPLE_MARK)
_BLANK = ("", "-", "—", "/", "\\", "无")


@dataclass
class _Gathered:
    """What has been read so far."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {key: [] for key in ROWS})
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def remark(self, text: str) -> None:
        self.notes[text] = self.notes.get(text, 0) + 1


def read_workbook(data: bytes, *, today: date, rules: Rules, strict: bool) -> Contents:
    """Return what a workbook says.

    *strict*: for filling a ledger; otherwise for counting a report, where what the report cannot tell
    apart need not be told apart. Raises :class:`WorkbookRefused` with every problem there is.
    """
    gathered = _Gathered()
    known = [recognise(grid) for grid in grids(data)]
    gathered.problems += [one for one in known if isinstance(one, Problem)]
    found = [one for one in known if isinstance(one, Found)]
    if not known or not (found or gathered.problems):
        gathered.problems.append(_nothing_known())
    for one in found:
        _read_sheet(one, Circumstances(today, rules, strict), gathered)
    contents = _contents(gathered)
    gathered.problems += contradictions(contents, strict=strict)
    if gathered.problems:
        raise WorkbookRefused(gathered.problems)
    return contents


def _nothing_known() -> Problem:
    return Problem(
        "工作簿",
        "",
        "没有找到可读的表：工作表应叫 申请、文件、报送（或复议诉讼、机关、正文），"
        "请改表名，或用 gongkai report --template 生成模板后把内容粘贴进去。",
    )


def _contents(gathered: _Gathered) -> Contents:
    notes = tuple(
        f"{text}（{times} 处）" if times > 1 else text for text, times in gathered.notes.items()
    )
    rows = {key: tuple(found) for key, found in gathered.rows.items()}
    return Contents(**rows, notes=notes)  # type: ignore[arg-type]  # each key holds its own rows


def _read_sheet(found: Found, given: Circumstances, gathered: _Gathered) -> None:
    if found.note():
        gathered.remark(found.note())
    money = {
        place: unit_of(found.headings[place])
        for place, column in found.places.items()
        if column.kind == "money"
    }
    for place, unit in money.items():
        if not unit:
            gathered.problems.append(_no_unit(found, place))
            return
    unit = next(iter(money.values()), "")
    given = Circumstances(given.today, given.rules, given.strict, unit)
    for number, line in found.records():
        if not _is_example(line) and any(
            place < len(line) and line[place] is not None for place in found.places
        ):
            _read_row(found, number, line, given, gathered)


def _no_unit(found: Found, place: int) -> Problem:
    return Problem(
        found.grid.name,
        f"{letter(place)}{found.at}",
        f"列标题“{shown(found.headings[place])}”没有写明单位，元和万元相差一万倍；"
        "请写成“行政事业性收费（万元）”或“行政事业性收费（元）”。",
    )


def _is_example(line: Line) -> bool:
    return any(isinstance(cell, str) and fold(cell).startswith(_EXAMPLE) for cell in line)


def _read_row(
    found: Found, number: int, line: Line, given: Circumstances, gathered: _Gathered
) -> None:
    values: dict[str, object] = {}
    before = len(gathered.problems)
    for place, column in found.places.items():
        raw = line[place] if place < len(line) else None
        cell = f"{letter(place)}{number}"
        try:
            read = _read_one(raw, column, given)
        except CellRefused as refused:
            gathered.problems.append(_problem(found.grid.name, cell, raw, refused))
            continue
        if read.remark:
            gathered.remark(f"“{found.grid.name}”表：{read.remark}。")
        if read.value is not None:
            values[column.key] = read.value
    if len(gathered.problems) == before:
        place_of = Place(sheet=found.grid.name, row=number, letters=found.letters)
        _keep(found, values, place_of, gathered)


def _read_one(raw: object, column: Column, given: Circumstances) -> Read:
    if raw is NOT_CALCULATED:
        raise CellRefused("没有计算结果，读不到值；请在 Excel 中打开、保存一次，或改为直接填写")
    blank = raw is None or (isinstance(raw, str) and raw.strip() in _BLANK)
    if not blank:
        return read_cell(raw, column, given)
    if raw is not None and column.kind in ("count", "money"):
        return read_cell(raw, column, given)  # “无” and “/” are not zero and not nothing: asked
    if _needed(column, given):
        raise CellRefused(f"“{column.title}”不能空白：{column.about}")
    return Read(None)


def _needed(column: Column, given: Circumstances) -> bool:
    # A register that tells its kinds of documents apart has to tell it of every one.
    always = column.need == "always" or column.kind == "category"
    return always or (column.need == "ledger" and given.strict)


def _problem(sheet: str, cell: str, raw: object, refused: CellRefused) -> Problem:
    if raw is None:
        said = ""
    elif refused.hidden:
        said = f"这一格的 {len(str(raw))} 个字（不予显示，可能是姓名）"
    else:
        said = f"“{shown(raw)}”"
    return Problem(sheet, cell, f"{said}{refused}。")


def _keep(found: Found, values: dict[str, object], place: Place, gathered: _Gathered) -> None:
    if values.get("kind") == NOT_COUNTED and found.sheet.key == "policies":
        gathered.remark(f"“{found.grid.name}”表：“其他文件”不计入年报，没有读取。")
        return
    if values.get("exit_kind") == VALID:
        del values["exit_kind"]
    gathered.rows[found.sheet.key].append(ROWS[found.sheet.key](place=place, **values))  # type: ignore[arg-type]
