"""A comparison as one page that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gongkai.annualreport.checking.finding import Finding, catalogue
from gongkai.annualreport.checking.follow_up import FollowUp
from gongkai.annualreport.checking.thresholds import threshold
from gongkai.annualreport.checking.unit_sums import as_printed
from gongkai.annualreport.comparison.comparison import Beside, Comparison, Year, title_of
from gongkai.annualreport.comparison.figures import Movement
from gongkai.annualreport.comparison.text import (
    answer,
    conclusion,
    follow_up_parts,
    heading,
    section_name,
)
from gongkai.annualreport.comparison.wording import Likeness, Pair
from gongkai.annualreport.rollup.page import page, scroll, stacked

_MEASURE = (
    "按句比较：去掉数字、年份、标点和机关名称后，文字基本相同的句子算未变；统计期限、编制依据、联系方式、"
    "信息处理费等格式要求写的句子不算。百分数是未变句子的字数占应比较字数的比例。"
)
_OPEN = 6  # so many sentences are shown at once, the rest on demand


def write_page(result: Comparison) -> str:
    """Return the whole page."""
    return page(
        title=heading(result),
        name="年度报告对照",
        command="gongkai compare",
        body=write_body(result),
    )


def write_body(result: Comparison) -> str:
    """Return what is inside the page; headings begin at h2."""
    parts = [_lead(result), _findings(result), _overview(result)]
    parts += [_year(year, n) for n, year in enumerate(result.years)]
    parts += [_neighbour(one, n) for n, one in enumerate(result.neighbours)]
    return "\n".join(part for part in parts if part)


def _lead(result: Comparison) -> str:
    kind, sign, name = ("warning", "！", "请核对") if result.findings else ("ok", "✓", "未见问题")
    return (
        f'<p class="v-lead v-conclusion v-{kind}"><span class="v-badge v-{kind}">'
        f'<span class="v-sign" aria-hidden="true">{sign}</span>{name}</span> '
        f"{escape(conclusion(result))}</p>"
    )


def _findings(result: Comparison) -> str:
    if not result.findings:
        return ""
    items = "\n".join(map(_finding, result.findings))
    return (
        f'<section class="b-part" id="findings">\n<h2>请核对的 {len(result.findings)} 项</h2>\n'
        f'<ol class="v-findings">\n{items}\n</ol>\n</section>'
    )


def _finding(found: Finding) -> str:
    return (
        f'<li class="v-finding v-warning"><h4>{escape(catalogue()[found.code].title)}</h4>\n'
        f"<p>{escape(found.message)}</p>\n"
        f'<p class="v-basis">依据：{escape(found.basis)} <code>{escape(found.code)}</code></p></li>'
    )


def _overview(result: Comparison) -> str:
    """The unchanged share of each section beside each report, with a door to its sentences."""
    besides: list[tuple[str, Beside]] = [(f"year-{n}", year) for n, year in enumerate(result.years)]
    besides += [(f"neighbour-{n}", one) for n, one in enumerate(result.neighbours)]
    if not besides:
        return ""
    keys = [section.section for section in besides[0][1].sections]
    heads = "".join(f'<th scope="col">{section_name(key)}</th>' for key in keys)
    rows = "\n".join(_overview_row(address, beside) for address, beside in besides)
    table = (
        '<table class="b-moves b-stack">\n<caption id="overview-caption">正文未变的文字</caption>\n'
        f'<thead><tr><th scope="col">对照的报告</th><th scope="col">全部正文</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )
    return (
        '<section class="b-part" id="overview">\n<h2>雷同程度</h2>\n'
        f'<p class="v-hint">{_MEASURE}</p>\n{scroll("overview-caption", stacked(table))}\n</section>'
    )


def _overview_row(address: str, beside: Beside) -> str:
    cells = "".join(
        f'<td data-head="{section_name(section.section)}">{_share(section)}</td>'
        for section in beside.sections
    )
    return (
        f'<tr><th scope="row"><a class="v-door" href="#{address}">{escape(title_of(beside.other))}</a></th>'
        f'<td data-head="全部正文">{_meter(beside.share)}</td>{cells}</tr>'
    )


def _share(section: Likeness) -> str:
    return (
        _meter(section.share) if section.counted else '<span class="v-blank">没有可比的句子</span>'
    )


def _meter(share: float) -> str:
    most = float(threshold("likeness", "most"))
    kind = "v-error" if share > most else "v-info"
    return (
        f'<span class="b-share {kind}">{share:.0%}<meter class="b-meter" aria-hidden="true" min="0" '
        f'max="1" low="{most / 2}" high="{most}" optimum="0" value="{share:.4f}"></meter></span>'
    )


def _year(year: Year, n: int) -> str:
    parts = [
        f'<section class="b-part" id="year-{n}">',
        f"<h2>与{escape(title_of(year.other))}相比</h2>",
        *_follow_up(year),
        *_moved(year, n),
        *_wording(year),
    ]
    return "\n".join([*parts, "</section>"])


def _neighbour(one: Beside, n: int) -> str:
    parts = [
        f'<section class="b-part" id="neighbour-{n}">',
        f"<h2>与{escape(title_of(one.other))}相比</h2>",
        *_wording(one),
    ]
    return "\n".join([*parts, "</section>"])


def _follow_up(year: Year) -> Iterator[str]:
    parts = list(follow_up_parts(year))
    if not parts:
        return
    answered = sum(one.answered for _, one in parts)
    yield f"<h3>{year.other.year} 年第五部分的下文（{len(parts)} 项，{answered} 项有）</h3>"
    yield '<ul class="b-quotes">'
    yield from (_answer(what, one) for what, one in parts)
    yield "</ul>"


def _answer(what: str, one: FollowUp) -> str:
    kind, sign = ("ok", "✓") if one.answered else ("warning", "✗")
    near = (
        ""
        if one.nearest is None
        else f'<p><span class="b-label">最接近</span>{escape(one.nearest.sentence)}'
        f'<span class="b-note">相关程度 {one.nearest.score:.0%}</span></p>'
    )
    return (
        f'<li class="b-quote v-{kind}"><p><span class="v-badge v-{kind}">'
        f'<span class="v-sign" aria-hidden="true">{sign}</span>{answer(one)}</span></p>'
        f'<p><span class="b-label">{what}</span>{escape(one.text)}</p>{near}</li>'
    )


def _moved(year: Year, n: int) -> Iterator[str]:
    if not year.moved:
        return
    rows = "\n".join(map(_movement_row, year.moved))
    table = (
        f'<table class="b-moves b-stack">\n<caption id="moved-{n}">变动超过参考范围的数</caption>\n'
        '<thead><tr><th scope="col">单元格</th>'
        f'<th scope="col" class="v-number">{year.other.year} 年</th>'
        '<th scope="col" class="v-number">本年</th><th scope="col" class="v-number">增减</th>'
        '<th scope="col" class="v-number">倍数</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )
    yield f"<h3>变动很大的数（{len(year.moved)} 个）</h3>"
    yield scroll(f"moved-{n}", stacked(table))


def _movement_row(one: Movement) -> str:
    sign = "＋" if one.change > 0 else "－"
    cells = (
        ("对照年", as_printed(one.before)),
        ("本年", as_printed(one.now)),
        ("增减", f"{sign}{as_printed(abs(one.change))}"),
        ("倍数", "—" if one.ratio is None else f"{one.ratio:.2f}"),
    )
    numbers = "".join(
        f'<td class="v-number" data-head="{head}">{value}</td>' for head, value in cells
    )
    return f'<tr><th scope="row">{escape(one.name)}</th>{numbers}</tr>'


def _wording(beside: Beside) -> Iterator[str]:
    same = [section for section in beside.sections if section.pairs]
    if not same:
        yield '<p class="v-conclusion v-ok">没有相同的句子。</p>'
    for section in same:
        yield (
            f"<h3>{section_name(section.section)}相同的句子"
            f"（{len(section.pairs)} 句，{section.share:.0%}）</h3>"
        )
        yield _quotes(section.pairs[:_OPEN])
        if len(section.pairs) > _OPEN:
            rest = section.pairs[_OPEN:]
            yield (
                f'<details class="b-faults"><summary>其余 {len(rest)} 句</summary>\n'
                f"{_quotes(rest)}\n</details>"
            )


def _quotes(pairs: tuple[Pair, ...]) -> str:
    items = "\n".join(map(_quote, pairs))
    return f'<ul class="b-quotes">\n{items}\n</ul>'


def _quote(pair: Pair) -> str:
    if pair.now == pair.other:
        return f'<li class="b-quote"><p><span class="b-label">逐字相同</span>{escape(pair.now)}</p></li>'
    return (
        f'<li class="b-quote"><p><span class="b-label">本报告</span>{escape(pair.now)}</p>'
        f'<p><span class="b-label">对照</span>{escape(pair.other)}</p></li>'
    )
