"""Public addresses, for ever."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.portal.applying.form import apply_form, similar
from gongkai.portal.applying.status import status
from gongkai.portal.views.check import check
from gongkai.portal.views.filed import (
    catalogue,
    catalogue_archive,
    column,
    column_archive,
    columns,
    guide,
    item,
    item_json,
    items,
    items_archive,
    organ_catalogue,
    organ_catalogue_archive,
    organ_guide,
    organ_items,
    organ_items_archive,
    register_archive,
    register_file,
    register_page,
    seal_json,
    standard,
    standard_field,
    standard_workbook,
)
from gongkai.portal.views.front import (
    alert,
    alert_sheet,
    apply,
    day_seals,
    digests,
    home,
    open_data,
    openapi,
    robots,
    site_map,
    sitemap,
    sitemap_part,
    verify,
)
from gongkai.portal.views.listing import (
    archive_json,
    feed,
    list_json,
    organ_archive_json,
    organ_feed,
    organ_list_json,
)
from gongkai.portal.views.look import choose_look, look_sheet
from gongkai.portal.views.organs import organ, organ_json, organs, organs_json
from gongkai.portal.views.plain import digest, healthz
from gongkai.portal.views.report import (
    cell,
    cell_page,
    clock_proof,
    report,
    report_json,
    reports,
    reports_json,
)
from gongkai.portal.views.rules import rule, rules, rules_calendar, rules_json
from gongkai.portal.views.search import search

_REPORT = "report/<code:code>/<year:year>/"


def _of_register(register: str, word: str) -> list[URLPattern]:
    """The pages of a register, of the county and of an agency, each with its twins."""
    found = []
    for root, prefix in (("", ""), ("o/<code:code>/", "organ-")):
        newest, archive = f"{root}{word}/", f"{root}{word}/p/<int:number>/"
        is_of = {"register": register}
        found += [
            path(newest, register_page, is_of, name=f"{prefix}{word}"),
            path(archive, register_archive, is_of, name=f"{prefix}{word}-archive"),
        ]
        for form in ("csv", "json"):
            told, name = {**is_of, "form": form}, f"{prefix}{word}-{form}"
            found += [
                path(f"{newest}index.{form}", register_file, told, name=name),
                path(
                    f"{archive}index.{form}",
                    register_file,
                    told,
                    name=f"{prefix}{word}-archive-{form}",
                ),
            ]
    return found


urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("report/", reports, name="reports"),
    path("report/index.json", reports_json, name="reports-json"),
    path(_REPORT, report, name="report"),
    path(f"{_REPORT}report.json", report_json, name="report-json"),
    path(f"{_REPORT}cell/<key:key>/", cell, name="cell"),
    path(f"{_REPORT}cell/<key:key>/p/<int:number>/", cell_page, name="cell-page"),
    path(f"{_REPORT}clock/<slug:url_key>/", clock_proof, name="clock-proof"),
    path("o/", organs, name="organs"),
    path("o/index.json", organs_json, name="organs-json"),
    path("o/<code:code>/", organ, name="organ"),
    path("o/<code:code>/index.json", organ_json, name="organ-json"),
    path("o/<code:code>/n/", organ_items, name="organ-items"),
    path("o/<code:code>/n/p/<int:number>/", organ_items_archive, name="organ-items-archive"),
    path("o/<code:code>/guide/", organ_guide, name="organ-guide"),
    path("o/<code:code>/catalogue/", organ_catalogue, name="organ-catalogue"),
    path(
        "o/<code:code>/catalogue/p/<int:number>/",
        organ_catalogue_archive,
        name="organ-catalogue-archive",
    ),
    path("c/", columns, name="columns"),
    path("c/<slug:slug>/", column, name="column"),
    path("c/<slug:slug>/p/<int:number>/", column_archive, name="column-archive"),
    path("guide/", guide, name="guide"),
    path("catalogue/", catalogue, name="catalogue"),
    path("catalogue/p/<int:number>/", catalogue_archive, name="catalogue-archive"),
    path("catalogue/standard/", standard, name="standard"),
    path("catalogue/standard/<slug:field>/", standard_field, name="standard-field"),
    path("catalogue/standard.xlsx", standard_workbook, name="standard-workbook"),
    path("o/<code:code>/n/index.json", organ_list_json, name="organ-items-json"),
    path("o/<code:code>/n/feed.<slug:name>", organ_feed, name="organ-feed"),
    path(
        "o/<code:code>/n/p/<int:number>/index.json",
        organ_archive_json,
        name="organ-items-archive-json",
    ),
    path("n/", items, name="items"),
    path("n/index.json", list_json, name="items-json"),
    path("n/feed.<slug:name>", feed, name="feed"),
    path("n/p/<int:number>/index.json", archive_json, name="items-archive-json"),
    path("n/p/<int:number>/", items_archive, name="items-archive"),
    path("n/<year:year>/<slug:url_key>/", item, name="item"),
    path("n/<year:year>/<slug:url_key>/index.json", item_json, name="item-json"),
    path("seal/<slug:url_key>/<int:n>.json", seal_json, name="seal-json"),
    *_of_register("licence", "licences"),
    *_of_register("penalty", "penalties"),
    path("search/", search, name="search"),
    path("check/", check, name="check"),
    path("rules/", rules, name="rules"),
    path("rules/index.json", rules_json, name="rules-json"),
    path("rules/calendar/<year:year>/", rules_calendar, name="rules-calendar"),
    path("rules/<key:key>/", rule, name="rule"),
    path("digest/<day:day>.txt", digest, name="digest"),
    path("apply/", apply, name="apply"),
    path("apply/form/", apply_form, name="apply-form"),
    path("apply/form/similar/", similar, name="apply-similar"),
    path("apply/status/", status, name="apply-status"),
    path("verify/", verify, name="verify"),
    path("verify/days/", digests, name="digests"),
    path("verify/seals/<day:day>.txt", day_seals, name="day-seals"),
    path("api/", open_data, name="open-data"),
    path("api/openapi.json", openapi, name="openapi"),
    path("sitemap/", site_map, name="site-map"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap/<slug:name>.xml", sitemap_part, name="sitemap-part"),
    path("robots.txt", robots, name="robots"),
    path("alert.css", alert_sheet, name="alert-sheet"),
    path("alert/", alert, name="alert"),
    path("look.css", look_sheet, name="look-sheet"),
    path("look/<slug:name>", choose_look, name="look"),
    path("healthz", healthz, name="healthz"),
]
