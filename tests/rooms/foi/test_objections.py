"""第三方不同意公开：几方意见逐份决定采纳与否，不采纳的书面告知；征求过的不再问为什么没有征求，补录的也认得。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.foi import actions
from gongkai.foi.handling.actions import consulting, signing
from gongkai.foi.handling.drafts import Draft, read_draft
from gongkai.foi.handling.facts import facts_of
from gongkai.foi.handling.models import ReplyDraft
from gongkai.foi.handling.queries import written as shown_as
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.issuing.queries import drafted_facts, preview_of
from gongkai.foi.issuing.typed import UNFOUNDED, title_of
from gongkai.law.intervals import Kind
from gongkai.letters.facts import Opinion
from tests.rooms.cast import Cast
from tests.rooms.foi.test_letters import said
from tests.rooms.foi.test_looks import desk
from tests.rooms.foi.test_step_letters import MATTER, OTHER, PUBLIC, asks, kept, objected
from tests.rooms.foi.test_steps import DAY, GIVEN, Office, make_office, refused, sign_all
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


SEVERED = {
    **GIVEN,
    "ground": "投标文件载明的施工工法是该企业的商业秘密，公开后会被同行用于下一次投标",
    "separation": "工法一章单独成册，可以分开",
    "public_interest": PUBLIC,
}


def severed(office: Office, **typed: str) -> ReplyDraft:
    """A reply that follows the objection of one third party."""
    return signing.draft_reply(
        office.case,
        result="partial",
        refused_as=("refused_third_party",),
        facts={**SEVERED, **typed},
        on=date(2024, 3, 12),
        by=office.officer,
    )


def test_of_two_who_object_the_one_that_is_not_followed_is_told(office: Office) -> None:
    """条例第三十二条：部分公开，一方的意见采纳、另一方的不采纳：逐份选明，签发时只告知不采纳的一方。"""
    objected(office)
    asked = asks(office, Kind.THIRD_PARTY, OTHER)
    consulting.record_opinion(
        asked, consents=False, text="涉及报价", on=date(2024, 3, 11), by=office.officer
    )
    assert "请逐份选明采纳还是不采纳" in refused(lambda: severed(office, opinion_of_1="heeded"))
    draft = severed(office, opinion_of_1="heeded", opinion_of_2="overruled")
    assert title_of(UNFOUNDED) == "第三方不同意的理由为什么不成立"
    assert [
        text
        for title, text in shown_as(read_draft(draft), office.case.kind)
        if "征求意见书" in title
    ] == [
        "采纳：有关的部分不公开",
        "不采纳：决定公开，签发时书面告知这一方",
    ]
    sign_all(office, draft, on=date(2024, 3, 12))
    assert [code for code, _, _ in kept()] == ["D12", "D09"]
    letter = IssuedLetter.objects.get(code="D09")
    assert (letter.subject_uid, OTHER in said(letter), MATTER in said(letter)) == (
        asked.uid,
        True,
        False,
    )


def test_a_single_objection_is_followed_by_what_is_held_back_for_it(office: Office) -> None:
    """条例第三十二条：只征求过一个第三方，为它不公开一部分，就是采纳它的意见：不问，也不另行告知。"""
    objected(office)
    sign_all(office, severed(office), on=date(2024, 3, 12))
    assert [code for code, _, _ in kept()] == ["D12"]


def test_a_draft_asks_about_each_objection_and_not_why_nobody_was_asked(office: Office) -> None:
    """条例第三十二条：征求过的，拟稿页不问为什么没有征求；没有征求的才问。各份意见采纳与否分别选。"""
    page = f"/desk/case/{office.case.url_key}/step/draft/?outcome=partial&refused_as=refused_third_party"

    client = desk(office.officer)

    def asked_for() -> list[str]:
        fields = client.get(page).context["form"].fields
        return [
            name for name in fields if name.startswith(("opinion_of_", "third_party", "public"))
        ]

    assert asked_for() == ["third_party_not_asked"]
    objected(office)
    assert asked_for() == []
    second = asks(office, Kind.THIRD_PARTY, OTHER)
    consulting.record_opinion(
        second, consents=True, text="", on=date(2024, 3, 11), by=office.officer
    )
    assert asked_for() == ["opinion_of_1", "public_interest"]


def test_an_opinion_in_an_old_register_is_an_opinion(office: Office) -> None:
    """条例第三十二条：补录的征求意见只有事件没有记录，最后一遍审读照样认得，不说没有征求。"""
    case, by = office.case, office.officer
    actions.ask_opinion(case, whom=Kind.THIRD_PARTY, on=DAY, received_on=DAY, by=by)
    actions.record_opinion(case, on=date(2024, 3, 11), consents=False, by=by)
    draft = Draft("partial", SEVERED, ("refused_third_party",))
    known = facts_of(case, date(2024, 3, 12))
    preview = preview_of(known, draft)
    facts = drafted_facts(known, draft)
    assert preview is not None
    assert ([one.code for one in preview.defects], facts.opinion) == (
        [],
        Opinion(asked_on=DAY, answer="不同意公开"),
    )
