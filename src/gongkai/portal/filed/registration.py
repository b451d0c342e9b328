"""The kinds of filed pages, and the order in which they are written."""

from __future__ import annotations

from gongkai.portal.filed import addresses, item, lists
from gongkai.publication.pages.kinds import PageKind, register

OWN, SHARED = 0, 2
"""A publication's own pages are there when its action returns; the lists it stands in follow."""


def register_kinds() -> None:
    """Add every kind of page this room knows."""
    register(
        PageKind(
            "item", addresses.item_path, item.render_item, item.item_keys, item.every_item, OWN
        )
    )
    register(
        PageKind(
            "twin", addresses.twin_path, item.render_twin, item.item_keys, item.every_item, OWN
        )
    )
    register(
        PageKind(
            "seal", addresses.seal_path, item.render_seal, item.seal_keys, item.every_seal, OWN
        )
    )
    register(
        PageKind(
            "list",
            addresses.listing_path,
            lists.render_listing,
            lists.listing_keys,
            lists.every_list,
            SHARED,
        )
    )
    register(
        PageKind(
            "archive",
            addresses.archive_path,
            lists.render_archive,
            lists.archive_keys,
            lists.every_archive,
            SHARED,
        )
    )
