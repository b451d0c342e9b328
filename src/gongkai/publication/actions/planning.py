"""Planning when a sealed edition goes out, changing that, and doing it when the minute has come."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import holding_on
from gongkai.agencies.refusal import RoleRefused
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.documents.models import Disclosure, Edition
from gongkai.inbox.actions import notify
from gongkai.jobs.identity import CLOCKWORK
from gongkai.people.models import Person
from gongkai.publication.actions.publishing import publish_edition
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Publication
from gongkai.publication.plans import Plan, PlanEnding
from gongkai.publication.queries import due_plans
from gongkai.publication.rules import PUBLISHERS, may_publish
from gongkai.review.models import Seal
from gongkai.text.canonical import Plain

logger = logging.getLogger(__name__)

STEP = timedelta(minutes=5)
"""How often plans are looked at: a plan names a minute of this grid."""
_FARTHEST = timedelta(days=366)
_LONGEST = 300


@transaction.atomic
def plan_publication(edition: Edition, *, at: datetime, by: Person) -> Plan:
    """Have *edition* published at the instant *at*, in the name of who plans it.

    It is sealed already (不变量一): what waits is only the minute. Raises :class:`PublicationRefused`, ``RoleRefused``.
    """
    _authorise(edition.document.agency, by)
    _refuse_unready(edition)
    plan = _enter(edition, at, by)
    _record("publication.planned", plan, {"n": edition.n, "at": at.isoformat()}, by)
    return plan


@transaction.atomic
def move_plan(plan: Plan, *, at: datetime, reason: str, by: Person) -> Plan:
    """Let another plan, for the instant *at*, take the place of *plan*; return it."""
    _authorise(plan.edition.document.agency, by)
    _end(plan, PlanEnding.MOVED, reason)
    fresh = _enter(plan.edition, at, by)
    payload: dict[str, Plain] = {"at": at.isoformat(), "reason": plan.reason}
    _record("publication.plan_moved", fresh, payload, by)
    return fresh


@transaction.atomic
def cancel_plan(plan: Plan, *, reason: str, by: Person) -> Plan:
    """Give *plan* up: the edition stays sealed and is published by hand, planned anew, or never."""
    _authorise(plan.edition.document.agency, by)
    _end(plan, PlanEnding.CANCELLED, reason)
    _record("publication.plan_cancelled", plan, {"reason": plan.reason}, by)
    return plan


def publish_due() -> tuple[int, int]:
    """Publish whatever is planned for now or before; return how many went out and how many did not.

    Each by itself: one that cannot go out does not hold up the others, and stays planned with the reason.
    """
    done = failed = 0
    for plan in due_plans(clock.now()):
        try:
            done += _carry_out(plan)
        except (PublicationRefused, RoleRefused) as refused:
            failed += 1
            _keep_fault(plan, str(refused))
        except Exception:
            failed += 1
            logger.exception("计划发布没有办成：%s", plan.uid)
            _keep_fault(plan, "程序出错，原因见系统日志。")
    return done, failed


@transaction.atomic
def _carry_out(plan: Plan) -> bool:
    """Publish what *plan* is for; return whether it was still to be done."""
    mine = Plan.objects.filter(pk=plan.pk, pending=True, due_at=plan.due_at)
    if not mine.update(pending=None, ending=PlanEnding.PUBLISHED, ended_at=clock.now(), fault=""):
        return False  # moved, cancelled or carried out meanwhile
    if Publication.objects.filter(edition=plan.edition_id).exists():
        return False
    publish_edition(plan.edition, by=plan.by_person)
    return True


@transaction.atomic
def _keep_fault(plan: Plan, why: str) -> None:
    """Keep why *plan* was not carried out; whoever may publish is told once for each reason."""
    changed = Plan.objects.filter(pk=plan.pk, pending=True).exclude(fault=why[:_LONGEST])
    if not changed.update(fault=why[:_LONGEST]):
        return
    document = plan.edition.document
    held = holding_on(Role.INFORMATION_OFFICER, clock.today()).filter(agency=document.agency)
    notify(
        [plan.by_person, *(one.person for one in held)],
        kind="plan.failed",
        title="计划发布的信息到时没有发出",
        body=f"索引号 {document.index_no}：请打开查看原因，改期或者直接发布。",
        address=reverse("publication-plan", args=[plan.edition.uid]),
        agency=document.agency,
        by=CLOCKWORK,
    )
    _record("publication.plan_failed", plan, {"n": plan.edition.n}, CLOCKWORK)


def _authorise(agency: Agency, by: Person) -> None:
    authorise(
        by, lambda standing: may_publish(standing, agency), step="安排发布时间", whose=PUBLISHERS
    )


def _refuse_unready(edition: Edition) -> None:
    title = edition.title
    if edition.document.disclosure != Disclosure.PUBLIC:
        raise PublicationRefused(
            f"《{title}》的公开属性是“{edition.document.get_disclosure_display()}”，不能安排发布。"
        )
    if Publication.objects.filter(edition=edition).exists():
        raise PublicationRefused(f"《{title}》的这一版已经发布过，不用再安排。")
    if not Seal.objects.filter(edition=edition, sha256=edition.sha256).exists():
        raise PublicationRefused(
            f"《{title}》的这一版还没有通过全部审核，不能安排发布（先审查、后公开，条例第十七条）。请先送审。"
        )


def _enter(edition: Edition, at: datetime, by: Person) -> Plan:
    now = clock.now()
    _refuse_minute(at, now)
    plan = Plan(edition=edition, due_at=at, by_person=by, made_at=now)
    plan.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as second:
        raise PublicationRefused(
            f"《{edition.title}》的这一版已经安排了发布时间，请刷新后查看；要改的请用“改期”。"
        ) from second
    return plan


def _refuse_minute(at: datetime, now: datetime) -> None:
    if at <= now:
        raise PublicationRefused("计划发布的时间已经过去，请写以后的时间；现在就要发的请直接发布。")
    if at - now > _FARTHEST:
        raise PublicationRefused("计划发布的时间不能在一年以后，请核对年份。")
    if at.minute * 60 % STEP.total_seconds() or at.second or at.microsecond:
        raise PublicationRefused("计划发布的时间请写整五分钟，例如 08:30、08:35。")


def _end(plan: Plan, how: PlanEnding, reason: str) -> None:
    reason = reason.strip()[:_LONGEST]
    if not reason:
        raise PublicationRefused("改期或取消必须写明理由，审核过它的同事要知道为什么。")
    mine = Plan.objects.filter(pk=plan.pk, pending=True)
    if not mine.update(pending=None, ending=how, reason=reason, ended_at=clock.now()):
        raise PublicationRefused("这个安排已经办完、改期或者取消，请刷新后查看。")
    plan.refresh_from_db()


def _record(kind: str, plan: Plan, payload: dict[str, Plain], by: Actor) -> None:
    agency = plan.edition.document.agency
    record(kind, stream=agency.code, subject=f"edition:{plan.edition.uid}", payload=payload, by=by)
