"""The text around the tables: title, headings, sections, period, contact, publication day."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annualreport.format import ReportFormat
from gongkai.annualreport.model import LEVELS, Level, interval
from gongkai.annualreport.reading.labels import LabelMatcher
from gongkai.annualreport.reading.page import Line
from gongkai.annualreport.wording import squeeze

_TITLE = re.compile(
    r"(?P<issuer>[^。，：:；;>›»＞|/_]*?)(?P<year>20\d\d)年(度)?政府信息公开(工作)?(年度)?(工作)?(报告|年报)"
)
# The year may stand first: 2022年上海市政府信息公开工作年度报告.
_YEAR_FIRST = re.compile(
    r"(?P<year>20\d\d)年度?(?P<issuer>(?!政府信息公开)[^。，：:；;《》]{2,40}?)"
    r"政府信息公开(工作)?(年度)?(工作)?(报告|年报)"
)
# 现公布某县…, 特编制某局…: the sentence around a quoted title is not part of the name.
_LEAD_IN = re.compile(r"^.*(?:编制|公布|发布|现将|关于|制定|撰写|形成)(?:了|的)?")
_NUMERALS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE_YEAR = re.compile(r"[二2][〇零○Ｏ0][〇零○Ｏ一二三四五六七八九\d]{2}(?=年)")
_DAY = r"(20\d\d)[年\-./](\d{1,2})[月\-./](\d{1,2})日?"
_PERIOD = re.compile(rf"{_DAY}[^0-9。]{{0,6}}?(?:至|到|—|-|~){{1,2}}{_DAY}")
_ISO_PERIOD = re.compile(r"统计期限[:：](\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d)")
_PUBLISHED = re.compile(rf"(?:发布|公布|公开)(?:日期|时间)[:：]{_DAY}")
_CONTACT_LINE = re.compile(r"联系方式[:：](.+)")
_LEVEL_LINE = re.compile(r"机关层级[:：](.+)")
_PHONE = re.compile(
    r"(?:联系)?电话(?:号码)?(?:为|是)?[:：]?(0\d{2,3}[-—－]?\d{7,8}|1\d{10}|\d{7,8})"
)
_OFFICE = re.compile(r"请(?:径|直接)?(?:与|向|同)(.+?)(?:联系|反映|咨询)")
LONGEST_HEADING = 40


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Everything a report says outside its tables."""

    title: str
    issuer: str | None
    year: int | None
    headings: tuple[str, ...]
    sections: dict[str, str]
    preamble: str
    dated: str = ""


def read_prose(
    form: ReportFormat, lines: Sequence[Line], hints: Mapping[str, str] | None = None
) -> Prose:
    """Split a page at its level-one headings and read the title before the first of them.

    `hints` say what the file tells about itself ("title", "published_on"), where the page does not.
    """
    hints = hints or {}
    matcher = LabelMatcher({s.key: (s.heading, *s.also) for s in form.sections})
    headings: list[str] = []
    parts: dict[str, list[str]] = {"0": []}
    at = "0"
    for line in lines:
        key = None if line.table else _heading(matcher, line.text)
        if key is not None and key not in parts:
            at, parts[key] = key, []
            headings.append(line.text)
        elif not line.table and line.text:
            parts[at].append(line.text)
    title, issuer, year = _title(parts["0"], hints.get("title", ""))
    return Prose(
        title=title,
        issuer=issuer,
        year=year,
        headings=tuple(headings),
        sections={key: "\n".join(text) for key, text in parts.items() if key != "0"},
        preamble="\n".join(parts["0"]),
        dated=hints.get("published_on", ""),
    )


def _heading(matcher: LabelMatcher, text: str) -> str | None:
    return matcher.match(text) if text and len(text) <= LONGEST_HEADING else None


