"""Entering a standard catalogue: whole or not at all, and the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import county
from gongkai.audit.actions import record
from gongkai.columns.actions.opening import arrange_in_turn
from gongkai.columns.catalogue.checking import entry_of, items_of
from gongkai.columns.catalogue.entry import Entry
from gongkai.columns.models import CatalogueItem, Column
from gongkai.columns.refusal import ColumnRefused
from gongkai.columns.rules import KEEPERS, may_keep_columns
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, canonical_bytes, sha256_hex


@dataclass(frozen=True)
class Entered:
    """How many items were new, changed, and the same already."""

    new: int
    changed: int
    same: int


@transaction.atomic
def enter_catalogue(entries: Sequence[Entry], *, by: Person) -> Entered:
    """Enter checked rows. An item is known by field, both levels and its agency; a known one is changed."""
    authorise(by, may_keep_columns, step="录入标准目录", whose=KEEPERS)
    arrange_in_turn()
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    unknown = sorted({entry.agency for entry in entries} - set(agencies))
    if unknown:
        raise ColumnRefused(f"没有代码为“{'、'.join(unknown)}”的机关，请重新检查文件。")
    known = {entry_of(item).key: item for item in items_of(entries)}
    count = {"new": 0, "changed": 0, "same": 0}
    for entry in entries:
        count[_enter(entry, known.get(entry.key), agencies)] += 1
    entered = Entered(**count)
    if entered.new or entered.changed:
        at = county()
        whole: list[Plain] = [_plain(entry) for entry in entries]
        payload: dict[str, Plain] = {**count, "sha256": sha256_hex(canonical_bytes(whole))}
        record(
            "catalogue.entered",
            stream=at.code,
            subject=f"agency:{at.uid}",
            payload=payload,
            by=by,
        )
    return entered


@transaction.atomic
def link_item(item: CatalogueItem, *, column: Column | None, by: Person) -> CatalogueItem:
    """Say in which column an item is made public, or that it is in none yet."""
    authorise(by, may_keep_columns, step="对应栏目", whose=KEEPERS)
    arrange_in_turn()
    item.column = column
    item.full_clean()
    item.save(update_fields=["column"])
    at = county()
    payload: dict[str, Plain] = {"column": column.slug if column else None}
    record(
        "catalogue.linked",
        stream=at.code,
        subject=f"item:{item.uid}",
        payload=payload,
        by=by,
    )
    return item


def _enter(entry: Entry, item: CatalogueItem | None, agencies: dict[str, Agency]) -> str:
    if item is not None and entry_of(item) == entry:
        return "same"
    what = "changed" if item else "new"
    item = item or CatalogueItem()
    said = {**asdict(entry), "agency": agencies[entry.agency], "channels": list(entry.channels)}
    for name, value in said.items():
        setattr(item, name, value)
    item.full_clean(exclude=["agency", "column"], validate_unique=False, validate_constraints=False)
    item.save()
    return what


def _plain(entry: Entry) -> dict[str, Plain]:
    return {**asdict(entry), "channels": list(entry.channels)}
