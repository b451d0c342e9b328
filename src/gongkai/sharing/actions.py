"""Sending in, using, declining; passing on, answering."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import name_of
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.channels.actions import note_unit_showing
from gongkai.channels.models import Channel
from gongkai.channels.refusal import ShowingRefused
from gongkai.documents.actions import Draft, open_draft
from gongkai.documents.canonical import GONE
from gongkai.documents.intake import clean_body
from gongkai.documents.models import Disclosure, Document, Edition, Kind
from gongkai.inbox.actions import notify
from gongkai.people.models import Person
from gongkai.publication.models import Publication
from gongkai.sharing.models import Delivery, Offer, Push
from gongkai.sharing.queries import receivers, writers_of
from gongkai.sharing.refusal import SharingRefused
from gongkai.sharing.rules import OFFICE, SENDERS, is_office, may_offer, may_write
from gongkai.text.body.visible import visible_text
from gongkai.text.canonical import Plain

_LONGEST = 300


@transaction.atomic
def send_offer(edition: Edition, *, note: str = "", by: Person) -> Offer:
    """Send the text of *edition*, a draft or not, to the county office as it is now (信息报送)."""
    agency = edition.document.agency
    authorise(by, lambda one: may_offer(one, agency), step="报送信息", whose=SENDERS)
    if edition.document.disclosure != Disclosure.PUBLIC:
        raise SharingRefused(
            "只有主动公开的信息可以报送；公开属性不同的，请先重新评估（条例第十八条）。"
        )
    if edition.discarded_at is not None:
        raise SharingRefused("这一稿已经作废，不能报送。")
    content = edition.content
    if not visible_text(clean_body(content.text)).strip():
        raise SharingRefused("正文还是空的，写好以后再报送。")
    offer = Offer(
        edition=edition,
        agency=agency,
        title=content.title,
        body=clean_body(content.text),
        note=note.strip()[:_LONGEST],
        by_person=by,
        at=clock.now(),
    )
    offer.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            offer.save(force_insert=True)
    except IntegrityError as again:
        raise SharingRefused("这一版已经报送，还在等待办理；改了内容的请先撤回再报送。") from again
    _told_of_offer("offer.sent", offer, by)
    return offer


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: Person) -> Offer:
    """Take a piece back that nobody has handled yet."""
    agency = offer.agency
    authorise(by, lambda one: may_write(one, agency), step="撤回报送", whose=SENDERS)
    _move(offer, Offer.State.WITHDRAWN, by)
    _told_of_offer("offer.withdrawn", offer, by)
    return offer


@transaction.atomic
def adopt_offer(offer: Offer, *, into: Agency, part: str = "", by: Person) -> Offer:
    """Make a draft of *into*, the office's own agency, of the whole piece or of *part* of it, naming its source.

    *part* has to be words of the piece. Raises :class:`SharingRefused`, ``RoleRefused``.
    """
    authorise(by, is_office, step="采用报送的信息", whose=OFFICE)
    text = _quoted(offer, part) if part.strip() else offer.body
    state = Offer.State.QUOTED if part.strip() else Offer.State.ADOPTED
    source = name_of(offer.agency, clock.today()).name
    draft = Draft(Kind.NEWS, offer.title, text, fields={"source": source})
    document = open_draft(into, draft, by=by).document
    _move(offer, state, by, used_in=document)
    _tell_sender(offer, by)
    _told_of_offer(f"offer.{state.value}", offer, by)
    return offer


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str, by: Person) -> Offer:
    """Say why a piece is not used: the unit learns from it."""
    authorise(by, is_office, step="办理报送的信息", whose=OFFICE)
    _move(offer, Offer.State.DECLINED, by, reason=_reason(reason))
    _tell_sender(offer, by)
    _told_of_offer("offer.declined", offer, by)
    return offer


@transaction.atomic
def push_item(
    document: Document, agencies: Sequence[Agency], *, note: str = "", by: Person
) -> Push:
    """Ask *agencies* to carry what is public of *document* (同频共振). Each answers for itself."""
    authorise(by, is_office, step="推送信息", whose=OFFICE)
    live = (
        Publication.objects.filter(document=document, live=True).select_related("edition").first()
    )
    if live is None:
        raise SharingRefused("只有正在公开的信息可以推送，请先发布。")
    allowed = {one.pk for one in receivers()}
    if not agencies or any(one.pk not in allowed for one in agencies):
        raise SharingRefused("请选择要推送的单位；已撤销的机关不能再接收。")
    push = Push(edition=live.edition, note=note.strip()[:_LONGEST], by_person=by, at=clock.now())
    push.full_clean()
    push.save(force_insert=True)
    Delivery.objects.bulk_create([Delivery(push=push, agency=one) for one in agencies])
    for agency in agencies:
        notify(
            writers_of([agency]),
            kind="push.sent",
            title="县里推送了信息，请答复",
            body=f"索引号 {document.index_no}，请登录后看内容并答复转载或者不转。",
            address=reverse("sharing"),
            agency=agency,
            by=by,
        )
    payload: dict[str, Plain] = {
        "n": live.edition.n,
        "agencies": sorted(one.code for one in agencies),
    }
    _record("push.sent", document.agency, f"push:{push.uid}", payload, by)
    return push


@transaction.atomic
def relay_delivery(delivery: Delivery, *, address: str, by: Person) -> Delivery:
    """Accept: a 转载 draft of the unit, with source, the original's *address* and the hour its clock runs from."""
    _authorise_answer(delivery, by)
    edition = delivery.push.edition
    live = Publication.objects.filter(edition=edition, live=True).select_related("document").first()
    if live is None:
        raise SharingRefused("这条信息已经撤下或者有了新版本，不能再转载；请联系县政府办公室。")
    fields: dict[str, Plain] = {
        "source": name_of(live.document.agency, clock.today()).name,
        "source_url": address,
        "source_published_at": clock.in_shanghai(live.published_at).isoformat(timespec="minutes"),
    }
    content = edition.content
    draft = Draft(Kind.RELAY, content.title, content.text, fields=fields)
    document = open_draft(delivery.agency, draft, by=by).document
    _answer(delivery, Delivery.State.RELAYED, by, draft=document)
    return delivery


