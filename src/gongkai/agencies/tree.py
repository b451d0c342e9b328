"""The agencies of a day as a tree: a value, built from four queries whatever the number of agencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.models import Agency, AgencyName, Level


@dataclass(frozen=True)
class Node:
    """An agency as it stood on a day. *ended* is the first day it is no more, also one still to come."""

    agency: Agency
    named: AgencyName
    parent_id: int | None
    ended: date | None
    children: tuple[Node, ...] = ()

    @property
    def level(self) -> Level:
        return Level(self.agency.level)


@dataclass(frozen=True)
class Tree:
    """*parents* tells under whom each agency stands; *nodes* are those that had a name by *on*."""

    on: date
    nodes: Mapping[int, Node]
    parents: Mapping[int, int | None]

    def above(self, key: int) -> list[int]:
        """Return the keys of the agencies above *key*, the nearest first."""
        found: list[int] = []
        parent = self.parents.get(key)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.parents.get(parent)
        return found

    def is_gone(self, node: Node) -> bool:
        return node.ended is not None and node.ended <= self.on

    def shown(self, wanted: Callable[[Node], bool]) -> tuple[Node, ...]:
        """Return the nodes *wanted* as trees; those above a wanted one stay, so that it has a place."""
        keep = {key for key, node in self.nodes.items() if wanted(node)}
        keep |= {above for key in tuple(keep) for above in self.above(key)}
        below: dict[int | None, list[Node]] = {}
        for key in keep & set(self.nodes):
            node = self.nodes[key]
            place = node.parent_id if node.parent_id in keep else None
            below.setdefault(place, []).append(node)
        return tuple(_grown(below, None))


def _grown(below: Mapping[int | None, list[Node]], key: int | None) -> Iterator[Node]:
    for node in sorted(below.get(key, ()), key=lambda one: one.agency.code):
        yield replace(node, children=tuple(_grown(below, node.agency.pk)))
