"""Where and how to ask for what is not public: the entry to requests (条例第二十九条、第三十条)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import AgencyContact
from gongkai.agencies.queries import names_on, tree_on
from gongkai.audit import clock
from gongkai.law.rules import Limit
from gongkai.portal.filed import addresses
from gongkai.portal.filed.frame import page
from gongkai.portal.filed.metadata import column_metadata
from gongkai.portal.rule_tables import channels
from gongkai.rulebook.queries import rules_on


@dataclass(frozen=True)
class Office:
    """Whom to send a request to: an agency and how its office is reached."""

    code: str
    name: str
    contact: AgencyContact | None


def render_apply(key: str) -> bytes:
    """The page a request begins on."""
    rules = rules_on(clock.today())
    limit: Limit = rules.limit("reply.limit")
    values = {
        "limit": limit,
        "longer": rules.limit("reply.extension_max"),
        "channels": channels(),
        "offices": _offices(),
    }
    return page("portal/apply.html", "/apply/", values, meta=column_metadata("依申请公开"))


def apply_path(key: str) -> str:
    return f"apply/{addresses.INDEX}"


def _offices() -> list[Office]:
    today = clock.today()
    tree, names = tree_on(today), names_on(today)
    held = AgencyContact.objects.filter(since__lte=today).order_by("since")
    contacts = {contact.agency_id: contact for contact in held}
    living = [node.agency for node in tree.nodes.values() if not tree.is_gone(node)]
    return [Office(one.code, names[one.pk].name, contacts.get(one.pk)) for one in living]
