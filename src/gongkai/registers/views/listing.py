"""The registers on the desk, narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.queries import visible_to
from gongkai.audit import clock
from gongkai.law.rules import Rules
from gongkai.people.audience import staff
from gongkai.registers.models import Entry, Import, Register
from gongkai.registers.queries import visible_entries, visible_imports
from gongkai.registers.rules import KEEPING, publish_due
from gongkai.rulebook.queries import rules_on
from gongkai.text.folding import fold

_PAGE = 50
_STATES = {"": "全部", "shown": "公示中", "removed": "已撤下"}
_STAGED_SHOWN = 10


@dataclass(frozen=True)
class _Wanted:
    register: str
    agency: str
    state: str
    text: str

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> _Wanted:
        register, state = query.get("register", ""), query.get("state", "")
        return cls(
            register if register in Register.values else "",
            query.get("agency", "")[:9].replace("\0", ""),
            state if state in _STATES else "",
            query.get("q", "").replace("\0", "").strip()[:60],
        )

    def narrow(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        if self.register:
            rows = rows.filter(register=self.register)
        if self.agency:
            rows = rows.filter(agency__code=self.agency)
        if self.state:
            rows = rows.filter(removal="") if self.state == "shown" else rows.exclude(removal="")
        if self.text:
            rows = rows.filter(Q(key__contains=fold(self.text)) | Q(subject__contains=self.text))
        return rows


@staff
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    standing, wanted = standing_of(request), _Wanted.from_query(request.GET.dict())
    rows = wanted.narrow(visible_entries(standing)).order_by("-pk")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page", "1"))
    names, rules = names_of(request), rules_on(standing.on)
    staged = (
        visible_imports(standing).filter(state=Import.State.STAGED).order_by("-pk").defer("rows")
    )
    seen = visible_to(standing).order_by("code")
    context = {
        "wanted": wanted,
        "narrowed": wanted != _Wanted("", "", "", ""),
        "registers": Register.choices,
        "states": _STATES,
        "agencies": [
            (agency.code, names[agency.pk].short) for agency in seen if agency.pk in names
        ],
        "page": page,
        "rows": [(one, names[one.agency_id].short, late_since(one, rules)) for one in page],
        "staged": [(one, names[one.agency_id].short) for one in staged[:_STAGED_SHOWN]],
        "may_import": standing.is_any(*KEEPING),
    }
    return render(request, "registers/list.html", context)


def late_since(entry: Entry, rules: Rules) -> date | None:
    """Return the last day the row was to be published on, where it came later."""
    due = publish_due(entry.decided_on, rules)
    return due if due is not None and clock.legal_date(entry.entered_at) > due else None
