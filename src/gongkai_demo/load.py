"""Filling an empty ledger with the demo county, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit.planner import refresh_statistics
from gongkai.publication.actions import list_imported
from gongkai_demo import cast as people
from gongkai_demo import (
    columns,
    current,
    items,
    organs,
    registers,
    reports,
    requests,
    stock,
    unit_returns,
)

YEARS = (2023, 2024)
UNIT = 14
"""Place of the unit whose own report is released too (自然资源局 has returns, requests and fees)."""


class LedgerInUse(Exception):
    """There is a ledger already, and it is not the demo's."""


def loaded() -> bool:
    """Return whether the demo county is in. Raises :class:`LedgerInUse` for somebody else's ledger."""
    codes = set(Agency.objects.values_list("code", flat=True))
    if codes and not all(code.startswith("SQ") for code in codes):
        raise LedgerInUse(
            "这个数据库里已有其他机关的台账，演示数据不能混入。请换一个数据目录（GONGKAI_DATA）。"
        )
    return bool(codes)


@transaction.atomic
def load(said: Callable[[str], None]) -> bool:
    """Load the demo in one transaction; return False when it was loaded already.

    Killed half-way, nothing of it is in the database, and the next call starts afresh.
    """
    if loaded():
        return False
    cast = people.hire()
    said("机关与人员")
    every = organs.establish(cast.founder)
    people.seat(cast, every[0].agency, every[1].agency, every[UNIT - 2].agency)
    organs.say_where_to_complain(cast.officer)
    columns.arrange(every, cast)
    said("栏目和标准目录")
    policies = stock.enact(every, cast)
    stock.retire(policies, cast)
    said("行政规范性文件")
    for year in YEARS:
        said(f"{year} 年单位报送")
        unit_returns.file_year(year, every, cast)
        items.publish_year(year, every, policies, cast, said)
        said(f"{year} 年依申请公开")
        requests.handle_year(year, every, cast)
        list_imported()
        refresh_statistics()
        said(f"{year} 年年度报告：编制、定稿、公布")
        reports.release_year(every[0].agency, year, officer=cast.officer, leader=cast.leader)
    unit = every[UNIT - 2].agency
    reports.release_year(unit, YEARS[-1], officer=cast.author, leader=cast.approver)
    registers.publish_registers(every, cast)
    said("行政许可和行政处罚公示")
    current.open_matters(every, cast)
    said("正在办理的事项")
    return True
