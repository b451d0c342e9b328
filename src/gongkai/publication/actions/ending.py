"""Taking a publication away: first from the disk, then from the ledger; the address says why for ever."""

from __future__ import annotations

import logging

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.publication.actions.finding import let_find_no_more
from gongkai.publication.actions.pages import Written, ask_touched, take_away
from gongkai.publication.actions.publishing import own_pages, show_once_committed
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Ending, EndingKind, Publication
from gongkai.publication.pages import kinds
from gongkai.publication.rules import WITHDRAWERS, may_withdraw, withdrawn_for
from gongkai.text.canonical import Plain

logger = logging.getLogger(__name__)


def withdraw(publication: Publication, *, reason: str, by: Person) -> Ending:
    """End *publication* (撤下): its text leaves the site, its address stays and gives *reason* and the day.

    Raises :class:`PublicationRefused`, and ``RoleRefused`` for somebody who may not.
    """
    try:
        return _withdraw(publication, reason=reason, by=by)
    except (PublicationRefused, RoleRefused):
        raise
    except Exception:
        # The file went first. The ledger did not follow: the page has to come back.
        ask_touched([publication])
        raise


@transaction.atomic
def _withdraw(publication: Publication, *, reason: str, by: Person) -> Ending:
    agency = publication.document.agency
    authorise(
        by,
        lambda standing: may_withdraw(standing, agency),
        step="撤下已公开的信息",
        whose=WITHDRAWERS,
    )
    if not reason.strip():
        raise PublicationRefused("撤下必须写明理由：理由会显示在原网址上，公众看得到。")
    if not Publication.objects.filter(pk=publication.pk, live=True).update(live=None):
        raise PublicationRefused("这一版已经不在线（已撤下或者已有新版本），请刷新后查看。")
    ending = Ending(
        publication=publication,
        kind=EndingKind.WITHDRAWN,
        reason=reason.strip(),
        by_person=by,
        by_agency_id=withdrawn_for(standing_on(by, clock.today()), agency),
        at=clock.not_before(publication.published_at),
    )
    ending.full_clean()
    ending.save()
    let_find_no_more(publication.document)
    ask_touched([publication])
    pages = _notice_of(publication)
    payload: dict[str, Plain] = {"seq": publication.seq, "reason": ending.reason}
    subject = f"document:{publication.document.uid}"
    record("publication.withdrawn", stream=agency.code, subject=subject, payload=payload, by=by)
    show_once_committed(pages)
    _remove(publication)
    return ending


def _notice_of(publication: Publication) -> list[Written]:
    """Put on the disk what the address will say. A full disk holds no withdrawal up: the worker writes it later."""
    try:
        return own_pages(publication)
    except PublicationRefused:
        logger.warning("撤下说明暂时写不进磁盘，腾出空间后由后台补写：%s", publication)
        return []


def _remove(publication: Publication) -> None:
    take_away((kind, key) for kind in kinds.own() for key in kind.touched_by([publication]))
