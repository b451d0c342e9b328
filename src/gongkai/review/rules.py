"""Who submits, who judges which stage, who sets a chain, who lends a reviewer, who lets out in haste."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.agencies.models import Agency, Level, Role
from gongkai.agencies.rules import OF_THE_COUNTY, may_keep_directory
from gongkai.agencies.standing import Standing
from gongkai.documents.models import Edition
from gongkai.review.models import StageKind

ROLE_OF: Mapping[StageKind, Role] = {
    StageKind.SECRECY: Role.SECRECY_REVIEWER,
    StageKind.FIRST: Role.FIRST_REVIEWER,
    StageKind.SECOND: Role.SECOND_REVIEWER,
    StageKind.FINAL: Role.FINAL_REVIEWER,
    StageKind.LEGALITY: Role.LEGALITY_REVIEWER,
}
AUTHORS = "稿件的作者本人"
SETTERS = (
    f"县政府办公室的“{Role.OPENNESS_OFFICER.label}”“{Role.LEADER.label}”（全县和各机关），"
    f"或者本单位的“{Role.OPENNESS_OFFICER.label}”“{Role.LEADER.label}”（本机关）"
)
LENDERS = f"县政府办公室的“{Role.OPENNESS_OFFICER.label}”"
LEADERS = f"公开机关的“{Role.LEADER.label}”"
_SETTING = (Role.OPENNESS_OFFICER, Role.LEADER)


def may_submit(standing: Standing, edition: Edition) -> bool:
    """送审: the author, while working for the agency (谁起草谁负责)."""
    own = edition.author_person_id == standing.person.pk
    return own and edition.document.agency_id in standing.works_for


def may_judge(standing: Standing, stage: StageKind, agency: Agency) -> bool:
    """Whether the role of *stage* is held in *agency* on the day of *standing*."""
    return standing.holds(ROLE_OF[stage], agency)


def may_set_chain(standing: Standing, agency: Agency | None) -> bool:
    """The county's chain: its openness office or leader. An agency's: those, or its own."""
    of_the_county = any(
        held.role in _SETTING and held.level in OF_THE_COUNTY for held in standing.held
    )
    if agency is None or agency.level == Level.COUNTY:
        return of_the_county
    own = any(standing.holds(role, agency) for role in _SETTING)
    return own or (agency.rolls_up and of_the_county)


def may_lend(standing: Standing) -> bool:
    """借用审核人: the county's openness office, which sees both sides (条例第三条)."""
    return may_keep_directory(standing)


def may_let_out(standing: Standing, agency: Agency) -> bool:
    """紧急发布: the leader of the agency that publishes."""
    return standing.holds(Role.LEADER, agency)
