"""Which official form a report uses, and mixtures of the two: S-14, and S-05 for one row of 其他处理."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject
from gongkai.annualreport.printed import PrintedForm

_STOCK, _ONE_ROW = "t2.norm.valid", "t3.r6.nat"  # only the newer, only the older form has it


def check_form_version(subject: Subject) -> Iterator[Finding]:
    """Yield what is left of a form that was replaced."""
    yield from _older_form(subject)
    if subject.printed is not None:
        yield from _foreign(subject, subject.printed)


def _older_form(subject: Subject) -> Iterator[Finding]:
    """A whole table, or the row 其他处理, of the form that was replaced (S-14, S-05)."""
    required, kinds = subject.required_form, subject.form.kinds
    if subject.report.year and _STOCK in required.kinds and _STOCK not in kinds:
        yield finding(
            "S-14",
            f"表二整张是旧格式（本年新制作、本年增/减、采购等栏），{required.first_year} 年度起应当用"
            f"{required.instrument}的格式；请按新格式重新填写，不要只改栏名。",
            cells=[key for key in kinds if key.startswith("t2.")],
            expected="、".join(required.t2[0].columns),
            actual="、".join(subject.form.t2[0].columns),
        )
    elif _STOCK in kinds and _ONE_ROW in kinds:
        yield finding(
            "S-05",
            "表三“（六）其他处理”只有一行；现行格式分为逾期不补正、逾期未缴费、其他三行，"
            "请拆成三行分别填写，没有的填 0。",
            cells=[key for key in kinds if key.startswith("t3.r6.")],
            expected="（六）其他处理分三行",
            actual="只有一行",
        )


def _foreign(subject: Subject, printed: PrintedForm) -> Iterator[Finding]:
    required = subject.required_form
    if printed.foreign and _STOCK in subject.form.kinds and required.name == subject.form.name:
        shown = "、".join(printed.foreign)
        yield finding(
            "S-14",
            f"表格里有旧格式的栏目：{shown}；请改用{required.instrument}的格式。",
            actual=shown,
        )
