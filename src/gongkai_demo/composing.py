"""The words of the demo's items, put together from sentences by kind: the same item always says the same."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import gcd
from typing import Any

from gongkai.documents.actions import Draft
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Kind
from gongkai_demo.organs import DATA, Organ

PHONE = "0000-0000000"
_SEASONS = {
    "冬季": (12, 1, 2),
    "春季": (3, 4, 5),
    "夏季": (6, 7, 8),
    "秋季": (9, 10, 11),
}
_WEATHER = {
    "冬季": "近期气温较低，局部路面可能结冰。",
    "春季": "眼下正是春耕时节，田间用水用肥较多。",
    "夏季": "汛期雨水较多，午后易有强对流天气。",
    "秋季": "秋收秋种已经开始，农机上路较多。",
}
_LAST_DAY = 28


@dataclass(frozen=True)
class Place:
    """Which item is written: the *n*-th of its kind by *organ*, going out on *day*."""

    organ: Organ
    n: int
    day: date


def draft(kind: Kind, place: Place, **more: str) -> Draft:
    """Return the item of *kind* at *place*. *more* are words only this item has, for ``{name}`` in its sentences."""
    texts = _texts(kind)
    turn = _turn(place.n, place.organ, texts)
    words = _words(place, turn, texts) | more
    title = texts["title"][turn.title]
    body = "".join(_part(part, n, turn, words, texts) for n, part in enumerate(texts["part"]))
    return Draft(kind, title.format_map(words), body, fields=_fields(kind, texts, words))


@dataclass(frozen=True)
class _Turn:
    """Which sentence, matter and township an item takes: together they come round late."""

    n: int
    title: int
    matter: int
    town: int


def _turn(n: int, organ: Organ, texts: Mapping[str, Any]) -> _Turn:
    titles, matters, towns = len(texts["title"]), len(_matters(organ.short)), len(_towns())
    every = titles * matters * towns
    step = next(step for step in range(every * 5 // 8, every + 2) if gcd(step, every) == 1)
    at = (n * step + _colleague(organ.short) * every // 6) % every
    if "choices" in texts:  # what the title says must be what the fields say: one after the other
        return _Turn(n, n % titles, n % matters, at % towns)
    return _Turn(n, at % titles, at // titles % matters, at // titles // matters)


def _part(
    part: Mapping[str, Any],
    place: int,
    turn: _Turn,
    words: Mapping[str, str],
    texts: Mapping[str, Any],
) -> str:
    say: Sequence[str] = part["say"]
    if part.get("follows_title"):
        text = say[turn.title]
    else:
        text = say[(turn.n * (2 * place + 3) + turn.n // len(say) + place) % len(say)]
    if text.endswith("{table}"):
        return text.removesuffix("{table}").format_map(words) + _table(texts["table"], turn, words)
    return text.format_map(words)


def _words(place: Place, turn: _Turn, texts: Mapping[str, Any]) -> dict[str, str]:
    organ, day, n = place.organ, place.day, place.n
    matters = _matters(organ.short)
    matter = matters[turn.matter]
    season = next(name for name, months in _SEASONS.items() if day.month in months)
    words = {
        **matter,
        "name2": matters[(turn.matter + 1) % len(matters)]["name"],
        "name3": matters[(turn.matter + 2) % len(matters)]["name"],
        "agency": organ.name,
        "short": organ.short,
        "place": _where(organ, turn.town),
        "season": season,
        "weather": _WEATHER[season],
        "phone": PHONE,
        "ordinal": str(n + 1),
        "fiscal_year": str(day.year - 1 if turn.title == 1 else day.year),
        "budget_level": "乡镇（街道）" if _is_township(organ.short) else "部门",
    }
    words |= _days(day)
    words |= {letter: str(value) for letter, value in _numbers(n, organ).items()}
    words |= {
        key: texts[key][n % len(texts[key])] for key in ("topic", "subject", "item") if key in texts
    }
    if "choices" in texts:
        words["choice"] = next(iter(texts["choices"].values()))[turn.title]
    return words


def _days(day: date) -> dict[str, str]:
    before = day.replace(day=1) - timedelta(days=1)
    return {
        "year": str(day.year),
        "last_year": str(day.year - 1),
        "month": str(day.month),
        "last_month": str(before.month),
        "months": f"1—{before.month}月" if before.month > 1 else "1月",
        "data_year": str(before.year),
        "data_month": str(before.month),
        "date": f"{day.month}月{day.day}日",
        "month_end": f"{day.month % 12 + 1}月{_LAST_DAY}日",
        "iso": day.isoformat(),
        "iso_later": (day + timedelta(days=9)).isoformat(),
    }


def _numbers(n: int, organ: Organ) -> dict[str, int]:
    """*a* of the whole county, *b* and *c* of parts of it, *d* and *e* of a few."""
    seed = n * 37 + len(organ.short) * 11 + ord(organ.mark[-1])
    return {
        "a": 180 + seed * 7 % 640,
        "b": 10 + seed * 5 % 29,
        "c": 40 + seed * 3 % 60,
        "d": 3 + seed % 7,
        "e": 2 + seed // 3 % 6,
    }


def _fields(kind: Kind, texts: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    typed = {key: text.format_map(words) for key, text in texts.get("fields", {}).items()}
    values, wrong = schema_of(kind).read(typed)
    if wrong:
        raise ValueError(f"{kind}: {wrong}")
    return values


def _table(table: Mapping[str, Any], turn: _Turn, words: Mapping[str, str]) -> str:
    """A table of invented amounts; where it has a *total*, the rows add up to it."""
    seed = turn.n + int(words["a"]) * 7
    amounts = [
        ((seed + 3) * 7_919 + (row + 5) * 104_729) % 4_800 + 260 + int(words["c"]) * row
        for row in range(len(table["rows"]))
    ]
    rows = [
        [cell.format_map(words) for cell in row] + [f"{amount:,}", _change(seed + at)]
        for at, (row, amount) in enumerate(zip(table["rows"], amounts, strict=True))
    ]
    if table["rows"][0][-1] == "%":  # a growth rate has no amount
        rows[0][-2:] = [_change(seed), "—"]
    if "total" in table:
        rows.append([table["total"], f"{sum(amounts):,}", _change(seed + 2)])
    head = "".join(f"<th>{cell}</th>" for cell in table["head"])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    caption = table["caption"].format_map(words)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _change(n: int) -> str:
    """A change in per cent between −6 and +12, with one decimal."""
    return f"{(n * 53 % 181 - 60) / 10:.1f}"


@cache
def _texts(kind: Kind) -> Mapping[str, Any]:
    return tomllib.loads((DATA / "texts" / f"{kind.value}.toml").read_text(encoding="utf-8"))


@cache
def _fields_of_work() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = tomllib.loads(
        (DATA / "matters.toml").read_text(encoding="utf-8")
    )["field"]
    return found


@cache
def _field(short: str) -> Mapping[str, Any]:
    """The field the agency called *short* works in; who is in no list is a township."""
    fields = _fields_of_work()
    own = next((one for one in fields if short in one["agencies"]), None)
    return own or next(one for one in fields if not one["agencies"])


def _matters(short: str) -> Sequence[Mapping[str, str]]:
    """What the agency called *short* deals with."""
    matters: Sequence[Mapping[str, str]] = _field(short)["matter"]
    return matters


def _colleague(short: str) -> int:
    """The agency's place among those of its field: two of them do not write of the same thing at once."""
    agencies: Sequence[str] = _field(short)["agencies"]
    return agencies.index(short) if short in agencies else 0


@cache
def _towns() -> Sequence[str]:
    rows = tomllib.loads((DATA / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    return [row["short"] for row in rows if row["level"] == "township"]


def _is_township(short: str) -> bool:
    return short in _towns()


def _where(organ: Organ, town: int) -> str:
    """A bureau works in a township, a township in a village of its own."""
    if not _is_township(organ.short):
        return _towns()[town]
    return f"{organ.short}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[town]}村"
