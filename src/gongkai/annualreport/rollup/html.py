"""A roll-up as one page that stands alone, readable by ear and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gongkai.annualreport.checking.finding import Finding, catalogue
from gongkai.annualreport.checking.unit_sums import as_printed
from gongkai.annualreport.model import Report
from gongkai.annualreport.rollup.page import page, scroll, stacked
from gongkai.annualreport.rollup.rollup import STATES, Difference, RollUp, State, Unit
from gongkai.annualreport.rollup.text import (
    SEVERITIES,
    conclusion,
    contributors,
    gap,
    heading,
    hint,
    own_shown,
)
from gongkai.annualreport.writing.html import table_html

_TABLES = ("t2", "t3", "t4")
_KINDS: dict[State, str] = {
    "counted": "ok",
    "own": "info",
    "missing": "error",
    "unreadable": "unreadable",
}
_SIGNS = {"ok": "✓", "error": "✗", "warning": "！", "info": "·", "unreadable": "—"}
_MOST_BLANK = 6


def write_page(result: RollUp) -> str:
    """Return the whole page."""
    return page(
        title=heading(result),
        name="年度报告汇总",
        command="gongkai rollup",
        body=write_body(result),
    )


def write_body(result: RollUp) -> str:
    """Return what is inside the page; headings begin at h2."""
    parts = [_lead(result), _tiles(result), _doors(result), _units(result)]
    parts += [_faults(result), _differences(result), _blanks(result), _tables(result)]
    return "\n".join(part for part in parts if part)


def _lead(result: RollUp) -> str:
    kind = {0: "ok", 1: "error", 2: "unreadable"}[result.exit_code]
    name = {0: "齐全一致", 1: "有问题", 2: "有文件读不了"}[result.exit_code]
    return (
        f'<p class="v-lead v-conclusion v-{kind}">{_badge(kind, name)} '
        f"{escape(conclusion(result))}</p>"
    )


def _badge(kind: str, name: str) -> str:
    return (
        f'<span class="v-badge v-{kind}"><span class="v-sign" aria-hidden="true">{_SIGNS[kind]}'
        f"</span>{escape(name)}</span>"
    )


def _tiles(result: RollUp) -> str:
    not_counted = sum(
        len(result.in_state(state)) for state in ("unreadable", "twice", "other_year")
    )
    wrong = sum(unit.count("error") for unit in result.counted)
    tiles = [
        ("应报单位", "—" if result.expected is None else str(len(result.expected)), 0),
        ("已计入", str(len(result.counted)), 0),
        ("缺报", str(len(result.missing)), len(result.missing)),
        ("交了没有计入", str(not_counted), not_counted),
        ("单位报告必须改正", str(wrong), wrong),
        ("与本级报告不一致", _count_of_differences(result), len(result.differences)),
        ("空白不能汇总", f"{len(result.blanks)} 格", len(result.blanks)),
    ]
    items = "".join(
        f'<li class="b-tile{" v-error" if odd else ""}"><b>{value}</b><span>{name}</span></li>'
        for name, value, odd in tiles
    )
    return f'<ul class="b-tiles" aria-label="概况">{items}</ul>'


def _count_of_differences(result: RollUp) -> str:
    return "—" if result.own is None else f"{len(result.differences)} 格"


def _doors(result: RollUp) -> str:
    doors = [("units", "单位"), ("differences", "差异"), ("blanks", "空白"), ("sums", "汇总表")]
    shown = {"units", "sums"}
    shown |= {"differences"} if result.own is not None else set()
    shown |= {"blanks"} if result.blanks else set()
    links = "".join(
        f'<li><a class="v-door" href="#{key}">{name}</a></li>'
        for key, name in doors
        if key in shown
    )
    return f'<ul class="b-doors" aria-label="本页各部分">{links}</ul>'


def _units(result: RollUp) -> str:
    rows = "\n".join(_unit_row(unit, n) for n, unit in enumerate(result.by_need, start=1))
    table = (
        '<table class="b-units b-stack">\n<caption id="units-caption">各单位报送情况</caption>\n'
        '<thead><tr><th scope="col">单位</th><th scope="col">状态</th>'
        '<th scope="col" class="v-number">必须改正</th><th scope="col" class="v-number">请核对</th>'
        '<th scope="col">文件</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )
    return f'<section class="b-part" id="units">\n<h2>单位</h2>\n{scroll("units-caption", stacked(table))}\n</section>'


def _unit_row(unit: Unit, n: int) -> str:
    note = f'<span class="b-note">{escape(unit.note)}</span>' if unit.note else ""
    name = escape(unit.name)
    if unit.is_counted and unit.findings:
        name = f'<a class="v-door" href="#unit-{n}">{name}</a>'
    counts = "".join(
        f'<td class="v-number" data-head="{title}">{unit.count(severity) if unit.report else "—"}</td>'
        for severity, title in SEVERITIES[:2]
    )
    badge = _badge(_KINDS.get(unit.state, "warning"), STATES[unit.state])
    return (
        f'<tr><th scope="row">{name}</th><td data-head="状态">{badge}{note}</td>{counts}'
        f'<td data-head="文件">{escape(unit.source)}</td></tr>'
    )


def _faults(result: RollUp) -> str:
    shown = [
        _unit_faults(unit, n)
        for n, unit in enumerate(result.by_need, start=1)
        if unit.is_counted and unit.findings
    ]
    if not shown:
        return ""
    faults = "\n".join(shown)
    return f'<section class="b-part" id="faults">\n<h2>各单位报告的问题</h2>\n{faults}\n</section>'


def _unit_faults(unit: Unit, n: int) -> str:
    counts = "、".join(
        f"{title} {unit.count(severity)} 项"
        for severity, title in SEVERITIES
        if unit.count(severity)
    )
    items = "\n".join(map(_fault, unit.findings))
    is_open = " open" if unit.count("error") else ""
    return (
        f'<details class="b-faults" id="unit-{n}"{is_open}><summary>'
        f"<h3>{escape(unit.name)}：{counts}</h3></summary>\n"
        f'<ol class="v-findings">\n{items}\n</ol>\n</details>'
    )


def _fault(found: Finding) -> str:
    title = dict(SEVERITIES)[found.severity]
    return (
        f'<li class="v-finding v-{found.severity}"><h4><span class="v-n">{title}</span>'
        f"{escape(catalogue()[found.code].title)}</h4>\n<p>{escape(found.message)}</p>\n"
        f'<p class="v-basis">依据：{escape(found.basis)} <code>{escape(found.code)}</code></p></li>'
    )


def _differences(result: RollUp) -> str:
    if result.own is None:
        return ""
    if not result.differences:
        body = '<p class="v-conclusion v-ok">能核对的单元格全部等于各单位之和。</p>'
    else:
        rows = "\n".join(map(_difference_row, result.differences))
        body = scroll(
            "differences-caption",
            stacked(
                '<table class="b-differences b-stack">\n<caption id="differences-caption">'
                "本级报告与各单位合计不一致的单元格</caption>\n"
                '<thead><tr><th scope="col">单元格</th><th scope="col" class="v-number">本级报告</th>'
                '<th scope="col" class="v-number">各单位合计</th>'
                '<th scope="col" class="v-number">相差</th>'
                '<th scope="col">填数的单位</th></tr></thead>\n'
                f"<tbody>\n{rows}\n</tbody>\n</table>"
            ),
        )
    return (
        f'<section class="b-part" id="differences">\n<h2>与本级报告的差异</h2>\n{body}\n</section>'
    )


def _difference_row(one: Difference) -> str:
    joint = one.key.startswith("t2.norm.")
    note = '<span class="b-note">联合发文只由主办机关计数，请核对。</span>' if joint else ""
    cells = (
        ("本级报告", own_shown(one)),
        ("各单位合计", as_printed(one.total)),
        ("相差", gap(one)),
    )
    numbers = "".join(
        f'<td class="v-number" data-head="{head}">{escape(value)}</td>' for head, value in cells
    )
    shown = escape(contributors(one)) or "没有单位填数"
    if hint(one):
        shown += f'<span class="b-note">{escape(hint(one))}</span>'
    return (
        f'<tr id="d-{one.key}" tabindex="-1"><th scope="row">{escape(one.name)}{note}</th>{numbers}'
        f'<td data-head="填数的单位">{shown}</td></tr>'
    )


def _blanks(result: RollUp) -> str:
    if not result.blanks:
        return ""
    by_units: dict[tuple[str, ...], list[str]] = {}
    for key, names in result.blanks.items():
        by_units.setdefault(names, []).append(key)
    items = "\n".join(_blank(result, names, keys) for names, keys in by_units.items())
    return (
        '<section class="b-part" id="blanks">\n<h2>因空白不能汇总</h2>\n'
        "<p>这些单元格有单位没有填数字。空白不当作 0，补填之前不给出合计。</p>\n"
        f'<ul class="b-quotes">\n{items}\n</ul>\n</section>'
    )


def _blank(result: RollUp, names: tuple[str, ...], keys: list[str]) -> str:
    cells = "、".join(result.form.names[key] for key in keys[:_MOST_BLANK])
    rest = f" 等 {len(keys)} 格" if len(keys) > _MOST_BLANK else ""
    units = "、".join(names[:_MOST_BLANK])
    more = f" 等 {len(names)} 个单位" if len(names) > _MOST_BLANK else ""
    return (
        f'<li class="b-quote v-warning"><p><span class="b-label">单位</span>{escape(units)}{more}</p>'
        f'<p><span class="b-label">没有填</span>{escape(cells)}{rest}</p></li>'
    )


def _tables(result: RollUp) -> str:
    return "\n".join(['<section class="b-part" id="sums">', *_sum_tables(result), "</section>"])


def _sum_tables(result: RollUp) -> Iterator[str]:
    yield "<h2>汇总表</h2>"
    yield (
        f'<p class="v-hint">格内是 {len(result.counted)} 个单位之和。'
        f"{_badge('error', '≠')} 与本级报告不一致，点开看是哪些单位；"
        f"{_badge('warning', '缺')} 有单位空白，不给出合计。表格较宽时可左右滑动。</p>"
    )
    report = result.as_report()
    different = {one.key: one for one in result.differences}
    for table in _TABLES:
        markup = table_html(
            report, table, cell_content=lambda key: _cell(result, report, different, key)
        )
        label = f"sum-{table}"
        yield scroll(label, markup.replace("<caption>", f'<caption id="{label}">', 1))


def _cell(result: RollUp, report: Report, different: dict[str, Difference], key: str) -> str:
    if key in result.blanks:
        names = result.blanks[key]
        return (
            f'<span class="b-cell v-warning"><b>缺</b><small>{len(names)} 个单位空白</small></span>'
        )
    shown = escape(str(report.figures[key]))
    one = different.get(key)
    if one is None:
        return shown
    return (
        f'<a class="b-cell v-error" href="#d-{key}"><b>{shown}</b>'
        f"<small>≠ 本级 {escape(own_shown(one))}</small></a>"
    )
