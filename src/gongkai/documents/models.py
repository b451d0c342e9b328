"""Document (identity) → Edition (canonical bytes, immutable once closed) → Attachment (a file by its hash)."""

from __future__ import annotations

import zlib

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.identity import Identified
from gongkai.documents.canonical import Attached, Content, Identity, content_of
from gongkai.law.grounds import GROUNDS
from gongkai.people.models import Person
from gongkai.text.body.addresses import file_address


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
    BUDGET = "budget", "预算决算"
    PERSONNEL = "personnel", "人事信息"
    STATISTICS = "statistics", "统计数据"
    SERVICE_GUIDE = "service_guide", "办事指南"
    PUBLICITY = "publicity", "公示"


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
    year = models.PositiveSmallIntegerField("年份")  # of the index number
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
        indexes = [models.Index(fields=["agency", "year"], name="document_by_year")]

    def __str__(self) -> str:
        return self.index_no

    def identity(self, n: int) -> Identity:
        """Return what the bytes of edition *n* say about this document."""
        kind, disclosure = str(self.kind), str(self.disclosure)
        return Identity(self.uid, n, kind, disclosure, self.disclosure_reason)


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
    discarded_at = models.DateTimeField("作废时间", null=True, blank=True)
    revision = models.PositiveIntegerField("第几次保存", default=1)
    saved_at = models.DateTimeField("保存时间", default=clock.now)
    saved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存人"
    )

    class Meta:
        verbose_name = "版本"
        constraints = [
            models.UniqueConstraint(fields=["document", "n"], name="edition_numbered_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(closed_at=None, discarded_at=None),
                name="edition_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(discarded_at=None),
                name="edition_closed_or_discarded",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still being written."""
        return self.closed_at is None and self.discarded_at is None

    @property
    def content(self) -> Content:
        """What its bytes say."""
        return content_of(bytes(self.canonical))


class Blob(Identified):
    """A file by its hash. Its bytes lie in the data folder, once however often it is attached."""

    sha256 = models.CharField("哈希", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    kind = models.CharField("类型", max_length=100)

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.sha256


class AttachmentRole(models.TextChoices):
    """Whether a file is handed out beside the text or shown in it."""

    ATTACHMENT = "attachment", "附件"
    IMAGE = "image", "图片"


class Attachment(Identified):
    """A file of an edition. What is taken off while the edition is open stays as a row that has ended."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="attachments", verbose_name="版本"
    )
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments", verbose_name="文件")
    name = models.CharField("文件名", max_length=120)
    role = models.CharField("用途", max_length=10, choices=AttachmentRole.choices)
    label = models.CharField("说明", max_length=200)  # what a screen reader says of it
    order = models.PositiveSmallIntegerField("次序")
    detached_at = models.DateTimeField("取下时间", null=True, blank=True)

    class Meta:
        verbose_name = "附件"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "name"],
                condition=models.Q(detached_at=None),
                name="attachment_named_once",
            ),
            models.UniqueConstraint(fields=["edition", "order"], name="attachment_ordered_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Its address beside the item's page: what a text calls a picture by."""
        return file_address(self.blob.sha256, self.name)

    @property
    def attached(self) -> Attached:
        """What is approved of it with the edition."""
        return Attached(self.blob.sha256, self.blob.size, self.name, self.role, self.label)


class FileText(models.Model):
    """What a file says, read once when it came in: a search looks through it, nobody is shown it instead of the file.

    *notes* are sentences for whoever brought it, one a line: a scan that no search finds, a hidden sheet.
    """

    blob = models.OneToOneField(
        Blob, models.PROTECT, primary_key=True, related_name="said", verbose_name="文件"
    )
    compressed = models.BinaryField("文字（压缩）")
    notes = models.TextField("给上传人的提示", blank=True)

    class Meta:
        verbose_name = "文件中的文字"

    def __str__(self) -> str:
        return self.blob.sha256

    @property
    def text(self) -> str:
        """What a reader of the file sees, part after part."""
        return zlib.decompress(bytes(self.compressed)).decode()


class DraftLock(Identified):
    """Who is writing an open edition. A courtesy, not a wall: it runs out, and may be taken over with a reason."""

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="lock", verbose_name="版本"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="编辑人")
    since = models.DateTimeField("开始编辑")
    refreshed_at = models.DateTimeField("最近保存")

    class Meta:
        verbose_name = "编辑锁"

    def __str__(self) -> str:
        return f"{self.edition} {self.person}"


class Withholding(Identified):
    """An entry of the register of what is not disclosed: on which ground, decided by whom, looked at again when.

    条例第十四条至第十六条, 第三十六条第（七）项 are the grounds; 第十八条 asks to look again.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="withholdings", verbose_name="文档"
    )
    ground = models.CharField(
        "不予公开的理由",
        max_length=4,
        choices=[
            (code, f"{ground.title}（条例{ground.article}）") for code, ground in GROUNDS.items()
        ],
    )
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="决定人")
    since = models.DateField("起始日期")
    review_due = models.DateField("下次评估日期")
    ended_on = models.DateField("转为公开的日期", null=True, blank=True)

    class Meta:
        verbose_name = "不予公开登记"
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(ended_on=None),
                name="withholding_one_running",
            ),
        ]
        indexes = [models.Index(fields=["review_due"], name="withholding_by_due")]

    def __str__(self) -> str:
        return f"{self.document} {self.ground}"


class Reassessment(Identified):
    """One look at something withheld (条例第十八条): kept, or to be published; with the reason."""

    class Result(models.TextChoices):
        KEEP = "keep", "继续不予公开"
        PUBLISH = "publish", "转为主动公开"

    withholding = models.ForeignKey(
        Withholding, models.PROTECT, related_name="reassessments", verbose_name="登记"
    )
    result = models.CharField("结论", max_length=8, choices=Result.choices)
    reason = models.CharField("理由", max_length=300)
    on = models.DateField("评估日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="评估人")

    class Meta:
        verbose_name = "不予公开评估"

    def __str__(self) -> str:
        return f"{self.withholding} {self.on} {self.result}"
