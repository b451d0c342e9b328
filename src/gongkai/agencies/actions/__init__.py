"""Writing agencies: what they are, who holds which role in them, and what becomes of them."""

from gongkai.agencies.actions.appointing import appoint
from gongkai.agencies.actions.establishing import (
    change_parent,
    establish_agency,
    record_contact,
    rename_agency,
)
from gongkai.agencies.actions.reorganising import (
    close_agency,
    merge_agencies,
    split_agency,
    succeed,
)
from gongkai.agencies.actions.seats import (
    appoint_deputy,
    assign_role,
    end_membership,
    transfer,
)

__all__ = [
    "appoint",
    "appoint_deputy",
    "assign_role",
    "change_parent",
    "close_agency",
    "end_membership",
    "establish_agency",
    "merge_agencies",
    "record_contact",
    "rename_agency",
    "split_agency",
    "succeed",
    "transfer",
]
