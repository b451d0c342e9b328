"""The ledger as a workbook: what the report counts, without anybody's identity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.exchange.book import workbook_of
from gongkai.exchange.consistency import CONTACT
from gongkai.exchange.queries import (
    agency_rows,
    case_rows,
    dispute_rows,
    latest_names,
    policy_rows,
    return_rows,
)
from gongkai.exchange.rows import SectionRow
from gongkai.figures import registry
from gongkai.figures.registry import Value
from gongkai.foi.models import Case, Dispute
from gongkai.policies.models import Category, Policy
from gongkai.reporting.compile import scope_of
from gongkai.reporting.models import Report
from gongkai.reporting.narrative import expand

_ITEMS_REFERENCE = re.compile(r"\{n\.[^{}]*\}")
_COUNTED = (Category.RULE, Category.NORM)


def export_workbook() -> bytes:
    """Return the ledger's agencies, requests, disputes, documents, returns and report texts.

    Applicants leave as their class only. References to items of information, which no sheet holds,
    leave as the numbers they print.
    """
    names = latest_names()
    policies = Policy.objects.filter(category__in=_COUNTED)
    return workbook_of(
        {
            "agencies": agency_rows(),
            "requests": (row for _, row in case_rows(Case.objects.all(), names)),
            "disputes": (row for _, row in dispute_rows(Dispute.objects.all(), names)),
            "policies": (row for _, row in policy_rows(policies, names)),
            "returns": (row for _, row in return_rows(names)),
            "sections": _sections(names),
        }
    )


def _sections(names: dict[str, str]) -> Iterator[SectionRow]:
    for report in Report.objects.select_related("agency").order_by("year", "agency__code"):
        name = names[report.agency.code]
        yield SectionRow(agency=name, year=report.year, part=CONTACT, text=report.contact)
        scope = scope_of(report.agency, report.year, date(report.year, 12, 31))
        values = registry.values(scope)
        for section in report.sections.all():
            text = _without_items(section.text, values)
            if text.strip():
                yield SectionRow(agency=name, year=report.year, part=str(section.n), text=text)


def _without_items(text: str, values: Mapping[str, Value]) -> str:
    return _ITEMS_REFERENCE.sub(lambda found: expand(found[0], values), text)
