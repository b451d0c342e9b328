"""三员分立: nobody holds two of the three administrators' seats, nor one beside a role of the work."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.agencies.models import ADMINISTRATORS, Membership, Role
from gongkai.agencies.refusal import AgencyRefused
from gongkai.audit.guards import Guard
from gongkai.people.models import Person

_TABLE = "agencies_membership"
_SEATS = "('system_administrator', 'security_administrator', 'audit_administrator')"

SEPARATION = Guard(
    _TABLE,
    "separation",
    ("INSERT", "UPDATE"),
    "三员分立：一人只能担任一种管理员，且不能同时担任业务角色",
    exists=f"SELECT 1 FROM {_TABLE} m WHERE m.person_id = NEW.person_id AND m.id <> NEW.id "  # noqa: S608  # constants of ours
    "AND m.role <> NEW.role "
    f"AND (m.role IN {_SEATS} OR NEW.role IN {_SEATS}) "
    "AND (m.ended IS NULL OR m.ended > NEW.since) "
    "AND (NEW.ended IS NULL OR NEW.ended > m.since)",
)
"""The database's own refusal, for whatever passes by the action."""


class SeatsMixed(AgencyRefused):
    """An appointment that would join what has to be kept apart."""


def refuse_mixed(person: Person, role: Role, *, since: date, ended: date | None = None) -> None:
    """Raise ``SeatsMixed`` when *role* during these days stands beside one it must not."""
    still = Q(ended=None) | Q(ended__gt=since)
    held = Membership.objects.filter(still, person=person).exclude(role=role)
    if ended is not None:
        held = held.filter(since__lt=ended)
    others = [Role(code) for code in held.values_list("role", flat=True)]
    apart = others if role in ADMINISTRATORS else [one for one in others if one in ADMINISTRATORS]
    if apart:
        raise SeatsMixed(
            f"{person.name}在这段时间担任{'、'.join(one.label for one in dict.fromkeys(apart))}，"
            f"不能同时担任{role.label}：系统、安全、审计管理员须由不同的人担任，且不兼业务角色"
            "（三员分立）。请先免去原来的角色，或者另派一人。"
        )
