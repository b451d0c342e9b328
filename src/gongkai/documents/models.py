"""Document (identity) → Edition (canonical bytes, immutable once closed)."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class Kind(models.TextChoices):
    """What sort of information a document is; decides which figures count it."""

    NEWS = "news", "政务动态"
    NOTICE = "notice", "通知公告"
    MEETING = "meeting", "政府会议"
    POLICY = "policy", "政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    RESPONSE = "response", "回应关切"
    RELAY = "relay", "转载上级信息"
    REPORT = "report", "信息公开年报"


class Disclosure(models.TextChoices):
    """公开属性, assigned when a document is drafted (国办发〔2016〕80号)."""

    PUBLIC = "public", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Document(Identified):
    """One piece of government information, for ever the same whatever its text becomes."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="documents", verbose_name="公开机关"
    )
    drafter_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="drafted_documents", verbose_name="起草机关"
    )
    kind = models.CharField("种类", max_length=16, choices=Kind.choices)
    disclosure = models.CharField("公开属性", max_length=12, choices=Disclosure.choices)
    disclosure_reason = models.CharField("不公开理由", max_length=300, blank=True)
    art20 = models.PositiveSmallIntegerField("条例第二十条第几项", null=True, blank=True)
    index_no = models.CharField("索引号", max_length=20, unique=True)
    url_key = models.CharField("网址键", max_length=8, unique=True)

    class Meta:
        verbose_name = "文档"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(disclosure="public") | ~models.Q(disclosure_reason=""),
                name="document_withheld_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.index_no


class Edition(Identified):
    """One text of a document. `canonical` is what was approved, byte for byte."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="editions", verbose_name="文档"
    )
    n = models.PositiveIntegerField("版次")
    title = models.CharField("标题", max_length=300)
    canonical = models.BinaryField("规范字节")
    sha256 = models.CharField("哈希", max_length=64)
    author_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="作者")
    closed_at = models.DateTimeField("封存时间", null=True, blank=True)

    class Meta:
        verbose_name = "版本"
        constraints = [
            models.UniqueConstraint(fields=["document", "n"], name="edition_numbered_once"),
        ]

    def __str__(self) -> str:
        return self.title
