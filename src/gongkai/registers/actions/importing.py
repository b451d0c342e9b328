"""A file of decisions: read and shown first, entered when somebody who saw what it does confirms it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency, AgencyEnding
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.registers.actions.finding import let_find_again, let_find_new
from gongkai.registers.actions.pages import write_soon
from gongkai.registers.models import Change, Entry, Import, Places, Register
from gongkai.registers.queries import (
    Judged,
    Plan,
    Verdict,
    circumstances,
    fields_of,
    plan_of,
    staged_bytes,
    values_of,
)
from gongkai.registers.reading import Circumstances, Reading, read_table, row_of
from gongkai.registers.refusal import RegisterRefused
from gongkai.registers.rules import KEEPERS, may_keep
from gongkai.registers.values import Value
from gongkai.rulebook.queries import rules_on
from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex

_BATCH = 500
_BY_IMPORT = "导入的新数据与台账不同"
_TYPED = "逐条登记"


def stage_import(
    agency: Agency, register: Register, *, name: str, data: bytes, by: Person
) -> Import:
    """Read a file of *agency*'s decisions and keep what it says; the register does not change yet.

    The file is read before the transaction: twenty thousand rows take seconds, and nobody else's writing waits.
    Raises :class:`~gongkai.registers.reading.SheetRefused` with every problem there is,
    :class:`RegisterRefused`, ``RoleRefused``.
    """
    read = read_table(name, data, _given(agency, register, by))
    return _stage(agency, register, sha256_hex(data), read, by)


def stage_row(
    agency: Agency, register: Register, values: Mapping[str, Value], *, by: Person
) -> Import:
    """Keep one decision that was typed, as :func:`stage_import` keeps those of a file: nothing is public yet.

    What is kept is fit to be published, and its hash stands for the file there is none of. Raises like
    :func:`stage_import`.
    """
    row = row_of(values, _given(agency, register, by), _TYPED)
    return _stage(agency, register, sha256_hex(staged_bytes([row])), Reading((row,), ()), by)


def _given(agency: Agency, register: Register, by: Person) -> Circumstances:
    """What a row of *agency* is read against, if *by* may enter any. Raises :class:`RegisterRefused`."""
    _authorise(agency, by)
    today = clock.today()
    if AgencyEnding.objects.filter(agency=agency, on__lte=today).exists():
        raise RegisterRefused(
            "这个机关已经撤销，不能再以它的名义公示新的决定；请以承接机关的名义登记。"
        )
    return circumstances(register, agency, rules_on(today), today)


@transaction.atomic
def _stage(agency: Agency, register: Register, sha256: str, read: Reading, by: Person) -> Import:
    staged = Import(
        agency=agency,
        register=register,
        sha256=sha256,
        rows=staged_bytes(read.rows),
        notes="\n".join(read.notes),
        by_person=by,
        at=clock.now(),
    )
    staged.full_clean(exclude=["rows"])
    staged.save(force_insert=True)
    _told("register.read", staged, {"rows": len(read.rows)}, by)
    return staged


@transaction.atomic
def discard_import(staged: Import, *, by: Person) -> Import:
    """Give a staged file up. The register has not changed."""
    _authorise(staged.agency, by)
    _end(staged, Import.State.DISCARDED)
    _told("register.discarded", staged, {}, by)
    return staged


@transaction.atomic
def confirm_import(staged: Import, *, seen: str, by: Person) -> Import:
    """Enter what a staged file says: new rows, and corrections of known ones. All of it or nothing.

    *seen* is the hash of the plan that was looked at. Raises :class:`RegisterRefused` when the register
    has moved since, or somebody came first.
    """
    _authorise(staged.agency, by)
    _end(staged, Import.State.CONFIRMED)
    plan = plan_of(staged, rules_on(clock.today()))
    if plan.sha256 != seen:
        raise RegisterRefused(
            "预览之后台账又有改动，这次没有导入。下面是按现在的台账重新对照的结果，请看过再确认。"
        )
    entered = _enter(staged, plan.of(Verdict.NEW))
    corrected = _correct(staged, plan.of(Verdict.CHANGED), by)
    staged.entered, staged.corrected = len(entered), len(corrected)
    staged.save(update_fields=["entered", "corrected"])
    let_find_new(entered)
    let_find_again(corrected)
    write_soon([*entered, *corrected])
    _told("register.imported", staged, _counts(plan), by)
    return staged


def _authorise(agency: Agency, by: Person) -> None:
    authorise(by, lambda standing: may_keep(standing, agency), step="双公示登记", whose=KEEPERS)


def _end(staged: Import, state: Import.State) -> None:
    """The conditional UPDATE tells who came first when two people press at once."""
    at = clock.now() if state is Import.State.CONFIRMED else None
    mine = Import.objects.filter(pk=staged.pk, state=Import.State.STAGED)
    if not mine.update(state=state, confirmed_at=at):
        staged.refresh_from_db()
        raise RegisterRefused(
            f"这次导入{staged.get_state_display()}，不能再办。需要的话请重新上传文件。"
        )
    staged.refresh_from_db()


def _enter(staged: Import, judged: Sequence[Judged]) -> list[Entry]:
    in_order = sorted(judged, key=lambda one: str(one.row.values["decided_on"]))
    county = _take(staged.register, "", len(in_order))
    agency = _take(staged.register, staged.agency.code, len(in_order))
    entries = [
        Entry(
            register=staged.register,
            agency=staged.agency,
            key=one.row.key,
            county_n=county + n,
            agency_n=agency + n,
            entered_at=clock.now(),
            **fields_of(one.row.values),
        )
        for n, one in enumerate(in_order, start=1)
    ]
    try:
        with transaction.atomic():
            Entry.objects.bulk_create(entries, batch_size=_BATCH)
    except IntegrityError as second:
        raise RegisterRefused(
            "同事刚刚登记了其中的文书号，这次没有导入。请刷新后重新对照。"
        ) from second
    return entries


def _take(register: str, code: str, count: int) -> int:
    """Take *count* places and return how many were taken before; the row is held until the commit."""
    if not count:
        return 0
    Places.objects.bulk_create([Places(register=register, code=code)], ignore_conflicts=True)
    Places.objects.filter(register=register, code=code).update(last=F("last") + count)
    return Places.objects.get(register=register, code=code).last - count


def _correct(staged: Import, judged: Sequence[Judged], by: Person) -> list[Entry]:
    changes, entries = [], []
    for one in judged:
        if one.entry is None:
            continue
        changes.append(rewrite(one.entry, fields_of(one.row.values), _BY_IMPORT, by, staged))
        one.entry.agency = staged.agency
        entries.append(one.entry)
    Change.objects.bulk_create(changes, batch_size=_BATCH)
    return entries


def rewrite(
    entry: Entry, fields: dict[str, object], reason: str, by: Person, imported: Import | None = None
) -> Change:
    """Let *entry* say *fields*; return the record of what it said before, not saved yet."""
    change = Change(
        entry=entry,
        revision=entry.revision + 1,
        kind=Change.Kind.CORRECTED,
        reason=reason,
        before=canonical_bytes(values_of(entry)),
        at=clock.now(),
        by_person=by,
        imported=imported,
    )
    mine = Entry.objects.filter(pk=entry.pk, revision=entry.revision, removal="")
    if not mine.update(revision=entry.revision + 1, **fields):
        raise RegisterRefused(f"“{entry.number}”刚刚由同事改动，这次没有办成。请刷新后再看。")
    for key, value in (fields | {"revision": entry.revision + 1}).items():
        setattr(entry, key, value)
    return change


def _counts(plan: Plan) -> dict[str, Plain]:
    return {verdict.value: len(plan.of(verdict)) for verdict in Verdict}


def _told(kind: str, staged: Import, counts: dict[str, Plain], by: Person) -> None:
    payload: dict[str, Plain] = {
        "register": str(staged.register),
        "sha256": staged.sha256,
        **counts,
    }
    subject = f"register-import:{staged.uid}"
    record(kind, stream=staged.agency.code, subject=subject, payload=payload, by=by)
