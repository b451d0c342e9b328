"""信息报送 and 同频共振: both sides see the same, each unit only its own, every answer once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.channels.models import Channel, Showing
from gongkai.channels.queries import shown_where
from gongkai.desk.todo import collected
from gongkai.documents.actions import close_edition, save_draft
from gongkai.documents.models import Document, Kind
from gongkai.documents.queries import open_edition, relay_due
from gongkai.inbox.models import Notification
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from gongkai.sharing.actions import (
    adopt_offer,
    decline_delivery,
    decline_offer,
    push_item,
    relay_delivery,
    send_offer,
    show_delivery,
    withdraw_offer,
)
from gongkai.sharing.models import Delivery, Offer
from gongkai.sharing.queries import (
    answer_due,
    overdue,
    tallies,
    visible_deliveries,
    visible_offers,
)
from gongkai.sharing.refusal import SharingRefused
from tests.rooms.cast import Cast, items
from tests.rooms.documents.drafts import draft, withheld
from tests.rooms.publication.approving import publish
from tests.rooms.walk.world import signed_in

ADDRESS = "https://x.example/n/2024/abcdefgh/"


def pushed(cast: Cast) -> list[Delivery]:
    """Pass a published notice on to the two bureaus; grain's comes first."""
    document = publish(cast, "防汛通知")[0].document
    push_item(document, [cast.grain, cast.lakes], note="请同步", by=cast.li)
    return list(Delivery.objects.order_by("agency__code"))


def seen_by(person: Person) -> tuple[int, int]:
    standing = standing_on(person, clock.today())
    return visible_offers(standing).count(), visible_deliveries(standing).count()


def test_a_piece_is_adopted_as_it_was_sent(cast: Cast) -> None:
    """采用：县办的草稿写明来源；报送后又改的草稿不影响；同一件只能采用一次，报送人收到消息。"""
    edition = draft(cast)
    offer = send_offer(edition, by=cast.chen)
    with pytest.raises(SharingRefused, match="还在等待办理"):
        send_offer(edition, by=cast.chen)
    save_draft(edition, title="改了", text="改了。", fields={}, expecting=1, by=cast.chen)
    adopt_offer(offer, into=cast.office, by=cast.li)
    made = Document.objects.get(agency=cast.office)
    text = made.editions.get().content
    assert (made.kind, text.title, text.text) == (
        Kind.NEWS,
        "关于开仓的通知",
        "<p>关于开仓的通知正文。</p>",
    )
    assert text.fields["source"] == "示例县粮食局"
    assert Notification.objects.get(person=cast.chen).title == "报送的信息已办理"
    with pytest.raises(SharingRefused, match="刚刚由同事办理"):
        decline_offer(offer, reason="重复", by=cast.li)


def test_a_part_is_used_word_for_word(cast: Cast) -> None:
    """部分采用：摘的必须是原文里的字；不采用要写理由；撤回的和不公开的不报。"""
    offer = send_offer(draft(cast), by=cast.chen)
    with pytest.raises(SharingRefused, match="和报送的原文不同"):
        adopt_offer(offer, into=cast.office, part="关于关仓", by=cast.li)
    adopt_offer(offer, into=cast.office, part="关于开仓的", by=cast.li)
    assert offer.state == Offer.State.QUOTED
    other = send_offer(draft(cast, "另一件"), by=cast.chen)
    with pytest.raises(SharingRefused, match="必须写明理由"):
        decline_offer(other, reason=" ", by=cast.li)
    withdraw_offer(other, by=cast.chen)
    with pytest.raises(SharingRefused, match="只有主动公开"):
        send_offer(withheld(cast), by=cast.chen)
    with pytest.raises(RoleRefused):
        adopt_offer(other, into=cast.grain, by=cast.chen)


def test_counts_are_what_was_sent(cast: Cast) -> None:
    """统计：报送、采用、部分采用、未采用按单位和月份计，撤回的不计；外局看不到。"""
    offers = [
        send_offer(one, by=cast.chen) for one in items(cast, "甲", "乙", "丙", "丁", closed_at=None)
    ]
    adopt_offer(offers[0], into=cast.office, by=cast.li)
    adopt_offer(offers[1], into=cast.office, part="乙正文", by=cast.li)
    decline_offer(offers[2], reason="已有同类信息", by=cast.li)
    withdraw_offer(offers[3], by=cast.chen)
    today = clock.today()
    for person in (cast.li, cast.chen):
        (one,) = tallies(standing_on(person, today), today.year)
        assert (one.sent, one.adopted, one.quoted, one.declined) == (3, 1, 1, 1)
        assert one.by_month[today.month - 1] == 3
    assert tallies(standing_on(cast.sun, today), today.year) == []


def test_each_unit_answers_for_itself_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """推送：转载稿的来源、网址、发布时间已填好，时限从原文发布起算；答复一次为止；过时限的看得出。"""
    ours, theirs = pushed(cast)
    assert {row.person for row in Notification.objects.filter(kind="push.sent")} == {
        cast.chen,
        cast.sun,
    }
    with pytest.raises(RoleRefused):
        relay_delivery(theirs, address=ADDRESS, by=cast.chen)
    relay_delivery(ours, address=ADDRESS, by=cast.chen)
    assert ours.draft is not None
    edition = open_edition(ours.draft)
    assert edition is not None
    rules = rules_on(clock.today())
    published = ours.push.edition.publication.published_at
    assert relay_due(edition, rules) == published + timedelta(hours=24)
    close_edition(edition, by=cast.chen)  # 转载要填的都已填好
    with pytest.raises(SharingRefused, match="已经答复过"):
        show_delivery(ours, channel=Channel.WECHAT, place="公众号", by=cast.chen)
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert list(overdue(Delivery.objects.all(), rules)) == [theirs]
    decline_delivery(theirs, reason="与本局无关", by=cast.sun)
    assert list(overdue(Delivery.objects.all(), rules)) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.all().delete()


