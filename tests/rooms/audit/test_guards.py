"""What no form, script or shell may do to a guarded table, tried by raw SQL on a row that is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.documents.actions import Draft, open_draft, reassess
from gongkai.documents.models import Disclosure, Kind, Reassessment
from gongkai.files.outgoing.concern import ConcernKind
from gongkai.foi.actions import Arrival, register_case
from gongkai.foi.identity import Identity
from gongkai.foi.models import Applicant, CaseEvent
from gongkai.law.receipt import Channel, ReceiptFacts
from gongkai.publication.actions.redirecting import redirect
from gongkai.registers.actions import remove_entry
from gongkai.registers.models import Change, Entry, Register, Removal
from gongkai.reporting.models import CellList, Erratum, Freeze, Report
from gongkai.review.actions import lend_reviewer, set_lending, waive_as_imported
from gongkai.review.models import StageKind, Verdict
from gongkai.rulebook.models import MoveList
from gongkai.screening.actions import screen
from gongkai.screening.models import Release, Screening
from tests.rooms.audit.casework import ROWS as CASEWORK
from tests.rooms.cast import SEALED_AT, SINCE, Cast, items
from tests.rooms.registers.tables import LICENCE, confirmed
from tests.rooms.review.panel import reviewer, sealed, submitted
from tests.rooms.rulebook.entering import put_notice, put_value


def closed_edition(cast: Cast) -> models.Model:
    return items(cast, "公告")[0]


def waiver(cast: Cast) -> models.Model:
    return waive_as_imported(
        items(cast, "旧公告"), agency=cast.grain, reason="旧网站迁入", by=cast.li
    )[0]


def seal(cast: Cast) -> models.Model:
    return sealed(cast, items(cast, "公告")[0])


def verdict(cast: Cast) -> models.Model:
    return Verdict.objects.filter(edition=sealed(cast, items(cast, "公告")[0]).edition)[0]


def chain(cast: Cast) -> models.Model:
    return sealed(cast, items(cast, "公告")[0]).edition.submission.chain


def stage(cast: Cast) -> models.Model:
    return sealed(cast, items(cast, "公告")[0]).edition.submission.chain.stages.all()[0]


def submission(cast: Cast) -> models.Model:
    return sealed(cast, items(cast, "公告")[0]).edition.submission


def case_event(cast: Cast) -> models.Model:
    case = register_case(
        cast.grain,
        applicant=Identity("演示申请人", "TEST-1", "无"),
        klass="nat",
        arrival=Arrival(Channel.IN_PERSON, ReceiptFacts(submitted_on=date(2024, 3, 1)), SEALED_AT),
        by=cast.chen,
    )
    return CaseEvent.objects.get(case=case)


def freeze(cast: Cast) -> Freeze:
    report = Report.objects.create(agency=cast.county, year=2024, format="2021", contact="无")
    return Freeze.objects.create(
        report=report, n=1, canonical=b"{}", sha256="0" * 64, frozen_at=SEALED_AT, frozen_by=cast.li
    )


def reassessment(cast: Cast) -> models.Model:
    draft = Draft(Kind.NOTICE, "内部通知", "", Disclosure.WITHHELD, disclosure_reason="内部事务")
    edition = open_draft(cast.grain, draft, ground="ND5", by=cast.chen)
    return reassess(
        edition.document.withholdings.get(),
        result=Reassessment.Result.KEEP,
        reason="情况没有变化",
        by=cast.chen,
    )


def cell_list(cast: Cast) -> models.Model:
    return CellList.objects.create(
        freeze=freeze(cast), leaf="t3.new.nat", uids=b"", sha256="0" * 64
    )


def erratum(cast: Cast) -> models.Model:
    return Erratum.objects.create(
        freeze=freeze(cast),
        cell="t3.new.nat",
        old="1",
        new="2",
        reason="漏登一件",
        noted_on=date(2025, 2, 1),
        noted_by=cast.zhao,
    )


def decided_notice(cast: Cast) -> models.Model:
    return put_notice(cast)


def decided_value(cast: Cast) -> models.Model:
    return put_value(cast, "correction.period", "10", date(2026, 3, 1))


def moves(cast: Cast) -> models.Model:
    decided_value(cast)
    return MoveList.objects.get()


def purged_applicant(cast: Cast) -> models.Model:
    applicant = Applicant.objects.get(cases__events=case_event(cast).pk)
    Applicant.objects.filter(pk=applicant.pk).update(
        ciphertext=b"", key_id="", alg="", digest="", purged_on=date(2035, 1, 1)
    )
    return applicant


def lending(cast: Cast) -> models.Model:
    return set_lending(cast.office, lends=True, since=SINCE, by=cast.li)


def loan(cast: Cast) -> models.Model:
    lending(cast)
    lent = reviewer(cast, "借来的", StageKind.SECRECY, agency=cast.office)
    return lend_reviewer(
        submitted(cast),
        StageKind.SECRECY,
        reviewer=lent,
        lender=cast.office,
        reason="只有两人",
        by=cast.li,
    )


def redirected(cast: Cast) -> models.Model:
    return redirect("/old/a.html", to="/n/", kind="legacy", reason="旧网站的网址", by=cast.li)


def register_change(cast: Cast) -> models.Model:
    confirmed(cast, LICENCE, register=Register.LICENCE)
    remove_entry(Entry.objects.get(), removal=Removal.MISTAKEN, reason="登错了", by=cast.chen)
    return Change.objects.get()


def screening(cast: Cast) -> Screening:
    return screen(cast.grain, b"13800138000", "a.txt", by=cast.chen)


def release(cast: Cast) -> models.Model:
    return Release.objects.create(
        screening=screening(cast),
        kind=ConcernKind.PHONE,
        reason="工作电话",
        by_person=cast.zhao,
        at=SEALED_AT,
    )


def event(cast: Cast) -> models.Model:
    return Event.objects.latest("pk")


_ROWS: dict[str, Callable[[Cast], models.Model]] = {
    "audit_event": event,
    "documents_edition": closed_edition,
    "documents_reassessment": reassessment,
    "foi_applicant": purged_applicant,
    "foi_caseevent": case_event,
    "publication_redirect": redirected,
    "registers_change": register_change,
    "reporting_celllist": cell_list,
    "reporting_erratum": erratum,
    "reporting_freeze": freeze,
    "review_chain": chain,
    "review_lending": lending,
    "review_loan": loan,
    "review_seal": seal,
    "review_stage": stage,
    "review_submission": submission,
    "review_verdict": verdict,
    "review_waiver": waiver,
    "rulebook_holidaynotice": decided_notice,
    "rulebook_movelist": moves,
    "rulebook_parameter": decided_value,
    "screening_release": release,
    "screening_screening": screening,
    **CASEWORK,
}
_APPEND_ONLY = tuple(guard.table for guard in guards.declared() if guard.name == "append_only")


def tried_here(guard: guards.Guard) -> bool:
    """Not what only keeps rows (tests/rooms/demo/test_kept.py), nor what looks at new ones (each room's tests).

    What a draft may still lose is tried in tests/rooms/documents/test_guards.py, the address of a column in
    tests/rooms/columns/test_columns.py, what of a letter may not change in tests/rooms/foi/test_letters.py.
    """
    elsewhere = ("kept", "discarded", "address", "stays", "sent", "told")
    return guard.name not in elsewhere and guard.exists is None


def message(table: str) -> str:
    return f"{table} 只可追加，不可修改或删除（不变量八）"


def messages(table: str, operation: str) -> set[str]:
    """Return what the guards of *table* say to *operation*: the one that is asked first speaks."""
    return {
        guard.message
        for guard in guards.declared()
        if guard.table == table and operation in guard.operations and guard.exists is None
    }


def refusal(statement: str) -> str:
    """Return the first line of what the database says to *statement*."""
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(refused.value).splitlines()[0]


def test_every_guarded_table_is_tried_below() -> None:
    """不变量一、八：受保护的表一张不漏，新增一张必须在此补上它的一行。"""
    assert {guard.table for guard in guards.declared() if tried_here(guard)} == set(_ROWS)


def test_no_trigger_is_missing(db: None) -> None:
    """不变量八：迁移之后，声明的触发器都在库中。"""
    guards.refuse_unguarded(connection)
    assert guards.missing(connection) == []
    skipped = {"TRUNCATE"} if connection.vendor == "sqlite" else set()
    assert set(guards.installed(connection)) == {
        (f"{guard.table}_{guard.name}_{operation.lower()}", guard.table)
        for guard in guards.declared()
        for operation in set(guard.operations) - skipped
    }


@pytest.mark.parametrize("table", _ROWS)
def test_a_guarded_row_can_be_neither_changed_nor_deleted(table: str, cast: Cast) -> None:
    """不变量一、八：直接执行 SQL 也改不动、删不掉，行原样还在。"""
    row = _ROWS[table](cast)
    before = type(row)._default_manager.filter(pk=row.pk).values().get()
    said = [
        refusal(f"UPDATE {table} SET uid = uid WHERE id = {row.pk}")  # noqa: S608
        if table != "audit_event"
        else refusal(f"UPDATE {table} SET kind = 'x' WHERE id = {row.pk}"),  # noqa: S608
        refusal(f"DELETE FROM {table} WHERE id = {row.pk}"),  # noqa: S608
    ]
    assert [
        one in messages(table, op) for one, op in zip(said, ("UPDATE", "DELETE"), strict=True)
    ] == [
        True,
        True,
    ], said
    assert type(row)._default_manager.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("table", _APPEND_ONLY)
def test_an_append_only_table_cannot_be_truncated(table: str, cast: Cast) -> None:
    """不变量八：PostgreSQL 的 TRUNCATE 绕过行触发器，另有语句触发器拒绝。"""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 没有 TRUNCATE 语句")
    row = _ROWS[table](cast)
    connection.check_constraints()  # foreign keys are checked now: a pending one would refuse first
    refused = {message(name) for name in _APPEND_ONLY}
    assert refusal(f"TRUNCATE {table} CASCADE") in refused
    assert type(row)._default_manager.filter(pk=row.pk).count() == 1


def test_editions_that_were_waived_cannot_be_truncated(cast: Cast) -> None:
    """不变量一、三：清空版本表会连带免审记录，被后者的触发器拒绝。"""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 没有 TRUNCATE 语句")
    waiver(cast)
    connection.check_constraints()
    refused = {one.message for one in guards.declared() if "TRUNCATE" in one.operations}
    assert refusal("TRUNCATE documents_edition CASCADE") in refused


def _altered(length: int) -> models.Field[str, str]:
    field: models.Field[str, str] = models.CharField("操作人", max_length=length)
    field.set_attributes_from_name("actor_name")
    field.model = Event
    return field


def _alter(old: int, new: int) -> None:
    with connection.schema_editor() as editor:
        editor.alter_field(Event, _altered(old), _altered(new))


@pytest.mark.django_db(transaction=True)
def test_guards_survive_an_altered_column() -> None:
    """不变量八：SQLite 改列会重建整张表而丢掉触发器；启动检查拒绝运行，迁移后触发器复位。"""
    lost = ["audit_event_append_only_delete", "audit_event_append_only_update"]
    expected = lost if connection.vendor == "sqlite" else []
    try:
        _alter(100, 120)
        assert guards.missing(connection) == expected
        if expected:
            with pytest.raises(guards.Unguarded) as unguarded:
                guards.refuse_unguarded(connection)
            assert str(unguarded.value) == (
                f"数据库缺少保护触发器：{'、'.join(expected)}。请运行 gongkai migrate 重新安装；"
                "触发器缺失期间的改动请用 gongkai audit verify 核对。"
            )
        call_command("migrate", verbosity=0)
        guards.refuse_unguarded(connection)
        assert guards.missing(connection) == []
    finally:
        _alter(120, 100)
        guards.install_all(connection)


def test_installing_guards_again_changes_nothing(db: None) -> None:
    """不变量八：重复安装不出错，也不多出一个触发器。"""
    before = sorted(guards.installed(connection))
    guards.install_all(connection)
    assert sorted(guards.installed(connection)) == before
