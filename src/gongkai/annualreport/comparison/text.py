"""A comparison as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annualreport.checking.follow_up import FollowUp
from gongkai.annualreport.checking.unit_sums import as_printed
from gongkai.annualreport.comparison.comparison import Beside, Comparison, Year, title_of
from gongkai.annualreport.comparison.figures import Movement

_MOST = 5
_SECTIONS = {"1": "第一部分", "5": "第五部分", "6": "第六部分"}


def write_text(result: Comparison) -> str:
    """Return the comparison as lines, the conclusion last."""
    lines = [heading(result), ""]
    for year in result.years:
        lines += [
            f"与 {year.other.year} 年相比",
            *_wording(year),
            *_moved(year),
            *_answers(year),
            "",
        ]
    for one in result.neighbours:
        lines += [f"与{title_of(one.other)}相比", *_wording(one), ""]
    return "\n".join([*lines, conclusion(result)]) + "\n"


def heading(result: Comparison) -> str:
    """What was compared."""
    report = result.current
    year = f" {report.year} 年" if report.year else ""
    return f"{report.issuer or '未写明机关'}{year}政府信息公开工作年度报告对照"


def conclusion(result: Comparison) -> str:
    """One closing sentence."""
    compared = [f"{len(result.years)} 个往年"] if result.years else []
    compared += [f"{len(result.neighbours)} 份其他机关的报告"] if result.neighbours else []
    beside = f"对照了 {'、'.join(compared) or '零份报告'}"
    if not result.findings:
        return f"结论：{beside}，没有发现雷同、没有下文的问题和异常变动。"
    return f"结论：{beside}，有 {len(result.findings)} 项请核对。"


def section_name(key: str) -> str:
    """第一部分 for "1"."""
    return _SECTIONS[key]


def movement(one: Movement) -> str:
    """From what to what, the change and the ratio."""
    sign = "＋" if one.change > 0 else "－"
    times = "上年为 0" if one.ratio is None else f"{one.ratio:.2f} 倍"
    return (
        f"{as_printed(one.before)} → {as_printed(one.now)}"
        f"（{sign}{as_printed(abs(one.change))}，{times}）"
    )


def follow_up_parts(year: Year) -> Iterator[tuple[str, FollowUp]]:
    """Each problem and measure of that year, with what it is."""
    yield from (("问题", one) for one in year.problems)
    yield from (("改进措施", one) for one in year.measures)


def answer(one: FollowUp) -> str:
    """Whether there is an answer."""
    return "有下文" if one.answered else "没有找到下文"


def _wording(beside: Beside) -> Iterator[str]:
    yield f"  正文未变的文字：{beside.share:.0%}"
    for section in beside.sections:
        if not section.counted:
            continue
        yield f"    {section_name(section.section)} {section.share:.0%}（相同 {len(section.pairs)} 句）"
        for pair in section.pairs[:_MOST]:
            yield f"      “{pair.now}”"
        if len(section.pairs) > _MOST:
            yield f"      等 {len(section.pairs)} 句"


def _moved(year: Year) -> Iterator[str]:
    if year.moved:
        yield f"  变动很大的数（{len(year.moved)} 个）"
    for one in year.moved:
        yield f"    {one.name}：{movement(one)}"


def _answers(year: Year) -> Iterator[str]:
    parts = list(follow_up_parts(year))
    if parts:
        yield "  第五部分的下文"
    for what, one in parts:
        yield f"    {'✓' if one.answered else '✗'} {what}：{one.text}（{answer(one)}）"
        if one.nearest is not None:
            yield f"        最接近的一句：“{one.nearest.sentence}”（{one.nearest.score:.0%}）"
