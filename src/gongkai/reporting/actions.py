"""Writing a report: its text, freezes, release and errata."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.agencies.authority import Order, authorise
from gongkai.agencies.models import Agency
from gongkai.annualreport import model as printed
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.figures import registry
from gongkai.inbox.actions import notify
from gongkai.people.models import Person
from gongkai.reporting.compile import Draft, compile_draft
from gongkai.reporting.models import CellList, Erratum, Freeze, Report, Section
from gongkai.reporting.preflight import GAP, TYPED, Obstacle, obstacles
from gongkai.reporting.queries import frozen_report, pack_uids
from gongkai.reporting.rules import (
    CORRECTORS,
    RELEASERS,
    WRITERS,
    may_freeze,
    may_note_erratum,
    may_open,
    may_release,
    may_write,
)
from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex

FORMAT = "2021"


_SECOND = "另一位同事刚刚定稿，请刷新，看过新稿后再决定是否重新定稿。"


_WRITING = "撰写年报正文"
_WRITTEN = (
    "您编辑期间，另一位同事改了这一部分，您的文字还没有保存。"
    "请对照页面下方现在的文字，把要改的合并进去再保存。"
)


class ReportRefused(Exception):
    """Why a report cannot be frozen or released, in the clerk's words."""


@transaction.atomic
def open_report(
    agency: Agency,
    *,
    year: int,
    contact: str,
    sections: Mapping[int, str],
    order: Order | None = None,
    by: Person,
) -> Report:
    """Open the report of *agency* for *year* with the text of its sections."""
    authorise(
        by,
        lambda standing: may_open(standing, agency),
        step="编制年度报告",
        whose=WRITERS,
        order=order,
    )
    report = Report(agency=agency, year=year, format=FORMAT, contact=contact)
    report.full_clean()
    report.save(force_insert=True)
    for n, text in sections.items():
        _write(report, n, text)
    _audit("report.opened", report, {"year": year}, by)
    return report


@transaction.atomic
def write_section(
    report: Report, *, n: int, text: str, seen: str | None = None, by: Person
) -> Section:
    """Write the text of a section. What is frozen already stays as it was frozen.

    *seen* is the SHA-256 of the text the writer started from: who comes second is told, instead of
    silently undoing the first. Without it the text is simply put in place.
    """
    authorise(by, lambda standing: may_write(standing, report), step=_WRITING, whose=WRITERS)
    section, _ = Section.objects.get_or_create(report=report, n=n)
    if seen is not None and sha256_hex(section.text.encode()) != seen:
        raise ReportRefused(_WRITTEN)
    return _replace(section, text, by)


@transaction.atomic
def undo_section(report: Report, *, n: int, by: Person) -> Section:
    """Put the text before the last change back; once more brings the change back."""
    authorise(by, lambda standing: may_write(standing, report), step=_WRITING, whose=WRITERS)
    section = Section.objects.filter(report=report, n=n).first()
    if section is None or section.previous_text == section.text:
        raise ReportRefused("这一部分没有上一稿，没有可以恢复的内容。")
    return _replace(section, section.previous_text, by)


def _replace(section: Section, text: str, by: Person) -> Section:
    """The row count tells who came first when two save at once."""
    changed = Section.objects.filter(pk=section.pk, text=section.text).update(
        text=text, previous_text=section.text
    )
    if not changed:
        raise ReportRefused(_WRITTEN)
    section.refresh_from_db()
    told: dict[str, Plain] = {"section": section.n, "sha256": sha256_hex(text.encode())}
    _audit("report.written", section.report, told, by)
    return section


@transaction.atomic
def freeze_report(
    report: Report,
    *,
    after: int,
    as_of: date,
    accepting: Mapping[str, str] | None = None,
    by: Person,
) -> Freeze:
    """Freeze *report* as number *after* + 1, with the list behind every figure.

    *after* is the number of the last freeze the caller has seen (0 for none): whoever comes second
    is told so. *accepting* maps codes of blocking checks to the reason they are accepted.
    Raises :class:`ReportRefused` naming everything that stands in the way, ``RoleRefused`` for somebody
    whose task it is not.
    """
    authorise(by, lambda standing: may_freeze(standing, report), step="年报定稿", whose=WRITERS)
    if as_of < date(report.year, 12, 31):
        raise ReportRefused(
            f"{report.year} 年尚未结束，只能看草稿；12 月 31 日后再定稿（条例第五十条）。"
        )
    if Freeze.objects.filter(report=report, n__gt=after).exists():
        raise ReportRefused(_SECOND)
    draft = compile_draft(report, as_of)
    accepted = dict(accepting or {})
    _refuse_obstacles(draft, accepted)
    freeze = _take_number(draft, after, accepted, by)
    sizes = _keep_lists(draft, freeze)
    _audit("report.frozen", report, {"n": freeze.n, "sha256": freeze.sha256, "lists": sizes}, by)
    return freeze


