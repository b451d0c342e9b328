"""A return is filed by one person, and sent back or accepted by another."""

from __future__ import annotations

from django.db import models, transaction
from django.urls import reverse

from gongkai.agencies.authority import Order, authorise
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.inbox.actions import notify
from gongkai.people.models import Person
from gongkai.returns.models import Item, Return, State
from gongkai.returns.queries import signed_hash
from gongkai.returns.rules import FILERS, JUDGES, may_file, may_judge
from gongkai.text.canonical import Plain


class ReturnRefused(Exception):
    """Why a return cannot be filed or judged, in the clerk's words."""


@transaction.atomic
def file_return(
    agency: Agency,
    *,
    period: int,
    item: Item,
    value: int | None,
    source: str,
    absent_reason: str = "",
    order: Order | None = None,
    by: Person,
) -> Return:
    """File a unit's figure as a new revision. The fee is in 分; no figure needs a reason, and is not zero.

    Raises :class:`ReturnRefused`, and ``RoleRefused`` for somebody who does not file for *agency*.
    """
    authorise(
        by,
        lambda standing: may_file(standing, agency),
        step="报送数据",
        whose=FILERS,
        order=order,
    )
    if value is None and not absent_reason.strip():
        raise ReturnRefused("没有数据时必须写明理由：缺报不等于零。确实为零的请填 0。")
    last = Return.objects.filter(agency=agency, period=period, item=item).aggregate(
        n=models.Max("revision")
    )
    filed = Return(
        agency=agency,
        period=period,
        item=item,
        revision=(last["n"] or 0) + 1,
        value_int=value,
        absent_reason=absent_reason,
        source=source,
        filler=by,
        filed_at=clock.now(),
        state=State.FILED,
    )
    filed.sha256 = signed_hash(filed)
    filed.full_clean()
    filed.save(force_insert=True)
    _record("return.filed", filed, by)
    return filed


@transaction.atomic
def accept_return(filed: Return, *, order: Order | None = None, by: Person) -> Return:
    """Accept a filed return. *by* may not be the person who filed it."""
    return _judge(filed, State.ACCEPTED, "", by, order)


@transaction.atomic
def send_back_return(filed: Return, *, reason: str, by: Person) -> Return:
    """Send a filed return back with the reason; the unit files a new revision."""
    if not reason.strip():
        raise ReturnRefused("退回必须写明理由，否则填报单位不知道要改什么。")
    judged = _judge(filed, State.SENT_BACK, reason, by, None)
    # The reason is free text and stays on our own pages: a mail says only what kind of matter it is.
    notify(
        [judged.filler],
        kind="return.sent_back",
        title="报送被退回",
        body=f"{judged.period} 年“{judged.get_item_display()}”第 {judged.revision} 稿被退回，请登录后看理由，改正后重新报送。",
        address=reverse("desk-returns-unit", args=[judged.agency.code, judged.period]),
        agency=judged.agency,
        by=by,
    )
    return judged


@transaction.atomic
def withdraw_return(filed: Return, *, by: Person) -> Return:
    """Take back one's own return while nobody has judged it: the undo of filing."""
    if filed.filler_id != by.pk:
        raise ReturnRefused("只有填报人本人能撤回报送；认为数字不对的，请由报送审核人退回。")
    changed = Return.objects.filter(pk=filed.pk, state=State.FILED).update(state=State.WITHDRAWN)
    if not changed:
        raise ReturnRefused("这份报送已经接收、退回或撤回，不能再撤回；数字有误请重新报送一稿。")
    filed.refresh_from_db()
    _record("return.withdrawn", filed, by)
    return filed


def _judge(filed: Return, state: State, reason: str, by: Person, order: Order | None) -> Return:
    if filed.filler_id == by.pk:
        raise ReturnRefused("填报人不能接收或退回自己的报送，请由本单位另一位报送审核人办理。")
    authorise(
        by,
        lambda standing: may_judge(standing, filed.agency),
        step="接收或退回报送的数据",
        whose=JUDGES,
        order=order,
    )
    # The row count tells who came first when two approvers press at once.
    changed = Return.objects.filter(pk=filed.pk, state=State.FILED).update(
        state=state, approver=by, sent_back_reason=reason
    )
    if not changed:
        raise ReturnRefused("这份报送已由他人处理，请刷新后查看结果。")
    filed.refresh_from_db()
    _record(f"return.{state.value}", filed, by)
    return filed


def _record(kind: str, filed: Return, by: Person) -> None:
    payload: dict[str, Plain] = {
        "item": str(filed.item),
        "period": filed.period,
        "revision": filed.revision,
        "sha256": filed.sha256,
    }
    record(kind, stream=filed.agency.code, subject=f"return:{filed.uid}", payload=payload, by=by)
