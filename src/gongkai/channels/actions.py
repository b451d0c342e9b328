"""Recording where an approved text was shown, and dealing with what was not the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.channels.likeness import differing
from gongkai.channels.models import Audience, Channel, PolicyEvent, Settlement, Showing
from gongkai.channels.queries import approved_edition
from gongkai.channels.refusal import ShowingRefused
from gongkai.channels.rules import RECORDERS, may_record
from gongkai.documents import blobs
from gongkai.documents.intake import FileRefused, Inspected, inspect_file
from gongkai.documents.models import Blob, Document, Edition
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

MOST_TEXT = 400_000
MOST_PHOTO = 20_000_000
_WITH_TEXT = (Channel.WECHAT, Channel.WEIBO, Channel.PRESS)


@dataclass(frozen=True)
class Photo:
    """A file as a form brought it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class _StoredPhoto:
    """A photo that lies on the disk already."""

    stored: blobs.Stored
    found: Inspected


@dataclass(frozen=True)
class Gathering:
    """What is told of a 政策宣讲 beside day and place."""

    title: str
    audience: int
    kinds: Sequence[Audience]


@dataclass(frozen=True)
class Shown:
    """Where and when; *place*: the board, the hall, the account or the paper."""

    channel: Channel
    place: str
    from_on: date
    to_on: date | None = None
    address: str = ""
    text: str = ""
    gathering: Gathering | None = None


def record_showing(
    documents: Sequence[Document], shown: Shown, *, photo: Photo | None = None, by: Person
) -> list[Showing]:
    """Record that *documents* were shown: several only at one 政策宣讲.

    Each row points at the edition that is approved now; a pasted text is compared with it at once. The photo lies on
    the disk before the transaction begins. Raises :class:`ShowingRefused`, ``RoleRefused``.
    """
    for document in documents:
        _authorise(document, "登记发布渠道", by)
    _refuse_unfit(documents, shown)
    return _enter(documents, shown, _stored(photo) if photo else None, by)


@transaction.atomic
def _enter(
    documents: Sequence[Document], shown: Shown, photo: _StoredPhoto | None, by: Person
) -> list[Showing]:
    event = _event(shown.gathering) if shown.gathering else None
    blob = _blob(photo) if photo else None
    rows = []
    for document in documents:
        edition = _approved(document)
        text = shown.text.strip() if shown.channel in _WITH_TEXT else ""
        row = Showing(
            edition=edition,
            channel=shown.channel,
            place=shown.place.strip(),
            from_on=shown.from_on,
            to_on=shown.to_on,
            address=shown.address,
            text=text,
            differences=len(differing(edition.content, text)) if text else None,
            photo=blob,
            photo_name=photo.found.name if photo else "",
            event=event,
            by_person=by,
            at=clock.now(),
        )
        rows.append(_kept(row))
    for row in rows:
        _told("channel.shown", row, {"differences": row.differences}, by)
    return rows


@transaction.atomic
def note_unit_showing(
    edition: Edition, *, channel: Channel, place: str, unit: Agency, by: Person
) -> Showing:
    """Record that *unit* showed another agency's approved *edition* on a channel of its own, today.

    The unit answers for its channel, and sees the text because it was passed on. Raises :class:`ShowingRefused`,
    ``RoleRefused``.
    """
    authorise(by, lambda one: may_record(one, unit), step="登记发布渠道", whose=RECORDERS)
    if channel is Channel.EVENT:
        raise ShowingRefused("政策宣讲要写人数和听众，请由文件所属机关登记。")
    row = Showing(
        edition=edition,
        channel=channel,
        place=place.strip(),
        unit=unit,
        from_on=clock.today(),
        by_person=by,
        at=clock.now(),
    )
    _told("channel.shown", _kept(row), {"unit": unit.code}, by)
    return row


@transaction.atomic
def settle_finding(showing: Showing, *, settlement: Settlement, why: str, by: Person) -> Showing:
    """Say what became of a text that differs. Raises :class:`ShowingRefused`, ``RoleRefused``."""
    _authorise(showing.edition.document, "处理不一致", by)
    why = _reason(why, "处理须写明说明：和原文不同在哪里，为什么这样处理。")
    mine = Showing.objects.filter(pk=showing.pk, differences__gt=0, settlement="", struck_at=None)
    if not mine.update(
        settlement=settlement, settled_why=why, settled_by=by, settled_at=clock.now()
    ):
        raise ShowingRefused("这一条没有待处理的不一致，或者同事刚刚处理过，请刷新后查看。")
    showing.refresh_from_db()
    _told("channel.settled", showing, {"settlement": str(settlement)}, by)
    return showing


