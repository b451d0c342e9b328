"""Everything that stands between a draft and its freeze, at once and each with the way to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.agencies.queries import names_on
from gongkai.annualreport.checking.check import check
from gongkai.annualreport.checking.finding import Finding
from gongkai.annualreport.model import Report
from gongkai.reporting.compile import Draft
from gongkai.reporting.narrative import slips
from gongkai.reporting.queries import released_report

GAP = "A-缺报"
TYPED = "N-手写"


@dataclass(frozen=True)
class Obstacle:
    """One thing to mend, and the cells it concerns. A blocking one keeps the report from being frozen."""

    code: str
    blocking: bool
    severity: str
    cells: tuple[str, ...]
    message: str
    basis: str


def obstacles(draft: Draft, *, prev: Report | None = None) -> list[Obstacle]:
    """Return what is wrong with *draft*: missing returns, typed numbers, and the checks of the format.

    *prev* is last year's report where this ledger has not released one.
    """
    gaps, typed = list(_gaps(draft)), list(_typed(draft))
    blank = {cell for obstacle in gaps for cell in obstacle.cells}
    prev = prev or released_report(draft.row.agency, draft.row.year - 1)
    found = [
        _from_finding(finding)
        for finding in check(draft.report, prev=prev)
        if not (finding.cells and set(finding.cells) <= blank)  # said once, as the missing return
    ]
    return [*gaps, *typed, *found]


def _gaps(draft: Draft) -> Iterator[Obstacle]:
    names = names_on(draft.scope.as_of)
    for key, value in draft.values.items():
        for gap in value.gaps:
            yield Obstacle(
                GAP,
                True,
                "error",
                (key,),
                f"{names[gap.agency_id].name}：{gap.reason}。缺报不等于零，请催报并接收后再定稿。",
                "国办公开办函〔2021〕30号；条例第五十条",
            )


def _typed(draft: Draft) -> Iterator[Obstacle]:
    for section in draft.row.sections.all():
        for slip in slips(section.text, draft.values):
            yield Obstacle(TYPED, True, "error", (slip.key,), slip.message, "数字应来自台账")


def _from_finding(finding: Finding) -> Obstacle:
    return Obstacle(
        finding.code,
        finding.severity == "error",
        finding.severity,
        finding.cells,
        finding.message,
        finding.basis,
    )
