"""One row: corrected by hand, taken down, or at the end of its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.models import Person
from gongkai.registers.actions.finding import let_find_again, let_find_no_more
from gongkai.registers.actions.importing import rewrite
from gongkai.registers.actions.pages import write_now, write_soon
from gongkai.registers.models import Change, Entry, Removal
from gongkai.registers.queries import circumstances, expired, fields_of, values_of
from gongkai.registers.reading import faults, fit_to_publish
from gongkai.registers.refusal import RegisterRefused
from gongkai.registers.rules import KEEPERS, may_keep
from gongkai.registers.values import Value
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import Plain, canonical_bytes
from gongkai.text.personal_data import with_masks

_LONGEST = 300
_OVER = "公示期满，自动撤下"


@transaction.atomic
def correct_entry(
    entry: Entry, values: Mapping[str, Value], *, expecting: int, reason: str, by: Person
) -> Entry:
    """Correct what a row says; what it said before and the reason are kept.

    *expecting* is the revision that was seen. The 文书号 stays: it is what the row is known by.
    Raises :class:`RegisterRefused`, ``RoleRefused``.
    """
    _authorise(entry, "更正双公示信息", by)
    reason = _reason(reason)
    today = clock.today()
    given = circumstances(entry.register, entry.agency, rules_on(today), today)
    wanted = {**values, "number": entry.number}
    if wrong := [f"“{given.layout.named(key).title}”{said}" for key, said in faults(wanted, given)]:
        raise RegisterRefused("".join(wrong))
    wanted = fit_to_publish(wanted, given)
    if entry.revision != expecting:
        raise RegisterRefused("这一行刚刚由同事改动，您的更正没有保存。请看过现在的内容再改。")
    if wanted == values_of(entry):
        raise RegisterRefused("没有改动任何一项，不用更正。")
    change = rewrite(entry, fields_of(wanted), reason, by)
    change.full_clean(exclude=["before"])
    change.save(force_insert=True)
    let_find_again([entry])
    write_now([entry])
    _told("register.corrected", entry, {}, by)
    return entry


@transaction.atomic
def remove_entry(
    entry: Entry, *, removal: Removal, reason: str, on: date | None = None, by: Person
) -> Entry:
    """Take a row down (修复、撤销、误登). It keeps its place; the pages without it are there when this returns.

    *on* is the day of the decision that changed or revoked it, or of the repair.
    """
    _authorise(entry, "撤下双公示信息", by)
    if removal == Removal.EXPIRED:
        raise RegisterRefused("公示期满的由系统按日自动撤下，不用登记。")
    if removal in (Removal.REVOKED, Removal.REPAIRED) and on is None:
        raise RegisterRefused(
            "变更、撤销或者修复的，须写明作出那个决定的日期（行政处罚法第四十八条）。"
        )
    if on is not None and not entry.decided_on <= on <= clock.today():
        raise RegisterRefused("日期应当在原决定之后、今天之前（含当天），请核对。")
    _take_down(entry, removal, _reason(reason), on, by)
    let_find_no_more([entry])
    write_now([entry])
    _told("register.removed", entry, {"removal": str(removal)}, by)
    return entry


@transaction.atomic
def expire_shown(*, by: Actor) -> int:
    """Take down every penalty whose time to be shown is over; return how many."""
    today = clock.today()
    found = list(expired(today, rules_on(today)))
    for entry in found:
        _take_down(entry, Removal.EXPIRED, _OVER, None, None)
    if found:
        let_find_no_more(found)
        write_soon(found)
    for entry in found:
        _told("register.removed", entry, {"removal": Removal.EXPIRED.value}, by)
    return len(found)


def _take_down(
    entry: Entry, removal: Removal, reason: str, on: date | None, person: Person | None
) -> None:
    at = clock.now()
    change = Change(
        entry=entry,
        revision=entry.revision + 1,
        kind=Change.Kind.REMOVED,
        removal=removal,
        reason=reason,
        on=on,
        before=canonical_bytes(values_of(entry)),
        at=at,
        by_person=person,
    )
    mine = Entry.objects.filter(pk=entry.pk, revision=entry.revision, removal="")
    if not mine.update(removal=removal, removed_at=at, revision=entry.revision + 1):
        raise RegisterRefused("这一行刚刚由同事改动或者撤下，请刷新后查看。")
    change.full_clean(exclude=["before"])
    change.save(force_insert=True)
    entry.removal, entry.removed_at, entry.revision = removal, at, entry.revision + 1


def _authorise(entry: Entry, step: str, by: Person) -> None:
    agency = entry.agency
    authorise(by, lambda standing: may_keep(standing, agency), step=step, whose=KEEPERS)


def _reason(reason: str) -> str:
    reason = with_masks(reason.strip())
    if not reason:
        raise RegisterRefused("必须写明理由：它和原来的内容一起留在记录里。")
    if len(reason) > _LONGEST:
        raise RegisterRefused(f"理由最多 {_LONGEST} 个字，请写短一些。")
    return reason


def _told(kind: str, entry: Entry, more: dict[str, Plain], by: Actor) -> None:
    payload: dict[str, Plain] = {
        "register": str(entry.register),
        "revision": entry.revision,
        **more,
    }
    subject = f"register:{entry.uid}"
    record(kind, stream=entry.agency.code, subject=subject, payload=payload, by=by)
