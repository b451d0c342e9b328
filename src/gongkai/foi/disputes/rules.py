"""Who enters disputes, and who reads what is claimed in them."""

from __future__ import annotations

from gongkai.agencies.models import ADMINISTRATORS, Level, Role
from gongkai.agencies.standing import Standing
from gongkai.foi.models import Case

ENTERS = (Role.CASE_OFFICER, Role.OPENNESS_OFFICER, Role.LEGALITY_REVIEWER)
WHO_ENTERS = "被申请机关（被告）的承办、政务公开办、合法性审核人员"
WHO_READS = "被申请机关（被告）的承办、政务公开办、合法性审核人员和负责人"


def may_enter(standing: Standing, case: Case) -> bool:
    """登记复议诉讼: the officers and the lawyer of the agency whose decision is disputed."""
    return standing.holds_for(ENTERS, case.agency_id, Level(case.agency.level))


def may_read_claims(standing: Standing, case: Case) -> bool:
    """看请求事项: those who enter and their head, and no administrator beside that."""
    if standing.is_any(*ADMINISTRATORS):
        return False
    level = Level(case.agency.level)
    return standing.holds_for((*ENTERS, Role.LEADER), case.agency_id, level)
