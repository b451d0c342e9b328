"""Who may change the list of agencies, and who may give whom a role."""

from __future__ import annotations

from gongkai.agencies.models import ADMINISTRATORS, Agency, Level, Role
from gongkai.agencies.standing import Standing
from gongkai.people.models import Person

KEEPERS = f"县政府办公室的“{Role.OPENNESS_OFFICER.label}”"
APPOINTERS = f"{KEEPERS}，或者本单位的“{Role.LEADER.label}”“{Role.OPENNESS_OFFICER.label}”"
DESCRIBERS = f"{APPOINTERS}“{Role.INFORMATION_OFFICER.label}”"
SEAT_KEEPERS = Role.SECURITY_ADMINISTRATOR.label
FIRST_ROLES = (Role.OPENNESS_OFFICER, Role.LEADER)
"""Who has to be there before anybody else can be appointed: they appoint all others."""
OF_THE_COUNTY = (Level.COUNTY, Level.OFFICE)


def may_keep_directory(standing: Standing) -> bool:
    """机关的设立、更名、隶属、撤并: the county's openness office, which directs the work (条例第三条)."""
    return any(
        held.role is Role.OPENNESS_OFFICER and held.level in OF_THE_COUNTY for held in standing.held
    )


def may_record_contact(standing: Standing, agency: Agency) -> bool:
    """机构信息 (条例第二十条第二项): the county's openness office, or the agency's own people."""
    own = (Role.LEADER, Role.OPENNESS_OFFICER, Role.INFORMATION_OFFICER)
    return may_keep_directory(standing) or any(standing.holds(role, agency) for role in own)


def may_appoint(standing: Standing, agency: Agency) -> bool:
    """任免: the county's openness office for agencies of its report, an agency's head for its own."""
    own = any(standing.holds(role, agency) for role in (Role.LEADER, Role.OPENNESS_OFFICER))
    return own or (agency.rolls_up and may_keep_directory(standing))


def may_keep_seats(standing: Standing) -> bool:
    """三员的任免: the security administrator, who gives rights and sees no work."""
    return standing.is_any(Role.SECURITY_ADMINISTRATOR)


def may_seat(standing: Standing, agency: Agency, role: Role, person: Person) -> bool:
    """Whether one may give *person* this *role*: never to oneself, and never an administrator's seat."""
    return (
        may_appoint(standing, agency) and role not in ADMINISTRATORS and person != standing.person
    )


def may_see_people(standing: Standing, agency: Agency) -> bool:
    """Who holds which role: the agency's own people and those who direct the county's work."""
    return agency.pk in standing.works_for or (agency.rolls_up and standing.compiles_for_the_county)
