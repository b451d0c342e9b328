"""Taking a publication away: first from the disk, then from the ledger; the address says why for ever."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.publication.actions.finding import let_find_no_more
from gongkai.publication.actions.pages import ask_touched, take_away
from gongkai.publication.actions.publishing import own_pages, show
from gongkai.publication.actions.writing import begin_writing
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Ending, EndingKind, Publication
from gongkai.publication.pages import kinds
from gongkai.publication.rules import WITHDRAWERS, may_withdraw
from gongkai.text.canonical import Plain


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
        at=clock.now(),
    )
    ending.full_clean()
    ending.save()
    let_find_no_more(publication.document)
    ask_touched([publication])
    pages = own_pages(publication)
    payload: dict[str, Plain] = {"seq": publication.seq, "reason": ending.reason}
    subject = f"document:{publication.document.uid}"
    record("publication.withdrawn", stream=agency.code, subject=subject, payload=payload, by=by)
    transaction.on_commit(partial(show, pages))
    transaction.on_commit(begin_writing)
    _remove(publication)
    return ending


def _remove(publication: Publication) -> None:
    take_away((kind, key) for kind in kinds.own() for key in kind.touched_by([publication]))