@transaction.atomic
def show_delivery(delivery: Delivery, *, channel: Channel, place: str, by: Person) -> Delivery:
    """Accept: it was shown on a channel of the unit's own. That is a showing of the edition, once."""
    _authorise_answer(delivery, by)
    if not place.strip():
        raise SharingRefused("请写明在哪里发布的：账号、公告栏或者媒体的名称。")
    place = place.strip()[:120]
    try:
        with transaction.atomic():
            showing = note_unit_showing(
                delivery.push.edition, channel=channel, place=place, unit=delivery.agency, by=by
            )
            told = {"channel": channel, "place": place, "showing": showing}
            _answer(delivery, Delivery.State.SHOWN, by, **told)
    except ShowingRefused as refused:
        raise SharingRefused(str(refused)) from refused
    return delivery


@transaction.atomic
def decline_delivery(delivery: Delivery, *, reason: str, by: Person) -> Delivery:
    """Say why the unit does not carry it."""
    _authorise_answer(delivery, by)
    _answer(delivery, Delivery.State.DECLINED, by, reason=_reason(reason))
    return delivery


@transaction.atomic
def forget_offers(document: Document) -> None:
    """Forget what was sent in of *document*, which is being destroyed; who sent it, when and its outcome stay."""
    Offer.objects.filter(edition__document=document).update(title=GONE, body="", note="")


def _quoted(offer: Offer, part: str) -> str:
    def close(text: str) -> str:
        return "".join(text.split())

    if close(part) not in close(visible_text(offer.body)):
        raise SharingRefused("摘的文字和报送的原文不同。请从原文里复制，改写放到起草时做。")
    return part


def _move(offer: Offer, state: Offer.State, by: Person, **more: object) -> None:
    """The conditional UPDATE tells who came first."""
    mine = Offer.objects.filter(pk=offer.pk, state=Offer.State.SENT)
    if not mine.update(state=state, handled_by=by, handled_at=clock.now(), **more):
        raise SharingRefused("这条报送刚刚由同事办理或者撤回，请刷新后查看。")
    offer.refresh_from_db()


def _answer(delivery: Delivery, state: Delivery.State, by: Person, **more: object) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
    if not mine.update(state=state, answered_by=by, answered_at=clock.now(), **more):
        raise SharingRefused("本单位已经答复过这条推送，请刷新后查看。")
    delivery.refresh_from_db()
    payload: dict[str, Plain] = {"state": state.value}
    _record("push.answered", delivery.agency, f"delivery:{delivery.uid}", payload, by)


def _authorise_answer(delivery: Delivery, by: Person) -> None:
    agency = delivery.agency
    authorise(by, lambda one: may_write(one, agency), step="答复推送", whose=SENDERS)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise SharingRefused("必须写明理由，对方要看。")
    return reason.strip()[:_LONGEST]


def _tell_sender(offer: Offer, by: Person) -> None:
    notify(
        [offer.by_person],
        kind="offer.handled",
        title="报送的信息已办理",
        body=f"索引号 {offer.edition.document.index_no}：{offer.get_state_display()}。",
        address=reverse("sharing-offer", args=[offer.uid]),
        agency=offer.agency,
        by=by,
    )


def _told_of_offer(kind: str, offer: Offer, by: Person) -> None:
    payload: dict[str, Plain] = {"n": offer.edition.n, "sha256": offer.edition.sha256}
    _record(kind, offer.agency, f"offer:{offer.uid}", payload, by)


def _record(kind: str, agency: Agency, subject: str, payload: dict[str, Plain], by: Person) -> None:
    record(kind, stream=agency.code, subject=subject, payload=payload, by=by)
