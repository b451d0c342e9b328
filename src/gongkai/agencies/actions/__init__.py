"""Writing agencies: what they are, who holds which role in them, and what becomes of them."""

from gongkai.agencies.actions.appointing import appoint
from gongkai.agencies.actions.establishing import (
    change_parent,
    establish_agency,
    record_contact,
    rename_agency,
)
from gongkai.agencies.actions.keeping import (
    appoint_administrator,
    end_administrator,
    seat_first,
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
    "appoint_administrator",
    "appoint_deputy",
    "assign_role",
    "change_parent",
    "close_agency",
    "end_administrator",
    "end_membership",
    "establish_agency",
    "merge_agencies",
    "record_contact",
    "rename_agency",
    "seat_first",
    "split_agency",
    "succeed",
    "transfer",
]
