"""Writing the index, what the county adds to it, and the snapshot."""

from __future__ import annotations

from gongkai.search.actions.indexing import add, index, merge_waiting, rebuild, remove
from gongkai.search.actions.missed import note_missed
from gongkai.search.actions.recommending import end_recommendation, recommend
from gongkai.search.actions.snapshot import write_snapshot
from gongkai.search.actions.synonyms import add_synonym, drop_synonym

__all__ = [
    "add",
    "add_synonym",
    "drop_synonym",
    "end_recommendation",
    "index",
    "merge_waiting",
    "note_missed",
    "rebuild",
    "recommend",
    "remove",
    "write_snapshot",
]
