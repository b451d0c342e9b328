"""Verdicts as one page that stands alone: no script, no other file, readable by ear and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from gongkai.annualreport.checking.finding import Finding, Severity, Value, catalogue
from gongkai.annualreport.model import Report
from gongkai.annualreport.verdict.files import SIGNATURE
from gongkai.annualreport.verdict.marks import (
    SIGNS,
    Numbered,
    cell_name,
    marked_tables,
    numbered,
)
from gongkai.annualreport.verdict.verdict import GROUPS, NAMES, Verdict, conclusion, heading

_STYLE = Path(__file__).parent / "style"
_MOST_CELLS = 12
_STATUS_SIGNS = {"ok": "✓", "findings": "✗", "unreadable": "—"}


def write_page(verdicts: Sequence[Verdict]) -> str:
    """Return the whole page, its style inside."""
    style = "\n".join((_STYLE / name).read_text("utf-8") for name in ("page.css", "verdict.css"))
    title = f"年度报告检查结论（{len(verdicts)} 份）"
    return (
        f'{SIGNATURE.decode()}\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">跳到正文</a>\n'
        '<header class="page-head"><div class="page"><p class="page-name">公开 · 年度报告检查</p>\n'
        f"<h1>政府信息公开工作年度报告检查结论</h1>\n</div></header>\n"
        f'<main id="main" class="page" tabindex="-1">\n{write_body(verdicts)}</main>\n'
        '<footer class="page-foot"><div class="page"><p>由 gongkai check 生成。检查项目和依据见'
        "每一项；结论只供改正时参考，不是任何机关的正式评价。</p></div></footer>\n"
        "</body>\n</html>\n"
    )


def write_body(verdicts: Sequence[Verdict]) -> str:
    """Return what is inside the page: the summary, then one section a file. Headings begin at h2."""
    parts = [_lead(verdicts), _summary(verdicts)] if len(verdicts) != 1 else []
    many = len(verdicts) > 1
    parts += [_section(verdict, n, many=many) for n, verdict in enumerate(verdicts, start=1)]
    return '<div class="verdicts">\n' + "\n".join(parts) + "\n</div>\n"


def _lead(verdicts: Sequence[Verdict]) -> str:
    codes = [verdict.exit_code for verdict in verdicts]
    return (
        f'<p class="v-lead">共检查 {len(codes)} 份：{codes.count(0)} 份没有必须改正的问题，'
        f"{codes.count(1)} 份有必须改正的问题，{codes.count(2)} 份无法检查。</p>"
    )


def _summary(verdicts: Sequence[Verdict]) -> str:
    rows = "\n".join(_summary_row(verdict, n) for n, verdict in enumerate(verdicts, start=1))
    return (
        '<section class="v-summary" aria-labelledby="summary">\n<h2 id="summary">各份结论</h2>\n'
        '<div class="v-scroll" role="region" tabindex="0" aria-labelledby="summary-caption">\n'
        '<table class="v-list">\n<caption id="summary-caption">文件和结论一览</caption>\n'
        '<thead><tr><th scope="col">文件</th><th scope="col">结论</th>'
        '<th scope="col" class="v-number">必须改正</th><th scope="col" class="v-number">请核对</th>'
        '<th scope="col">机关和年度</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n</section>"
    )


def _summary_row(verdict: Verdict, n: int) -> str:
    counts = ["—", "—"]
    if verdict.report is not None:
        counts = [str(verdict.count("error")), str(verdict.count("warning"))]
    title = heading(verdict) if verdict.report else verdict.reason or ""
    numbers = "".join(f'<td class="v-number">{count}</td>' for count in counts)
    return (
        f'<tr><th scope="row"><a class="v-door" href="#f{n}">{escape(verdict.source)}</a></th>'
        f"<td>{_badge(verdict)}</td>{numbers}<td>{escape(title)}</td></tr>"
    )


def _badge(verdict: Verdict) -> str:
    kind = {0: "ok", 1: "error", 2: "unreadable"}[verdict.exit_code]
    if kind == "ok" and verdict.status == "findings":
        kind, sign, name = "warning", SIGNS["warning"], "请核对"
    else:
        sign, name = _STATUS_SIGNS[verdict.status], NAMES[verdict.status]
    return (
        f'<span class="v-badge v-{kind}"><span class="v-sign" aria-hidden="true">{sign}</span>'
        f"{name}</span>"
    )


def _section(verdict: Verdict, n: int, *, many: bool) -> str:
    """One file. Every id inside begins with the file's own, so that many fit on a page."""
    prefix = f"f{n}-"
    parts = [
        f'<section class="v-file" id="f{n}">',
        f"<h2>{escape(heading(verdict))}</h2>",
        f'<p class="v-source">文件：{escape(verdict.source)}</p>',
        f'<p class="v-conclusion v-{_kind(verdict)}">{_badge(verdict)} '
        f"{escape(conclusion(verdict))}</p>",
    ]
    if verdict.note:
        parts.append(f'<p class="v-note">说明：{escape(verdict.note)}</p>')
    parts.append(_doors(verdict, n, many=many))
    if verdict.report is not None:
        parts += _contents(verdict, verdict.report, prefix, n if many else 0)
    return "\n".join([*parts, "</section>"])


