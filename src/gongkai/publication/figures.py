"""The narrative numbers of section one: items published, interpretations, relayed central information."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Count, QuerySet

from gongkai.audit import clock
from gongkai.documents.models import Kind
from gongkai.figures.registry import Definition, Record, Scope, Value, register
from gongkai.publication.models import Publication
from gongkai.publication.queries import published_between

_APART: dict[str, tuple[Kind, ...]] = {
    "n.interpretations": (Kind.INTERPRETATION, Kind.RESPONSE),
    "n.relayed": (Kind.RELAY,),
}
_COUNTED_APART = {kind for kinds in _APART.values() for kind in kinds}
_KINDS = {"n.items": tuple(kind for kind in Kind if kind not in _COUNTED_APART)} | _APART
_MEANINGS = {
    "n.items": (
        "主动公开信息条数",
        "本年首次发布的各类信息；解读回应与转载另计。",
    ),
    "n.interpretations": (
        "解读回应条数",
        "本年首次发布的政策解读和回应关切（二者是两件事，合并计数）。",
    ),
    "n.relayed": ("联动传播上级信息条数", "本年首次发布的转载党中央、国务院重要信息。"),
}


class PublicationFigures:
    """Counts of documents by kind, in the year they first went out."""

    definitions = tuple(
        Definition(key, title, meaning, "条", "条例第五十条第一项")
        for key, (title, meaning) in _MEANINGS.items()
    )

    def values(self, scope: Scope) -> Mapping[str, Value]:
        counted = _all(scope).values_list("document__kind").annotate(n=Count("pk")).order_by()
        by_kind = dict(counted)
        return {
            key: Value(sum(by_kind.get(kind.value, 0) for kind in kinds))
            for key, kinds in _KINDS.items()
        }

    def records(self, scope: Scope, key: str) -> Iterator[Record]:
        rows = _behind(scope, key).select_related("document", "edition")
        for row in rows.iterator(chunk_size=2_000):
            yield Record(
                uid=row.uid,
                label=row.edition.title,
                detail=row.document.get_kind_display(),
                agency_id=row.document.agency_id,
                on=clock.legal_date(row.published_at),
            )

    def uids(self, scope: Scope, key: str) -> Iterator[UUID]:
        return _behind(scope, key).values_list("uid", flat=True).iterator(chunk_size=2_000)


def _all(scope: Scope) -> QuerySet[Publication]:
    published = published_between(scope.first, scope.as_of)
    return published.filter(document__agency__in=scope.agency_ids)


def _behind(scope: Scope, key: str) -> QuerySet[Publication]:
    return _all(scope).filter(document__kind__in=_KINDS[key]).order_by("published_at", "pk")


register("publication", PublicationFigures())
