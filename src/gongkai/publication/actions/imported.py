"""Making editions public, here under a recorded waiver for what was published before this ledger began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.publication.actions.finding import let_find_all
from gongkai.publication.actions.listing import place
from gongkai.publication.actions.pages import ask_touched
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Publication
from gongkai.publication.queries import unlisted
from gongkai.review.models import Waiver
from gongkai.text.canonical import Plain


@transaction.atomic
def publish_imported(
    waivers: Sequence[Waiver], *, at: Sequence[datetime], agency: Agency, by: Person
) -> list[Publication]:
    """Enter publications that took place elsewhere at the instants *at*, one for each of *waivers*.

    They stand in no list yet: :func:`list_imported` gives places by date once all agencies are in.

    Raises ``PublicationRefused`` when an edition is not closed or its document is not 主动公开.
    """
    for waiver in waivers:
        _refuse_unfit(waiver, agency)
    publications = [
        Publication(
            document=waiver.edition.document,
            edition=waiver.edition,
            published_at=instant,
            seq=1,
            live=True,
            waiver=waiver,
        )
        for waiver, instant in zip(waivers, at, strict=True)
    ]
    Publication.objects.bulk_create(publications, batch_size=500)
    let_find_all(publications)
    payload: dict[str, Plain] = {"count": len(publications), "waiver": "imported"}
    record(
        "publications.imported",
        stream=agency.code,
        subject=f"agency:{agency.uid}",
        payload=payload,
        by=by,
    )
    return publications


def _refuse_unfit(waiver: Waiver, agency: Agency) -> None:
    edition = waiver.edition
    if edition.document.agency_id != agency.pk:
        raise PublicationRefused(f"《{edition.title}》不是这个机关的文档，请按机关分批补录。")
    if edition.closed_at is None:
        raise PublicationRefused(
            f"《{edition.title}》的版本尚未封存，不能发布；请先送审封存（不变量一）。"
        )
    if edition.document.disclosure != "public":
        raise PublicationRefused(
            f"《{edition.title}》的公开属性是“{edition.document.get_disclosure_display()}”，不能主动公开。"
        )


@transaction.atomic
def list_imported() -> int:
    """Give what was imported its places in the public lists, the oldest first; make its pages due.

    Returns how many documents were placed. Places are for ever: import all agencies first.
    """
    publications = list(unlisted())
    place(publications)
    ask_touched(publications)
    return len(publications)
