"""A workbook → rows fit to be published, or every problem there is, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.files.grids import Grid, grids
from gongkai.files.limits import Limits, refuse_beyond
from gongkai.files.refusal import UnreadableError
from gongkai.files.sniff import sniff
from gongkai.registers.layout import Column, Layout, Type, is_ignored, is_personal, plain
from gongkai.registers.personal import holds_a_persons_number, shielded, shown_name
from gongkai.registers.values import CellWrong, Unit, Value, read_cell
from gongkai.text.credit_code import problem_of
from gongkai.text.folding import fold

MOST_ROWS = 10_000
"""Of one file. They are entered in one transaction, and on SQLite everybody else waits for it: seconds, not a
quarter of a minute."""
MOST_PROBLEMS = 200
LARGEST = 20_000_000
_LIMITS = Limits(size=LARGEST, unpacked=200_000_000)
_HEAD = 20
_LEAST_KNOWN = 3
_STILL_GOOD = ("", "有效", "正常", "1", "是", "0")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: *place* is empty for the file as a whole."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place else self.message


class SheetRefused(Exception):
    """Nothing of the file can be taken; *problems* are all there are, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Row:
    """A row fit to be published: *values* by the field of the entry, and the line it came from."""

    place: str
    values: Mapping[str, Value]

    @property
    def key(self) -> str:
        """What tells one decision of an agency from another: its 文书号, however it is written."""
        return fold(str(self.values["number"]))


@dataclass(frozen=True)
class Reading:
    """The rows of a file, and what was left out of it, in a sentence each."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


@dataclass
class _Gathered:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Circumstances:
    """*names* the deciding agency has had; *way* to show a natural person's name; *today*."""

    layout: Layout
    names: frozenset[str]
    way: str
    today: date


def read_table(name: str, data: bytes, given: Circumstances) -> Reading:
    """Return what a .xlsx or .csv file says. Raises :class:`SheetRefused` with every problem there is."""
    try:
        kind = sniff(data, name)
        refuse_beyond(data, kind, _LIMITS)
        sheets = grids(data, kind, most_rows=MOST_ROWS)
    except UnreadableError as wrong:
        raise SheetRefused([Problem("", str(wrong))]) from wrong
    gathered = _Gathered()
    found = [head for grid in sheets if (head := _recognise(grid, given.layout))]
    if not found:
        gathered.problems.append(_nothing_known(given.layout))
    for head in found:
        gathered.notes |= dict.fromkeys(head.grid.notes)
        _read_sheet(head, given, gathered, several=len(found) > 1)
    _refuse_twice(gathered)
    if not gathered.problems and not gathered.rows:
        gathered.problems.append(Problem("", "表里只有标题，没有一行记录。请填写后再上传。"))
    if gathered.problems:
        raise SheetRefused(gathered.problems)
    return Reading(tuple(gathered.rows), tuple(gathered.notes))


@dataclass(frozen=True)
class _Head:
    """The row of headings of a sheet."""

    grid: Grid
    at: int
    headings: tuple[str, ...]
    columns: Mapping[int, Column]
    organ: int | None
    state: int | None


def _recognise(grid: Grid, layout: Layout) -> _Head | None:
    """Return the heading row: the first that names at least three columns."""
    known = layout.known_as()
    for number, line in grid.lines[:_HEAD]:
        columns: dict[int, Column] = {}
        for place, heading in enumerate(line):
            column = known.get(plain(heading))
            if column and column not in columns.values():
                columns[place] = column
        if len(columns) >= _LEAST_KNOWN:
            return _Head(
                grid, number, line, columns, _place(line, layout.organ), _place(line, layout.state)
            )
    return None


def _place(line: Sequence[str], names: Sequence[str]) -> int | None:
    wanted = {plain(name) for name in names}
    return next((place for place, heading in enumerate(line) if plain(heading) in wanted), None)


def _nothing_known(layout: Layout) -> Problem:
    needed = "、".join(column.title for column in layout.column if column.need)
    return Problem(
        "",
        f"没有找到{layout.title}的标题行。第一行应当写列标题，至少有：{needed}。可以下载模板填写。",
    )


def _read_sheet(head: _Head, given: Circumstances, gathered: _Gathered, *, several: bool) -> None:
    _tell_of_others(head, gathered)
    absent = [c for c in given.layout.column if c.need and c not in head.columns.values()]
    sheet = f"“{head.grid.name}”表" if several else ""
    if absent:
        titles = "、".join(column.title for column in absent)
        gathered.problems.append(
            Problem(f"{sheet}第 {head.at} 行", f"缺少必填的列：{titles}。请补上这些列再上传。")
        )
        return
    for number, line in head.grid.lines:
        if number > head.at:
            _read_row(head, f"{sheet}第 {number} 行", line, given, gathered)


