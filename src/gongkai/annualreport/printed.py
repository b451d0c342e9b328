"""What a report looks like in print, kept beside its values so that its form can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class PrintedForm:
    """Wording and layout as found in a published document.

    `headings` are the level-one headings in order; `labels` map a slot of
    `ReportFormat.labels` to the wording found; `cells` map a cell key to its printed text;
    `extra` are table rows that the format does not have; `foreign` are labels of another format; `unread` are cells of which
    it is not known what is printed in them, so that they must not be called blank.
    """

    title: str
    headings: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
