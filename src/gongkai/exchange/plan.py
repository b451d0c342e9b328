"""What an import would do: which rows are new, which are in the ledger already, which contradict it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from gongkai.exchange.consistency import policy_number
from gongkai.exchange.directory import Directory, directory
from gongkai.exchange.problem import Problem
from gongkai.exchange.queries import (
    agency_rows,
    case_rows,
    chunks,
    dispute_rows,
    latest_names,
    marks,
    policy_rows,
    return_rows,
)
from gongkai.exchange.rows import (
    AgencyRow,
    Contents,
    DisputeRow,
    PolicyRow,
    RequestRow,
    ReturnRow,
    Row,
)
from gongkai.foi.models import Case, Dispute
from gongkai.policies.models import Policy

R = TypeVar("R", bound=Row)
Known = Mapping[object, tuple[tuple[str, ...], R]]
"""Records of the ledger by their key: the subjects of their audit events, and what they say as a row."""

_MAY_BE_UNSAID = frozenset(
    {"channel", "served_on", "extended_on", "extended_days", "source", "absent_reason"}
    | {"published_on", "in_force_on", "exit_kind", "exit_decided_on", "exit_basis"}
)
_SHEETS = ("agencies", "requests", "disputes", "policies", "returns")


@dataclass(frozen=True)
class Plan:
    """*new*: the rows to enter, each under the code of its agency. *known*: rows the ledger has, by sheet."""

    new: Contents
    known: Mapping[str, int]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """New and known rows by sheet."""
        return {sheet: (len(getattr(self.new, sheet)), self.known[sheet]) for sheet in _SHEETS}


@dataclass
class _Sorting:
    """The rows of one sheet, sorted."""

    problems: list[Problem]
    known: dict[str, int]

    def sort(
        self, sheet: str, rows: Iterable[R], known: Known[R], key: Callable[[R], object]
    ) -> tuple[R, ...]:
        rows = list(rows)
        standing = [known.get(key(row)) for row in rows]
        entered = marks([subject for found in standing if found for subject in found[0]])
        new = [row for row, found in zip(rows, standing, strict=True) if found is None]
        for row, found in zip(rows, standing, strict=True):
            if found is None or not _differ(row, found[1]):
                continue
            # What was entered from this very row and went on in the ledger since is no contradiction.
            if row.fingerprint() not in [entered.get(subject) for subject in found[0]]:
                self.problems.append(_changed(row, found[1]))
        self.known[sheet] = len(rows) - len(new)
        return tuple(new)


def plan_import(contents: Contents) -> Plan:
    """Return what importing *contents* into the ledger would do. Nothing is written."""
    own = agency_rows()
    names = directory([*own, *contents.agencies])
    sorting = _Sorting([], {})
    agencies = _agencies(contents.agencies, own, sorting)
    owned = _under_codes(contents, names)
    codes = {row.code for row in (*own, *agencies)}
    sorting.problems += _unknown_agencies(owned, codes)
    new = replace(
        Contents(),
        agencies=agencies,
        requests=sorting.sort(
            "requests", owned.requests, _cases(owned), lambda row: (row.agency, row.number)
        ),
        disputes=sorting.sort(
            "disputes", owned.disputes, _disputes(owned), lambda row: (row.kind, row.number)
        ),
        policies=sorting.sort("policies", owned.policies, _policies(owned), policy_number),
        returns=sorting.sort(
            "returns", owned.returns, _returns(), lambda row: (row.agency, row.year)
        ),
    )
    return Plan(new, sorting.known, tuple(sorting.problems))


def _under_codes(contents: Contents, names: Directory) -> Contents:
    return replace(
        contents,
        requests=tuple(replace(row, agency=names.key(row.agency)) for row in contents.requests),
        disputes=tuple(replace(row, agency=names.key(row.agency)) for row in contents.disputes),
        policies=tuple(replace(row, agency=names.key(row.agency)) for row in contents.policies),
        returns=tuple(replace(row, agency=names.key(row.agency)) for row in contents.returns),
    )


def _agencies(
    rows: Iterable[AgencyRow], own: list[AgencyRow], sorting: _Sorting
) -> tuple[AgencyRow, ...]:
    by_name = {row.name: row for row in own}
    codes = {row.code for row in own}
    new: list[AgencyRow] = []
    sorting.known["agencies"] = 0
    for row in rows:
        known = by_name.get(row.name)
        if known is None:
            new.append(row)
            sorting.problems += _unready(row, codes | {one.code for one in new[:-1]})
            continue
        sorting.known["agencies"] += 1
        said = ("code", "credit_code", "level", "rolls_up", "short", "mark")
        if any(getattr(row, key) not in ("", None, getattr(known, key)) for key in said):
            sorting.problems.append(_changed(row, known))
    return tuple(new)


def _unready(row: AgencyRow, codes: Iterable[str]) -> Iterator[Problem]:
    """Say what a new agency, or a new name of a known one, still needs."""
    needed = (
        ["code", "mark", "since"] if row.code in codes else ["code", "credit_code", "mark", "since"]
    )
    for key in needed:
        if not getattr(row, key):
            yield Problem(
                row.place.sheet,
                row.place.cell(key),
                f"台账里还没有“{row.name}”，新建机关要写明机关代码、统一社会信用代码、机关代字和启用日期；"
                "已经建立的，请改用台账中的名称。",
            )
            return


def _unknown_agencies(owned: Contents, codes: set[str]) -> Iterator[Problem]:
    for row in owned.owned():
        if row.agency not in codes:
            yield Problem(
                row.place.sheet,
                row.place.cell("agency"),
                f"台账和“机关”表里都没有“{row.agency}”；请改用台账中的机关全称或简称，"
                "或者在“机关”表里补一行。",
            )


def _cases(owned: Contents) -> Known[RequestRow]:
    found: dict[object, tuple[tuple[str, ...], RequestRow]] = {}
    names = _codes_as_names()
    for some in chunks([row.number for row in owned.requests]):
        for uid, row in case_rows(Case.objects.filter(number__in=some), names):
            found[row.agency, row.number] = (_subjects("case", [uid]), row)
    return found


def _disputes(owned: Contents) -> Known[DisputeRow]:
    found: dict[object, tuple[tuple[str, ...], DisputeRow]] = {}
    names = _codes_as_names()
    for some in chunks([row.number for row in owned.disputes]):
        for uid, row in dispute_rows(Dispute.objects.filter(number__in=some), names):
            found[row.kind, row.number] = (_subjects("dispute", [uid]), row)
    return found


def _policies(owned: Contents) -> Known[PolicyRow]:
    found: dict[object, tuple[tuple[str, ...], PolicyRow]] = {}
    names = _codes_as_names()
    for some in chunks([policy_number(row) for row in owned.policies]):
        for uid, row in policy_rows(Policy.objects.filter(number__in=some), names):
            found[row.number] = (_subjects("policy", [uid]), row)
    return found


def _returns() -> Known[ReturnRow]:
    return {
        (row.agency, row.year): (_subjects("return", uids), row)
        for uids, row in return_rows(_codes_as_names())
    }


def _codes_as_names() -> dict[str, str]:
    return {code: code for code in latest_names()}


def _subjects(kind: str, uids: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(f"{kind}:{uid}" for uid in uids)


def _differ(row: Row, known: Row) -> bool:
    """Whether *row* says something else than the ledger; what it leaves unsaid is no contradiction."""
    if row.agency and known.agency and row.agency != known.agency:
        return True
    said, kept = row.facts(), known.facts()
    if isinstance(row, PolicyRow):
        said["number"] = policy_number(row)
    return any(
        value != kept[key] and not (value in ("", None) and key in _MAY_BE_UNSAID)
        for key, value in said.items()
    )


def _changed(row: Row, known: Row) -> Problem:
    said, kept = row.facts(), known.facts()
    columns = [
        key for key, value in said.items() if value != kept.get(key) and value not in ("", None)
    ]
    key = columns[0] if columns else "number"
    return Problem(
        row.place.sheet,
        row.place.cell(key),
        f"这一行在台账里已经有了，内容与台账不一致（台账为“{kept.get(key)}”，这里为“{said.get(key)}”）。"
        "补录不改动已登记的内容：登记有误的请在台账里办理更正，或者改回原来的内容再导入。",
    )