@transaction.atomic
def end_showing(showing: Showing, *, on: date, by: Person) -> Showing:
    """Say on which day it was last shown: a notice that was taken off the board."""
    _authorise(showing.edition.document, "登记撤下", by)
    if on < showing.from_on or on > clock.today():
        raise ShowingRefused("结束日期应当在起始日期之后、今天之前（含当天），请核对。")
    if not Showing.objects.filter(pk=showing.pk, to_on=None, struck_at=None).update(to_on=on):
        raise ShowingRefused("这一条已经登记过结束日期或者已经注销，请刷新后查看。")
    showing.refresh_from_db()
    _told("channel.ended", showing, {"on": on.isoformat()}, by)
    return showing


@transaction.atomic
def strike_showing(showing: Showing, *, why: str, by: Person) -> Showing:
    """Strike a row that was entered by mistake. It stays and says why."""
    _authorise(showing.edition.document, "注销误登", by)
    why = _reason(why, "注销须写明理由，记录留着。")
    mine = Showing.objects.filter(pk=showing.pk, struck_at=None)
    if not mine.update(struck_why=why, struck_at=clock.now()):
        raise ShowingRefused("这一条已经注销，请刷新后查看。")
    showing.refresh_from_db()
    _told("channel.struck", showing, {}, by)
    return showing


@transaction.atomic
def forget_texts(document: Document) -> None:
    """Forget what other channels said in the words of *document*, which is being destroyed; where and when stay.

    A photo that shows it goes with the files of the document, unless it was taken of others as well.
    """
    Showing.objects.filter(edition__document=document).update(text="", photo_name="")


def _refuse_unfit(documents: Sequence[Document], shown: Shown) -> None:
    if shown.from_on > clock.today():
        raise ShowingRefused("日期在今天之后；发布以后再登记。")
    if shown.channel is not Channel.EVENT and len(documents) != 1:
        raise ShowingRefused("只有政策宣讲可以一次登记几份文件，其他渠道请逐件登记。")
    if (shown.channel is Channel.EVENT) is (shown.gathering is None):
        raise ShowingRefused("政策宣讲要写明名称、人数和听众，其他渠道不写。")
    if len(shown.text) > MOST_TEXT:
        raise ShowingRefused(f"粘贴的文字超过 {MOST_TEXT} 个字，请核对是不是粘贴多了。")


def _approved(document: Document) -> Edition:
    edition = approved_edition(document)
    if edition is None:
        raise ShowingRefused(
            f"{document.index_no} 还没有通过审核的版本，不能在任何渠道发布（先审查、后公开，条例第十七条）。"
        )
    edition.document = document
    return edition


def _stored(photo: Photo) -> _StoredPhoto:
    if len(photo.data) > MOST_PHOTO:
        raise ShowingRefused(f"照片超过 {MOST_PHOTO // 1_000_000} MB，请缩小后再上传。")
    try:
        found = inspect_file(photo.name, photo.data)
        if not found.is_image:
            raise ShowingRefused("照片只收 PNG、JPEG、GIF、WebP 图片。")
        return _StoredPhoto(blobs.store([photo.data]), found)
    except FileRefused as refused:
        raise ShowingRefused(str(refused)) from refused
    except OSError as full:
        raise ShowingRefused(
            f"照片没有存下（{full.strerror}），没有登记。请告诉系统管理员检查磁盘。"
        ) from full


def _blob(photo: _StoredPhoto) -> Blob:
    defaults = {"size": photo.stored.size, "kind": photo.found.kind}
    return Blob.objects.get_or_create(sha256=photo.stored.sha256, defaults=defaults)[0]


def _event(told: Gathering) -> PolicyEvent:
    event = PolicyEvent(
        title=told.title.strip(),
        audience=told.audience,
        kinds=",".join(one.value for one in told.kinds),
    )
    event.full_clean()
    event.save(force_insert=True)
    return event


def _kept(row: Showing) -> Showing:
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise ShowingRefused("".join(wrong.messages)) from wrong
    row.save(force_insert=True)
    return row


def _authorise(document: Document, step: str, by: Person) -> None:
    agency = document.agency
    authorise(by, lambda standing: may_record(standing, agency), step=step, whose=RECORDERS)


def _reason(why: str, refusal: str) -> str:
    if not why.strip():
        raise ShowingRefused(refusal)
    return why.strip()[:300]


def _told(kind: str, row: Showing, more: dict[str, Plain], by: Person) -> None:
    edition = row.edition
    payload: dict[str, Plain] = {
        "channel": str(row.channel),
        "n": edition.n,
        "sha256": edition.sha256,
        **more,
    }
    subject = f"document:{edition.document.uid}"
    record(kind, stream=edition.document.agency.code, subject=subject, payload=payload, by=by)
