"""The index, one pair of tables per audience, and what the county adds to it.

The index is derived: it is rebuilt from other rooms and may be deleted, so no guard keeps it. Beside
these columns each database has its own: ``tokens bigint[]`` with a GIN index on PostgreSQL, an FTS5
table on SQLite (migration 0002).
"""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified


class IndexedEntry(Identified):
    """What is listed, filtered and counted: narrow, because a common word reads a hundred thousand of them.

    *uid* is the key of the entry. On SQLite the primary key begins with the day, so that the index
    itself is in the order of dates (``places.py``).
    """

    folded_title = models.TextField("折叠后的标题和文号")
    agency_id = models.BigIntegerField("机关")
    kind = models.CharField("种类", max_length=32)
    columns = models.TextField("栏目", blank=True)
    year = models.IntegerField("年份")
    published_on = models.DateField("发布日期")
    effect = models.CharField("效力状态", max_length=32, blank=True)

    class Meta:
        abstract = True


class IndexedBody(models.Model):
    """What is read for one entry: the folded text decides and can be taken out again; the rest is shown.

    *shown* is the text as it was handed in, compressed.
    """

    title = models.TextField("标题")
    number = models.TextField("文号", blank=True)
    url = models.TextField("网址")
    folded = models.TextField("折叠后的正文和附件", blank=True)
    shown = models.BinaryField("显示的正文和附件")
    analyzer_version = models.PositiveSmallIntegerField("分词版本")

    class Meta:
        abstract = True


class PublicEntry(IndexedEntry):
    """An entry that everybody may find."""

    class Meta:
        verbose_name = "公开检索条目"

    def __str__(self) -> str:
        return str(self.uid)


class PublicBody(IndexedBody):
    """The texts of a public entry."""

    entry = models.OneToOneField(
        PublicEntry,
        models.PROTECT,
        to_field="uid",
        primary_key=True,
        related_name="body",
        db_constraint=False,
        verbose_name="条目",
    )

    class Meta:
        verbose_name = "公开检索正文"

    def __str__(self) -> str:
        return self.title


class StaffEntry(IndexedEntry):
    """An entry for staff, each within what he or she may see."""

    class Meta:
        verbose_name = "内部检索条目"

    def __str__(self) -> str:
        return str(self.uid)


class StaffBody(IndexedBody):
    """The texts of a staff entry."""

    entry = models.OneToOneField(
        StaffEntry,
        models.PROTECT,
        to_field="uid",
        primary_key=True,
        related_name="body",
        db_constraint=False,
        verbose_name="条目",
    )

    class Meta:
        verbose_name = "内部检索正文"

    def __str__(self) -> str:
        return self.title


class Synonym(Identified):
    """Two words that find each other: 低保 and 最低生活保障. Stored as typed, and folded."""

    term = models.CharField("词", max_length=50)
    equal = models.CharField("同义词", max_length=50)
    folded_term = models.CharField("折叠后的词", max_length=200)
    folded_equal = models.CharField("折叠后的同义词", max_length=200)

    class Meta:
        verbose_name = "同义词"
        constraints = [
            models.UniqueConstraint(fields=["folded_term", "folded_equal"], name="synonym_once"),
            models.CheckConstraint(
                # Which comes first the action decides: databases order letters each in their way.
                condition=~models.Q(folded_term=models.F("folded_equal")),
                name="synonym_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} = {self.equal}"


class BestBet(Identified):
    """What the county shows above the results of a word, until a day: 高考 → 招生考试专栏."""

    word = models.CharField("检索词", max_length=50)
    folded = models.CharField("折叠后的检索词", max_length=200)
    title = models.CharField("标题", max_length=100)
    url = models.CharField("网址", max_length=300)
    expires_on = models.DateField("最后一天")

    class Meta:
        verbose_name = "推荐结果"
        constraints = [models.UniqueConstraint(fields=["folded", "url"], name="best_bet_once")]

    def __str__(self) -> str:
        return f"{self.word} → {self.title}"


class MissedQuery(Identified):
    """What was looked for on a day and not found, and how often. Personal data is masked, nobody is named."""

    folded = models.CharField("检索词", max_length=200)
    day = models.DateField("日期")
    count = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = "没有结果的检索"
        constraints = [
            models.UniqueConstraint(fields=["day", "folded"], name="missed_query_once_a_day")
        ]

    def __str__(self) -> str:
        return self.folded
