"""The data a file carries inside itself, held against what the file shows."""

from __future__ import annotations

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.model import Report, ReportInvalidError, from_json
from gongkai.annualreport.wording import squeeze


def compare_twin(twin: bytes, visible: Report) -> list[Finding]:
    """Return R-04 when the data inside a PDF or Word file is not what a reader sees on the page."""
    try:
        inside = from_json(twin)
    except ReportInvalidError as error:
        return [
            finding("R-04", f"文件内附的数据读不出来（{error}）；以可见内容为准，请重新生成文件。")
        ]
    cells = [key for key in visible.cells() if inside.figures.get(key) != visible.cell(key)]
    cells += [key for key in inside.cells() if key not in visible.figures]
    texts = [name for name, one, other in _texts(inside, visible) if squeeze(one) != squeeze(other)]
    if not cells and not texts:
        return []
    where = "、".join([*texts, *([f"表格 {len(cells)} 格"] if cells else [])])
    first = cells[0] if cells else None
    return [
        finding(
            "R-04",
            f"文件内附的数据与可见内容不一致：{where}；检查以可见内容为准，请改正后重新生成文件。",
            cells=cells,
            expected=visible.figures.get(first) if first else None,
            actual=inside.figures.get(first) if first else None,
        )
    ]


def _texts(inside: Report, visible: Report) -> list[tuple[str, str, str]]:
    names = {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六"}
    sections = [
        (f"第{name}部分", inside.sections.get(key, ""), visible.sections.get(key, ""))
        for key, name in names.items()
    ]
    years = ("年度", str(inside.year), str(visible.year))
    return [("发布机关", inside.issuer, visible.issuer), years, *sections]