def test_what_a_unit_showed_is_a_showing_and_counts_once(cast: Cast) -> None:
    """单位答复已在自己的渠道发布：就是那一版的一条渠道记录，只记一次；宣讲要另行登记，登记不成就没有答复。"""
    ours, _ = pushed(cast)
    with pytest.raises(SharingRefused, match="政策宣讲"):
        show_delivery(ours, channel=Channel.EVENT, place="礼堂", by=cast.chen)
    ours.refresh_from_db()
    assert (ours.state, Showing.objects.count()) == (Delivery.State.WAITING, 0)
    show_delivery(ours, channel=Channel.WECHAT, place="示例粮食", by=cast.chen)
    with pytest.raises(SharingRefused, match="已经答复过"):
        show_delivery(ours, channel=Channel.WECHAT, place="示例粮食", by=cast.chen)
    (one,) = Showing.objects.all()
    assert (one.edition, one.unit, one.place, one.from_on, one.delivery) == (
        *(ours.push.edition, cast.grain, "示例粮食", clock.today(), ours),
    )
    assert list(shown_where(ours.push.edition.document)) == [one]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"everybody": "on"}, ["T00000003", "T00000004"]),
        ({"bureau": ["every"]}, ["T00000003", "T00000004"]),
        ({"bureau": ["T00000004"]}, ["T00000004"]),
        ({"bureau": []}, []),
        ({"bureau": ["T00000001"]}, []),
    ],
)
def test_all_units_are_asked_with_one_box(
    cast: Cast, typed: dict[str, object], asked: list[str]
) -> None:
    """推送：全部、一类、逐个，都只勾框，不用脚本；一个都没有勾的、不能接收的，不推送。"""
    document = publish(cast, "防汛通知")[0].document
    client, address = signed_in(cast.li), f"/desk/sharing/push/{document.url_key}/"
    answer = client.post(address, typed)
    found = Delivery.objects.order_by("agency__code").values_list("agency__code", flat=True)
    assert (answer.status_code, list(found)) == (302 if asked else 200, asked)


def test_what_waits_is_in_the_to_do_of_whoever_answers(cast: Cast) -> None:
    """报送的列在县办的待办里，推送的按时限列在各单位的待办里；办理、答复以后都没有了。"""

    def lines(person: Person) -> list[tuple[str, str, date | None]]:
        on = clock.today()
        found = collected(standing_on(person, on), rules_on(on))
        return [(one.what, one.address, one.due) for one in found if "/sharing/" in one.address]

    offer = send_offer(draft(cast, "开仓侧记"), by=cast.chen)
    ours, theirs = pushed(cast)
    due = clock.legal_date(answer_due(ours, rules_on(clock.today())))
    where = "/desk/sharing/"
    what = "县里推送的信息：防汛通知"
    assert [lines(one) for one in (cast.li, cast.chen, cast.sun)] == [
        [("单位报送的信息：开仓侧记", f"{where}offers/{offer.uid}/", None)],
        [(what, f"{where}deliveries/{ours.uid}/", due)],
        [(what, f"{where}deliveries/{theirs.uid}/", due)],
    ]
    decline_offer(offer, reason="已有同类信息", by=cast.li)
    decline_delivery(ours, reason="与本局无关", by=cast.chen)
    assert [lines(one) for one in (cast.li, cast.chen)] == [[], []]


def test_both_sides_see_it_and_nobody_else(cast: Cast) -> None:
    """不变量四：报送和推送，县办看得到全部，各单位只看得到自己的；别人的地址都是 404。"""
    offer = send_offer(draft(cast), by=cast.chen)
    ours, theirs = pushed(cast)
    assert [seen_by(one) for one in (cast.li, cast.chen, cast.sun)] == [(1, 2), (1, 1), (0, 1)]
    addresses = [
        f"/desk/sharing/offers/{offer.uid}/",
        f"/desk/sharing/deliveries/{ours.uid}/",
        f"/desk/sharing/deliveries/{theirs.uid}/",
    ]
    office, chen, sun = signed_in(cast.li), signed_in(cast.chen), signed_in(cast.sun)
    for client, statuses in (
        (office, [200, 200, 200]),
        (chen, [200, 200, 404]),
        (sun, [404, 404, 200]),
    ):
        assert [client.get(one).status_code for one in addresses] == statuses
    assert office.post(f"{addresses[0]}adopt/").status_code == 302
    assert office.post(f"{addresses[0]}decline/", {"reason": "重复"}).status_code == 409
    assert "采用和部分采用" in office.get("/desk/sharing/tally/").content.decode()
    sent = {"channel": "board", "place": "大厅公告栏"}
    assert chen.post(f"{addresses[1]}show/", sent).status_code == 302
    (showing,) = Showing.objects.all()
    where = f"/desk/channels/{showing.uid}/"
    for client in (office, chen):
        assert f'href="{where}"' in client.get(addresses[1]).text
        assert f'href="{addresses[1]}"' in client.get(where).text
    assert sun.get(where).status_code == 404
    assert (
        "推送给"
        in office.get(f"/desk/sharing/push/{ours.push.edition.document.url_key}/").content.decode()
    )
