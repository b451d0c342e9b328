"""The kinds of filed pages, and the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.portal.filed import addresses as at
from gongkai.portal.filed import (
    catalogue,
    columns,
    guide,
    item,
    lists,
    registers,
    standard,
    standing,
)
from gongkai.portal.filed.following import follow_changes
from gongkai.portal.filed.own import render_own
from gongkai.publication.pages.kinds import OWN, PageKind, register, register_own, untouched
from gongkai.registers.listings import ARCHIVE, NEWEST

SHARED = 1
"""The turn of the lists a publication stands in: they follow its own pages."""


PLATFORM = (
    PageKind(
        "columns",
        lambda key: columns.TREE,
        columns.render_tree,
        columns.tree_keys,
        lambda: ("",),
        SHARED,
    ),
    PageKind(
        "column",
        at.column_path,
        columns.render_column,
        columns.column_keys,
        columns.every_column,
        SHARED,
    ),
    PageKind(
        "guide",
        guide.guide_path,
        guide.render_guide,
        untouched,
        guide.every_guide,
        SHARED,
    ),
    PageKind(
        "catalogue",
        catalogue.catalogue_path,
        catalogue.render_catalogue,
        catalogue.catalogue_keys,
        catalogue.every_page,
        SHARED,
    ),
    PageKind(
        "organ-catalogue",
        catalogue.organ_catalogue_path,
        catalogue.render_organ_catalogue,
        catalogue.organ_catalogue_keys,
        catalogue.every_organ_page,
        SHARED,
    ),
    PageKind(
        "standard",
        standard.standard_path,
        standard.render_standard,
        untouched,
        standard.every_field,
        SHARED,
    ),
    PageKind(
        "workbook",
        standard.workbook_path,
        standard.render_workbook,
        untouched,
        standard.every_workbook,
        SHARED,
    ),
)
"""The parts of the 政府信息公开平台 that are made from registered data."""


ITEMS_AND_LISTS = (
    PageKind(
        "item",
        at.item_path,
        item.render_item,
        item.item_keys,
        item.every_item,
        OWN,
        item.render_items,
    ),
    PageKind(
        "twin",
        at.twin_path,
        item.render_twin,
        item.item_keys,
        item.every_item,
        OWN,
        item.render_twins,
    ),
    PageKind("file", at.file_path, item.render_file, item.file_keys, item.every_file, OWN),
    PageKind(
        "seal",
        at.seal_path,
        item.render_seal,
        item.seal_keys,
        item.every_seal,
        OWN,
        item.render_seals,
    ),
    PageKind(
        "list",
        at.listing_path,
        lists.render_listing,
        lists.listing_keys,
        lists.every_list,
        SHARED,
    ),
    PageKind(
        "archive",
        at.archive_path,
        lists.render_archive,
        lists.archive_keys,
        lists.every_archive,
        SHARED,
    ),
)
"""What a publication is, and the lists it stands in."""


def register_kinds() -> None:
    """Add every kind of page this room knows, and who is told of what changes them."""
    standing.register_kinds()
    for kind in (*ITEMS_AND_LISTS, *PLATFORM, *_of_registers()):
        register(kind)
    register_own(render_own)
    follow_changes()


def _of_registers() -> Iterator[PageKind]:
    """The pages of licences and penalties, in three forms each."""
    forms = (
        (registers.html_path, registers.render_html),
        (registers.csv_path, registers.render_csv),
        (registers.json_path, registers.render_json),
    )
    for names, every in (
        (NEWEST, registers.every_newest),
        (ARCHIVE, registers.every_numbered),
    ):
        for name, (path, render) in zip(names, forms, strict=True):
            yield PageKind(name, path, render, untouched, every, SHARED)