def _title(lines: Sequence[str], hint: str) -> tuple[str, str | None, int | None]:
    """Return the printed title with its issuer and year.

    A line that is nothing but a title is better than one in which it is quoted. A long title is
    broken over two or three lines; how many belong to it, `hint` tells, the file's own title.
    A path such as 首页 > 年报 > 某县2024年… ends in the title.
    """
    texts = [*_joined(lines), *([hint] if hint else [])]
    named = [text for text in texts if hint and squeeze(text) == squeeze(hint)]
    for whole in (True, False):
        for text in [*named, *texts]:
            named_year = _found_title(text, whole=whole)
            if named_year:
                return text.strip(), *named_year
    for line in [*lines, hint]:
        found = _TITLE.search(_plain(line))
        if found:
            return line.strip(), None, int(found["year"])
    return "", None, None


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield each line, and after it the same with one and with two lines before it."""
    for place in range(len(lines)):
        for first in range(place, max(-1, place - 3), -1):
            yield "".join(lines[first : place + 1])


def _found_title(text: str, *, whole: bool) -> tuple[str, int] | None:
    """Return issuer and year of a title."""
    text = text.strip("#* ")  # marks of a Markdown heading
    plain = _plain(text)
    if whole:
        found = _TITLE.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    else:
        parts = [_plain(part) for part in re.split(r"[>›»/|_＞]|--+|——|→", text)]
        quoted = [one for part in [*parts, plain] if (one := _TITLE.search(part))]
        found = next((one for one in reversed(quoted) if one["issuer"]), None)
        found = found or _YEAR_FIRST.search(plain)
    if found is None or not found["issuer"]:
        return None
    return _LEAD_IN.sub("", found["issuer"]) or found["issuer"], int(found["year"])


def _plain(text: str) -> str:
    plain = squeeze(unicodedata.normalize("NFKC", text))
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_NUMERALS), plain)


def period(prose: Prose) -> str | None:
    """Return the period that the report states, as an ISO interval."""
    stated = _ISO_PERIOD.search(squeeze(prose.preamble))
    if stated:
        return stated[1]
    for key in ("6", "1", "5"):
        found = _PERIOD.search(_plain(prose.sections.get(key, "")))
        days = found and [_day(found.groups()[:3]), _day(found.groups()[3:])]
        if days and days[0] and days[1] and days[0] <= days[1]:
            return interval(days[0], days[1])
    return None


def published_on(prose: Prose) -> dt.date | None:
    """Return the day of publication when it is printed before the first heading."""
    found = _PUBLISHED.search(_plain(prose.preamble)) or re.search(_DAY, _plain(prose.dated))
    return _day(found.groups()) if found else None


def contact(prose: Prose) -> str | None:
    """Return office and telephone in one string, from the lines that name them."""
    stated = _CONTACT_LINE.search(prose.preamble)
    if stated:
        return stated[1].strip()
    for text in (prose.sections.get("6", ""), prose.preamble, prose.sections.get("1", "")):
        plain = _plain(text)
        phone, office = _PHONE.search(plain), _OFFICE.search(plain)
        if phone:
            return f"{_name(office[1])} {phone[1]}" if office else phone[1]
    return None


def _name(office: str) -> str:
    return re.sub(r"[(（][^)）]*[)）]", "", office)


def level(prose: Prose, issuer: str) -> Level | None:
    """Return the level of the body: stated, else from the form of its name when that is certain."""
    stated = _LEVEL_LINE.search(prose.preamble)
    if stated:
        return next((one for one in LEVELS if one == stated[1].strip()), None)
    return level_of(issuer)


def level_of(issuer: str) -> Level | None:
    """Return the level a body's name shows; a 市 may be of either kind, so it shows none."""
    name = issuer.removesuffix("办公室").removesuffix("办公厅")
    endings: tuple[tuple[tuple[str, ...], Level], ...] = (
        (("镇人民政府", "乡人民政府", "街道办事处"), "township"),
        (("县人民政府", "区人民政府", "旗人民政府"), "county"),
        (("省人民政府", "自治区人民政府"), "province"),
        (("州人民政府", "盟行政公署"), "prefecture"),
        (("局", "委员会", "处", "中心"), "department"),
    )
    if name.endswith("自治区人民政府"):
        return "province"
    return next((one for ends, one in endings if name.endswith(ends)), None)


def _day(parts: Sequence[str]) -> dt.date | None:
    try:
        return dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