def _tell_of_others(head: _Head, gathered: _Gathered) -> None:
    others = [
        heading
        for place, heading in enumerate(head.headings)
        if heading and place not in head.columns and place not in (head.organ, head.state)
    ]
    personal = [heading for heading in others if is_personal(heading)]
    unknown = [one for one in others if one not in personal and not is_ignored(one)]
    if personal:
        gathered.notes["含有个人身份信息的列没有读取，也不留存：" + "、".join(personal) + "。"] = (
            None
        )
    if unknown:
        gathered.notes[
            "不认识的列没有读取：" + "、".join(one[:20] for one in unknown[:20]) + "。"
        ] = None


def _read_row(
    head: _Head, line_place: str, line: Sequence[str], given: Circumstances, gathered: _Gathered
) -> None:
    values: dict[str, Value] = {
        column.key: None if column.type in (Type.DAY, Type.MONEY) else ""
        for column in given.layout.column
    }
    wrong: list[Problem] = []
    for place, column in head.columns.items():
        where = f"{line_place} {_letter(place)} 列“{column.title}”"
        cell = line[place] if place < len(line) else ""
        try:
            values[column.key] = read_cell(cell, column, Unit(head.headings[place]))
        except CellWrong as refused:
            wrong.append(Problem(where, str(refused)))
    wrong += [Problem(line_place, said) for said in _beside(head, line, given)]
    if not wrong:
        wrong += [
            Problem(f"{line_place} {_letter_of(head, key)}“{given.layout.named(key).title}”", said)
            for key, said in faults(values, given)
        ]
    gathered.problems += wrong
    if not wrong:
        gathered.rows.append(Row(line_place, fit_to_publish(values, given)))


def row_of(values: Mapping[str, Value], given: Circumstances, place: str) -> Row:
    """Return one row that was typed, held to what a row of a file is held to. Raises :class:`SheetRefused`."""
    wrong = [
        Problem(f"“{given.layout.named(key).label}”", said) for key, said in faults(values, given)
    ]
    if wrong:
        raise SheetRefused(wrong)
    return Row(place, fit_to_publish(values, given))


def _beside(head: _Head, line: Sequence[str], given: Circumstances) -> Iterator[str]:
    """Yield what is wrong in the columns that are checked and not kept."""
    organ = line[head.organ] if head.organ is not None and head.organ < len(line) else ""
    if organ and organ not in given.names:
        yield f"决定机关写的是“{organ[:40]}”，不是现在导入的机关。请分机关导入，或者改正名称。"
    state = line[head.state] if head.state is not None and head.state < len(line) else ""
    if state not in _STILL_GOOD:
        yield (
            f"状态写的是“{state[:20]}”。不再有效的不要导入；已经公示的，请打开那一行登记撤销、修复或者更正。"
        )


def faults(values: Mapping[str, Value], given: Circumstances) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for what contradicts itself or may not be in a register."""
    kind, code = values["subject_kind"], str(values["credit_code"])
    if kind != "person" and not code:
        yield "credit_code", "单位和个体工商户必须填统一社会信用代码。"
    elif kind != "person" and (why := problem_of(code)):
        yield "credit_code", why
    if kind != "person" and holds_a_persons_number(str(values["subject"])):
        yield "subject", "单位名称里像是有身份证号或者手机号，请核对。"
    if holds_a_persons_number(str(values["number"])):
        yield "number", "文书号里像是有身份证号或者手机号，请照决定书填写。"
    decided = str(values["decided_on"])
    if decided > given.today.isoformat():
        yield "decided_on", "决定日期在今天之后，请核对。"
    until = values["until"]
    if until and str(until) < decided:
        yield "until", "早于决定日期，请核对两个日期。"
    begins = values.get("valid_from")
    if begins and until and str(until) < str(begins):
        yield "until", "早于有效期的开始，请核对两个日期。"


def fit_to_publish(values: Mapping[str, Value], given: Circumstances) -> dict[str, Value]:
    """Return *values* as they may be kept and shown: of a natural person a mask, numbers of persons hidden."""
    found = dict(values)
    name = shown = ""
    if found["subject_kind"] == "person":
        name = "".join(str(found["subject"]).split())
        shown = shown_name(name, given.way)
        found |= {"subject": shown, "credit_code": ""}
    for column in given.layout.column:
        if column.type in (Type.TEXT, Type.LONG) and column.key not in ("number", "subject"):
            found[column.key] = shielded(str(found[column.key]), name, shown)
    return found


def _refuse_twice(gathered: _Gathered) -> None:
    """A number that stands twice in one file: which of the two is meant, only the clerk knows."""
    first: dict[str, str] = {}
    for row in gathered.rows:
        if row.key in first:
            gathered.problems.append(
                Problem(
                    row.place, f"文书号和{first[row.key]}相同，同一件只能有一行，请删去多余的。"
                )
            )
        first.setdefault(row.key, row.place)


def _letter_of(head: _Head, key: str) -> str:
    places = [place for place, column in head.columns.items() if column.key == key]
    return f"{_letter(places[0])} 列" if places else ""


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
