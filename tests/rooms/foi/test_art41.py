"""A request to correct a record is drafted in its own words (条例第四十一条)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from gongkai.audit import clock
from gongkai.foi.actions import Arrival, CaseRefused, decide, register_case
from gongkai.foi.art41 import ENDS
from gongkai.foi.handling.actions import signing
from gongkai.foi.handling.drafts import Draft
from gongkai.foi.handling.queries import written
from gongkai.foi.identity import Identity
from gongkai.foi.models import Case, CaseKind
from gongkai.foi.resembling.precedents import precedents
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.receipt import Channel, ReceiptFacts
from tests.rooms.cast import Cast
from tests.rooms.foi.conftest import equip, request_of
from tests.rooms.foi.test_looks import desk
from tests.rooms.portal.static_root import make_static_root


@pytest.fixture
def correction(cast: Cast) -> Case:
    make_static_root()
    equip(cast)
    day = clock.today() - timedelta(days=3)
    arrival = Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=day), clock.start_of(day))
    who = Identity("试验申请人", "000000198001010015", "试验地址")
    return register_case(
        cast.county,
        applicant=who,
        klass="nat",
        arrival=arrival,
        kind=CaseKind.CORRECTION,
        words="台账里本人的承包面积",
        by=cast.wang,
    )


def labels(page: str) -> list[str]:
    return re.findall(r'<label for="id_\w+">([^<]+)', page)


def test_its_page_offers_what_article_41_knows_and_asks_for_that_alone(
    cast: Cast, correction: Case
) -> None:
    """第四十一条：更正、不予更正、转送；没有“部分公开”，填写的是更正了什么和理由。"""
    client, page = desk(cast.wang), f"/desk/case/{correction.url_key}/step/draft/"
    first = client.get(page).content.decode()
    assert dict(re.findall(r'<option value="(\w+)">([^<]+)</option>', first)) == dict(ENDS)
    assert "refused_as" not in first
    asked = {
        outcome: labels(client.get(page, {"outcome": outcome}).content.decode())
        for outcome in ("granted", "other", "not_responsible")
    }
    assert asked == {
        "granted": ["更正了什么", "理由", "送达方式"],
        "other": ["理由", "送达方式"],
        "not_responsible": ["转送给哪个机关", "那个机关的联系方式", "理由", "送达方式"],
    }


def test_a_record_is_not_refused_as_a_secret(cast: Cast, correction: Case) -> None:
    """第四十一条：更正申请不以不予公开等结果办结，说明可以选哪些；写着的稿子用自己的说法。"""
    with pytest.raises(CaseRefused) as refused:
        signing.draft_reply(
            correction,
            result="refused_secret",
            facts={"ground": "涉及秘密"},
            on=clock.today(),
            by=cast.wang,
        )
    assert str(refused.value) == (
        "更正申请不能以“不予公开：国家秘密”办结（条例第四十一条）；"
        f"可以选：{'、'.join(ENDS.values())}。"
    )
    made = Draft("granted", {"material": "三亩改为三点五亩", "reasons": "属实"})
    assert (written(made, CaseKind.CORRECTION), written(made, CaseKind.REQUEST)[0]) == (
        [("处理结果", "更正"), ("更正了什么", "三亩改为三点五亩"), ("理由", "属实")],
        ("处理结果", OUTCOMES["granted"].title),
    )


def test_a_correction_has_no_precedent_among_requests(cast: Cast, correction: Case) -> None:
    """第四十一条：同样叫“予以公开”的结果，更正只看更正的先例，公开只看公开的，各用各的说法。"""
    today = clock.today()
    answered, other = (
        request_of(cast.county, cast.wang, on=today - timedelta(days=3)) for _ in range(2)
    )
    decide(answered, result="granted", on=today, facts={"material": "一份"}, by=cast.wang)
    assert [one.case for one in precedents(other, "granted")] == [answered]
    assert precedents(correction, "granted") == []
    decide(correction, result="granted", on=today, facts={"material": "改了"}, by=cast.wang)
    assert [one.case for one in precedents(other, "granted")] == [answered]
