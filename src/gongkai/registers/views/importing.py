"""A file: uploaded, looked at beside the register, confirmed or given up."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.people.audience import staff
from gongkai.registers.actions import confirm_import, discard_import, stage_import, stage_row
from gongkai.registers.forms import AddForm, ImportForm
from gongkai.registers.layout import layout_of
from gongkai.registers.models import Import, Register
from gongkai.registers.queries import Verdict, plan_of
from gongkai.registers.reading import LARGEST, MOST_PROBLEMS, Problem, SheetRefused
from gongkai.registers.refusal import RegisterRefused
from gongkai.registers.rules import KEEPERS, KEEPING, may_keep
from gongkai.registers.views.finding import REFUSED, staged_or_404
from gongkai.rulebook.queries import rules_on
from gongkai.text.spreadsheet import csv_bytes

_SHOWN = 200
_FIRST = (Verdict.CHANGED, Verdict.NEW, Verdict.REMOVED, Verdict.OVER, Verdict.SAME)


@staff
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what is wrong with it is listed by line and column."""
    standing = standing_of(request)
    agencies = _kept_by(standing)
    form = ImportForm(_choices(request, agencies), request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("register-staged", _stage(form, agencies, standing).uid)
        except SheetRefused as refused:
            problems = list(refused.problems)
        except RegisterRefused as refused:
            problems = [Problem("", str(refused))]
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS],
        "more": max(0, len(problems) - MOST_PROBLEMS),
        "layouts": [layout_of(register) for register in Register],
    }
    return render(request, "registers/upload.html", context, status=REFUSED if problems else 200)


@staff
def add(request: HttpRequest, register: str) -> HttpResponse:
    """Type one decision; what it would do to the register is shown as that of a file is, and confirmed there."""
    if register not in Register.values:
        raise Http404(register)
    standing, layout = standing_of(request), layout_of(register)
    agencies = _kept_by(standing)
    form = AddForm(layout, _choices(request, agencies), request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            agency = agencies[form.cleaned_data["agency"]]
            found = stage_row(agency, Register(register), form.values, by=standing.person)
        except (SheetRefused, RegisterRefused) as refused:
            refusal = str(refused)
        else:
            return redirect("register-staged", found.uid)
    context = {"layout": layout, "form": form, "refusal": refusal}
    return render(request, "registers/add.html", context, status=REFUSED if refusal else 200)


@staff
@require_safe
def template(request: HttpRequest, register: str) -> HttpResponse:
    """An empty table with the official headings and one example."""
    if register not in Register.values:
        raise Http404(register)
    columns = layout_of(register).column
    data = csv_bytes([[one.title for one in columns]])
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{register}-template.csv"'
    return answer


@staff
@require_safe
def staged(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What confirming the file would do to the register as it is now."""
    standing = standing_of(request)
    return _staged_page(request, standing, staged_or_404(standing, uid))


@staff
@require_POST
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    found = staged_or_404(standing, uid)
    require(may_keep(standing, found.agency), KEEPERS)
    try:
        done = confirm_import(found, seen=request.POST.get("seen", ""), by=standing.person)
    except RegisterRefused as refused:
        found.refresh_from_db()
        return _staged_page(request, standing, found, str(refused))
    messages.success(
        request, f"已导入：新增 {done.entered} 条，更正 {done.corrected} 条。公示页几秒内更新。"
    )
    return redirect("registers")


@staff
@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    found = staged_or_404(standing, uid)
    require(may_keep(standing, found.agency), KEEPERS)
    try:
        discard_import(found, by=standing.person)
    except RegisterRefused as refused:
        return _staged_page(request, standing, found, str(refused))
    messages.success(request, "已放弃这次导入，台账没有改动。")
    return redirect("registers")


def _kept_by(standing: Standing) -> dict[str, Agency]:
    agencies = {one.code: one for one in working_as(standing, *KEEPING).order_by("code")}
    require(bool(agencies), KEEPERS)
    return agencies


def _choices(request: HttpRequest, agencies: Mapping[str, Agency]) -> list[tuple[str, str]]:
    names = names_of(request)
    return [(code, names[one.pk].name) for code, one in agencies.items()]


def _stage(form: ImportForm, agencies: dict[str, Agency], standing: Standing) -> Import:
    said = form.cleaned_data
    file: File[bytes] = said["file"]
    if (file.size or 0) > LARGEST:
        raise RegisterRefused(
            f"文件超过 {LARGEST // 1_000_000} MB，不像一份台账；请删去图片或者分几次导入。"
        )
    return stage_import(
        agencies[said["agency"]],
        Register(said["register"]),
        name=file.name or "",
        data=file.read(),
        by=standing.person,
    )


def _staged_page(
    request: HttpRequest, standing: Standing, found: Import, refusal: str = ""
) -> HttpResponse:
    is_open = found.state == Import.State.STAGED
    plan = plan_of(found, rules_on(standing.on)) if is_open else None
    judged = sorted(plan.judged, key=lambda one: _FIRST.index(one.verdict)) if plan else []
    context = {
        "staged": found,
        "agency": names_of(request)[found.agency_id].name,
        "plan": plan,
        "counts": [(one.label, len(plan.of(one))) for one in Verdict if plan.of(one)]
        if plan
        else [],
        "judged": judged[:_SHOWN],
        "total": len(judged),
        "notes": found.notes.splitlines(),
        "may_keep": may_keep(standing, found.agency),
        "changes": plan and (plan.of(Verdict.NEW) or plan.of(Verdict.CHANGED)),
        "refusal": refusal,
    }
    return render(request, "registers/staged.html", context, status=REFUSED if refusal else 200)
