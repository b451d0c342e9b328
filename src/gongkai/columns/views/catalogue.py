"""The standard catalogues on the desk: the list, entering a file in two steps, the official table."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.queries import county, name_of
from gongkai.agencies.views.asking import attempt
from gongkai.columns.actions.entering import enter_catalogue, link_item
from gongkai.columns.catalogue.checking import changes, check_lines
from gongkai.columns.catalogue.entry import Entry
from gongkai.columns.catalogue.reading import read_lines
from gongkai.columns.catalogue.writing import write_catalogue
from gongkai.columns.forms import CatalogueFileForm, LinkForm
from gongkai.columns.models import CatalogueItem
from gongkai.columns.queries import items_visible_to, names_on
from gongkai.columns.refusal import ColumnRefused
from gongkai.columns.rules import KEEPERS, may_keep_columns
from gongkai.columns.views.asking import chosen, column_choices
from gongkai.law.fields import FIELDS
from gongkai.people.audience import staff

_SALT = "columns.catalogue"
_KEPT_SECONDS = 12 * 3600
_A_PAGE, _SHOWN_PROBLEMS = 50, 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
def catalogue(request: HttpRequest) -> HttpResponse:
    """The items one may see, a field at a time or all."""
    standing = standing_of(request)
    items, field = items_visible_to(standing), FIELDS.get(request.GET.get("field", ""))
    counts = Counter(items.values_list("field", flat=True))
    page = Paginator(items.filter(field=field.code) if field else items, _A_PAGE).get_page(
        request.GET.get("page")
    )
    names, columns = names_of(request), names_on(standing.on)
    context = {
        "rows": [
            (item, FIELDS[item.field].title, names[item.agency_id].short, columns.get(item.column_id or 0, ""))
            for item in page
        ],
        "page": page,
        "fields": [(one, counts[one.code]) for one in FIELDS.values() if counts[one.code]],
        "field": field,
        "may_keep": may_keep_columns(standing),
    }  # fmt: skip
    return render(request, "columns/catalogue.html", context)


@staff
def export(request: HttpRequest) -> HttpResponse:
    """The items one may see as the official table."""
    standing = standing_of(request)
    names = {key: name.name for key, name in names_of(request).items()}
    data = write_catalogue(
        list(items_visible_to(standing)), names, name_of(county(), standing.on).short
    )
    filename = f"政务公开事项标准目录-{standing.on.isoformat()}.xlsx"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=filename)
    }
    return HttpResponse(data, content_type=_XLSX, headers=headers)


@staff
def bring_in(request: HttpRequest) -> HttpResponse:
    """Two steps: a file is checked and what it would change is shown; then exactly that is entered."""
    standing = standing_of(request)
    require(may_keep_columns(standing), KEEPERS)
    if "rows" in request.POST:
        return _enter(request)
    form = CatalogueFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read()
            lines = read_lines(data, FIELDS.get(form.cleaned_data["field"]))
        except ColumnRefused as refused:
            form.add_error("file", str(refused))
        else:
            found = check_lines(lines, standing.on)
            context |= {
                "found": found,
                "shown": found.problems[:_SHOWN_PROBLEMS],
                "more": max(len(found.problems) - _SHOWN_PROBLEMS, 0),
                "changes": changes(found.entries),
                "signed": _sign(found.entries),
            }
    return render(request, "columns/import.html", context)


def _sign(entries: tuple[Entry, ...]) -> str:
    """What was checked goes through the browser, signed: what is entered is what was shown."""
    return signing.dumps([asdict(entry) for entry in entries], salt=_SALT, compress=True)


def _enter(request: HttpRequest) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["rows"], salt=_SALT, max_age=_KEPT_SECONDS)
        entries = [Entry(**{**row, "channels": tuple(row["channels"])}) for row in rows]
        done = enter_catalogue(entries, by=standing_of(request).person)
    except (signing.BadSignature, ColumnRefused) as wrong:
        told = str(wrong) if isinstance(wrong, ColumnRefused) else ""
        messages.error(
            request, told or "检查的结果已经过期或者不完整，没有录入。请重新上传文件检查一遍。"
        )
        return HttpResponseRedirect(reverse("desk-catalogue-import"))
    messages.success(
        request,
        f"目录已录入：新增 {done.new} 条，修改 {done.changed} 条，没有变化 {done.same} 条。",
    )
    return HttpResponseRedirect(reverse("desk-catalogue"))


@staff
def link(request: HttpRequest, uid: str) -> HttpResponse:
    """Say in which column an item is made public."""
    standing = standing_of(request)
    item = _item_or_404(request, uid)
    require(may_keep_columns(standing), KEEPERS)
    form = LinkForm(column_choices(standing), request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda: link_item(item, column=chosen(form.cleaned_data["column"]), by=standing.person),
        ColumnRefused,
    ):
        messages.success(request, "对应栏目已登记。")
        return HttpResponseRedirect(f"{reverse('desk-catalogue')}?field={item.field}")
    context = {"item": item, "form": form, "title": "对应栏目", "submit": "登记"}
    return render(request, "columns/form.html", context)


def _item_or_404(request: HttpRequest, uid: str) -> CatalogueItem:
    found = items_visible_to(standing_of(request)).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found
