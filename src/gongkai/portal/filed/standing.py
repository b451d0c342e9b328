"""The kinds of pages that stand whatever is published, and what has each written anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gongkai.audit.subscribers import subscribe
from gongkai.portal.filed import (
    alerts,
    applying,
    chrome,
    clocks,
    feeds,
    home,
    list_twins,
    lists,
    moved,
    open_data,
    organs,
    proving,
    reports,
    rules,
    site_maps,
)
from gongkai.publication.models import Publication
from gongkai.publication.pages.chrome import register_chrome
from gongkai.publication.pages.dated import register_dated
from gongkai.publication.pages.kinds import PageKind, register, untouched
from gongkai.publication.queries import lists_of

_SHARED = 1
"""With the lists: what a publication changes beside its own pages."""
_LATER = 2
"""What no reader waits for: data of lists, maps, and pages no publication changes."""

Keys = Callable[[], Iterable[str]]
Path = Callable[[str], str]
Render = Callable[[str], bytes | None]
Touched = Callable[[Sequence[Publication]], Iterable[str]]


def always(publications: Sequence[Publication]) -> Iterable[str]:
    """The one page of its kind, by every publication."""
    return home.FRONT


def only() -> Iterable[str]:
    return home.FRONT


def register_kinds() -> None:
    """Add these kinds, tell which a new day changes, and listen to what changes the others."""
    for kind in (*_fronts(), *_many(), *_of_lists()):
        register(kind)
    register_dated("home", "organs", "organs-twin", "organ", "organ-twin", "apply", "site-map")
    register_dated("rules", "rules-twin", "rules-calendar", "cell", "day-seals", "digests")
    register_chrome(chrome.fingerprint, chrome.framed_pages)
    subscribe("agency", organs.agencies_changed)
    subscribe("report", reports.report_changed)
    subscribe("report", clocks.report_released)
    subscribe("case", clocks.case_moved)
    subscribe("parameter", rules.rules_changed)
    subscribe("notice", rules.rules_changed)


def _fronts() -> list[PageKind]:
    """Kinds of one page each."""

    def front(
        name: str, path: Path, render: Render, touched: Touched = untouched, turn: int = _LATER
    ) -> PageKind:
        return PageKind(name, path, render, touched, only, turn)

    return [
        front("home", home.home_path, home.render_home, always, _SHARED),
        front("organs", organs.directory_path, organs.render_directory),
        front("organs-twin", organs.directory_twin_path, organs.render_directory_twin),
        front("reports", reports.reports_path, reports.render_reports),
        front("reports-twin", reports.reports_twin_path, reports.render_reports_twin),
        front("rules", rules.rules_path, rules.render_rules),
        front("rules-twin", rules.rules_twin_path, rules.render_rules_twin),
        front("apply", applying.apply_path, applying.render_apply),
        front("verify", proving.verify_path, proving.render_verify, proving.verify_keys),
        front("digests", proving.digests_path, proving.render_digests),
        front("open-data", open_data.open_data_path, open_data.render_open_data),
        front("openapi", open_data.openapi_path, open_data.render_openapi),
        front("site-map", site_maps.site_map_path, site_maps.render_site_map),
        front("sitemap", site_maps.index_path, site_maps.render_index, site_maps.index_keys),
        front("alert-sheet", alerts.sheet_path, alerts.render_sheet, turn=_SHARED),
        front("alert", alerts.alert_path, alerts.render_alert, turn=_SHARED),
        front("redirect-map", moved.map_path, moved.render_map),
        front("robots", site_maps.robots_path, site_maps.render_robots),
    ]


def _many() -> list[PageKind]:
    """Kinds of many pages; a publication changes the number on its agency's own, and nothing of the others."""

    def many(name: str, path: Path, render: Render, every: Keys) -> PageKind:
        return PageKind(name, path, render, untouched, every, _LATER)

    return [
        many("redirect", moved.moved_path, moved.render_moved, moved.every_moved),
        PageKind(
            "organ",
            organs.organ_path,
            organs.render_organ,
            organs.organ_keys,
            organs.every_organ,
            _LATER,
        ),
        many("organ-twin", organs.organ_twin_path, organs.render_organ_twin, organs.every_organ),
        many("report", reports.report_path, reports.render_report, reports.every_report),
        many(
            "report-twin",
            reports.report_twin_path,
            reports.render_report_twin,
            reports.every_report,
        ),
        PageKind(
            "cell",
            reports.cell_path,
            reports.render_cell,
            untouched,
            reports.every_cell,
            _LATER,
            reports.render_cells,
        ),
        many("clock", clocks.clock_path, clocks.render_clock, clocks.every_clock),
        many("rule", rules.rule_path, rules.render_rule, rules.every_rule),
        many("rules-calendar", rules.calendar_path, rules.render_calendar, rules.every_calendar),
        many(
            "day-seals",
            proving.day_of_seals_path,
            proving.render_day_of_seals,
            proving.every_day_of_seals,
        ),
    ]


def _of_lists() -> list[PageKind]:
    """What follows the lists: data, feeds, the parts of the map."""
    return [
        PageKind(
            "list-twin",
            list_twins.list_twin_path,
            list_twins.render_list_twin,
            lists_of,
            list_twins.every_head,
            _LATER,
        ),
        PageKind(
            "archive-twin",
            list_twins.archive_twin_path,
            list_twins.render_archive_twin,
            lists.archive_keys,
            lists.every_archive,
            _LATER,
        ),
        PageKind(
            "feed", feeds.feed_path, feeds.render_feed, feeds.feed_keys, feeds.every_feed, _LATER
        ),
        PageKind(
            "sitemap-part",
            site_maps.part_path,
            site_maps.render_part,
            site_maps.part_keys,
            site_maps.every_part,
            _LATER,
        ),
    ]