@transaction.atomic
def release_report(freeze: Freeze, *, on: date, by: Person) -> Report:
    """Make *freeze* the public text of its report. The one who froze it may not release it alone."""
    if freeze.frozen_by_id == by.pk:
        raise ReportRefused("定稿人不能自己批准公布（谁审核谁负责），请由负责人公布。")
    report = freeze.report
    authorise(by, lambda standing: may_release(standing, report), step="公布年报", whose=RELEASERS)
    changed = Report.objects.filter(pk=report.pk, released=report.released).update(
        released=freeze, released_on=on
    )
    if not changed:
        raise ReportRefused("另一位同事刚刚公布了这份年报，请刷新后查看。")
    report.refresh_from_db()
    _audit(
        "report.released",
        report,
        {"n": freeze.n, "sha256": freeze.sha256, "on": on.isoformat()},
        by,
    )
    notify(
        [freeze.frozen_by],
        kind="report.released",
        title="年度报告已公布",
        body=f"您定稿的 {report.year} 年度报告第 {freeze.n} 稿已由负责人公布。",
        address=reverse("report", args=[report.agency.code, report.year]),
        agency=report.agency,
        by=by,
    )
    return report


@transaction.atomic
def note_erratum(
    freeze: Freeze, *, cell: str, new: str, reason: str, on: date, by: Person
) -> Erratum:
    """Correct a released figure in public: old value, new value and why (更正说明)."""
    authorise(
        by,
        lambda standing: may_note_erratum(standing, freeze.report),
        step="更正已公布的年报",
        whose=CORRECTORS,
    )
    old = frozen_report(freeze).cells().get(cell)
    if old is None:
        raise ReportRefused(f"定稿中没有 {cell} 这个数字，请从报告页点开要更正的数字。")
    erratum = Erratum(
        freeze=freeze, cell=cell, old=str(old), new=new, reason=reason, noted_on=on, noted_by=by
    )
    erratum.full_clean()
    erratum.save(force_insert=True)
    _audit("report.corrected", freeze.report, {"cell": cell, "new": new, "reason": reason}, by)
    return erratum


def _write(report: Report, n: int, text: str) -> Section:
    section, _ = Section.objects.update_or_create(report=report, n=n, defaults={"text": text})
    return section


def _refuse_obstacles(draft: Draft, accepted: Mapping[str, str]) -> None:
    standing = [o for o in obstacles(draft) if o.blocking and not _excused(o, accepted)]
    if standing:
        listed = "\n".join(f"{o.code} {o.message}" for o in standing)
        raise ReportRefused(f"还有 {len(standing)} 个问题，不能定稿：\n{listed}")


def _excused(obstacle: Obstacle, accepted: Mapping[str, str]) -> bool:
    """A failing check may be accepted with a reason; a missing return or a typed number never."""
    return obstacle.code not in (GAP, TYPED) and bool(accepted.get(obstacle.code, "").strip())


def _take_number(draft: Draft, after: int, accepted: Mapping[str, str], by: Person) -> Freeze:
    tree = {"report": printed.as_plain(draft.report), "accepted": accepted, "after": after}
    canonical = canonical_bytes(cast("dict[str, Plain]", tree))
    freeze = Freeze(
        report=draft.row,
        n=after + 1,
        canonical=canonical,
        sha256=sha256_hex(canonical),
        frozen_at=clock.now(),
        frozen_by=by,
    )
    try:
        with transaction.atomic():
            freeze.save(force_insert=True)
    except IntegrityError as second:
        raise ReportRefused(_SECOND) from second
    return freeze


def _keep_lists(draft: Draft, freeze: Freeze) -> int:
    lists = []
    for key in registry.registered():
        packed = pack_uids(list(registry.uids(draft.scope, key)))
        lists.append(CellList(freeze=freeze, leaf=key, uids=packed, sha256=sha256_hex(packed)))
    CellList.objects.bulk_create(lists, batch_size=50)
    return len(lists)


def _audit(kind: str, report: Report, payload: Mapping[str, Plain], by: Person) -> None:
    stream = report.agency.code
    record(kind, stream=stream, subject=f"report:{report.uid}", payload=payload, by=by)
