"""The 政府信息公开 platform: its parts, the standard tree of columns, the institutions each organ keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.packaged import rows, table
from gongkai.law.parameters import Certainty


class Section(StrEnum):
    """A part of the platform, and beside it what else a site shows in columns."""

    POLICY = "policy"
    GUIDE = "guide"
    INSTITUTIONS = "institutions"
    STATUTORY = "statutory"
    ANNUAL = "annual"
    SPECIAL = "special"
    SITE = "site"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Section.POLICY: "政策",
    Section.GUIDE: "政府信息公开指南",
    Section.INSTITUTIONS: "政府信息公开制度",
    Section.STATUTORY: "法定主动公开内容",
    Section.ANNUAL: "政府信息公开年报",
    Section.SPECIAL: "专栏",
    Section.SITE: "网站其他栏目",
}


class Freshness(StrEnum):
    """By what a column is found not updated (国办秘函〔2019〕19号, 单项否决“栏目不更新”)."""

    NEWS = "news"
    NOTICE = "notice"
    OWN = "own"

    @property
    def label(self) -> str:
        return _FRESHNESS[self]

    @property
    def key(self) -> str:
        """The parameter with the number of days; empty where the column's own rhythm decides."""
        return _KEYS[self]


_FRESHNESS = {
    Freshness.NEWS: "动态、要闻类",
    Freshness.NOTICE: "通知公告、政策文件类",
    Freshness.OWN: "按本栏目的更新周期",
}
_KEYS = {
    Freshness.NEWS: "site.news_stale",
    Freshness.NOTICE: "site.policy_stale",
    Freshness.OWN: "",
}


@dataclass(frozen=True)
class Institution:
    """A 制度 the 条例 has every organ keep."""

    title: str
    basis: str


@dataclass(frozen=True)
class StandardColumn:
    """A column of the standard tree. *limit* is a parameter's key, empty for 及时公开; *rhythm* in days, 0 for none."""

    slug: str
    title: str
    section: Section
    parent: str
    duty: str
    basis: str
    limit: str
    freshness: Freshness
    rhythm: int
    template: str
    level: str


_DATA = table("platform.toml")
BASIS: str = _DATA["basis"]
CERTAINTY = Certainty(_DATA["certainty"])
INSTITUTIONS: tuple[Institution, ...] = rows("platform.toml", "institution", Institution)
STANDARD_TREE: tuple[StandardColumn, ...] = rows("platform.toml", "column", StandardColumn)
"""Parents before children, in the order they are shown."""