def _doors(verdict: Verdict, n: int, *, many: bool) -> str:
    doors = [] if verdict.report is None else [(f"#f{n}-tables", "看三张表")]
    doors += [("#summary", "回到各份结论")] if many else []
    links = (f'<a class="v-door" href="{address}">{name}</a>' for address, name in doors)
    return f'<p class="v-doors">{"".join(links)}</p>' if doors else ""


def _kind(verdict: Verdict) -> str:
    if verdict.exit_code:
        return {1: "error", 2: "unreadable"}[verdict.exit_code]
    return "warning" if verdict.status == "findings" else "ok"


def _contents(verdict: Verdict, report: Report, prefix: str, n: int) -> Iterator[str]:
    found = numbered(verdict)
    for severity, title in GROUPS:
        group = [one for one in found if one.finding.severity == severity]
        if group:
            yield _group(group, report, severity, title, prefix)
    yield f'<h3 id="{prefix}tables">三张表</h3>'
    yield (
        '<p class="v-hint">有问题的格子带标记：'
        f'<span class="v-badge v-error"><span class="v-sign" aria-hidden="true">{SIGNS["error"]}'
        "</span>必须改正</span> "
        f'<span class="v-badge v-warning"><span class="v-sign" aria-hidden="true">'
        f"{SIGNS['warning']}</span>请核对</span>，点开看原因。表格较宽时可左右滑动。</p>"
    )
    yield from marked_tables(report, found, prefix, place=f"第 {n} 份 " if n else "")


def _group(
    group: Sequence[Numbered], report: Report, severity: Severity, title: str, prefix: str
) -> str:
    items = "\n".join(_item(one, report, prefix) for one in group)
    return (
        f'<h3 class="v-group v-{severity}"><span class="v-sign" aria-hidden="true">'
        f"{SIGNS[severity]}</span>{title}（{len(group)} 项）</h3>\n"
        f'<ol class="v-findings" start="{group[0].n}">\n{items}\n</ol>'
    )


def _item(one: Numbered, report: Report, prefix: str) -> str:
    found = one.finding
    rule = catalogue().get(found.code)
    title = rule.title if rule else found.code
    return (
        f'<li class="v-finding v-{found.severity}" id="{one.address(prefix)}" value="{one.n}" '
        'tabindex="-1">\n'
        f'<h4><span class="v-n">第 {one.n} 项</span>{escape(title)}</h4>\n'
        f"<p>{escape(found.message)}</p>\n{_values(found)}{_candidates(one, report, prefix)}"
        f"{_cells(found, report, prefix)}"
        f'<p class="v-basis">依据：{escape(found.basis)} <code>{escape(found.code)}</code></p>\n</li>'
    )


def _values(found: Finding) -> str:
    if found.expected is None or found.actual is None:
        return ""
    return (
        f'<p class="v-values"><span>应为 <strong>{escape(str(found.expected))}</strong></span> '
        f"<span>实为 {escape(str(found.actual))}</span></p>\n"
    )


def _cells(found: Finding, report: Report, prefix: str) -> str:
    shown = found.cells[:_MOST_CELLS]
    if not shown:
        return ""
    items = "".join(f"<li>{_cell_link(key, found, report, prefix)}</li>" for key in shown)
    rest = f"<li>等 {len(found.cells)} 格</li>" if len(found.cells) > len(shown) else ""
    return f'<ul class="v-cells" aria-label="单元格">{items}{rest}</ul>\n'


def _cell_link(key: str, found: Finding, report: Report, prefix: str) -> str:
    name = escape(cell_name(report, key))
    if found.severity == "info" or key not in report.form.kinds:
        return name
    return f'<a class="v-door" href="#{prefix}{escape(key)}">{name}</a>'


def _candidates(one: Numbered, report: Report, prefix: str) -> str:
    """Doubtful readings side by side, under the names of their cells where these are as many."""
    found = one.finding
    if not found.candidates:
        return ""
    width = max(map(len, found.candidates))
    names = [cell_name(report, key).rpartition("·")[2] for key in found.cells]
    if len(names) != width:
        names = [f"第 {place} 格" for place in range(1, width + 1)]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "\n".join(
        f'<tr><th scope="row">读法 {n}</th>{"".join(f"<td>{_printed(v)}</td>" for v in row)}</tr>'
        for n, row in enumerate(found.candidates, start=1)
    )
    label = f"{one.address(prefix)}-readings"
    return (
        f'<div class="v-scroll" role="region" tabindex="0" aria-labelledby="{label}">\n'
        f'<table class="v-readings">\n<caption id="{label}">第 {one.n} 项可能的读法，'
        "请对照原件选定</caption>\n"
        f"<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
    )


def _printed(value: Value) -> str:
    return '<span class="v-blank">空白</span>' if value is None else escape(str(value))
