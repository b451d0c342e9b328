"""What a person asks for, as a value, with the words the form offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from gongkai.text.canonical import Plain


class DocumentKind(StrEnum):
    """What proves who asks (条例第二十九条第二款第一项)."""

    ID_CARD = "id_card"
    RESIDENCE = "residence"
    PASSPORT = "passport"
    MILITARY = "military"
    FOREIGN = "foreign"
    CREDIT = "credit"
    OTHER = "other"

    @property
    def label(self) -> str:
        return DOCUMENTS[self]


DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.ID_CARD: "居民身份证",
    DocumentKind.RESIDENCE: "港澳台居民居住证或者通行证",
    DocumentKind.PASSPORT: "护照",
    DocumentKind.MILITARY: "军人证件",
    DocumentKind.FOREIGN: "外国人永久居留身份证",
    DocumentKind.CREDIT: "统一社会信用代码",
    DocumentKind.OTHER: "其他证件",
}
FORMS: Mapping[str, str] = {
    "any": "都可以",
    "paper": "纸质",
    "electronic": "电子数据",
    "onsite": "现场阅读、抄录",
}
"""形式要求 (条例第二十九条第二款第三项, 第四十条)."""
WAYS: Mapping[str, str] = {
    "email": "电子邮件",
    "post": "邮寄",
    "pick_up": "到受理机构领取",
    "onsite": "当场阅读、抄录",
}
"""获取信息的方式、途径. Post goes by 邮政企业 (国办公开办函〔2016〕235号)."""
HELP: Mapping[str, str] = {
    "": "不需要",
    "large": "请用大字",
    "read": "请读给我听",
    "write": "请替我填写",
    "sign": "请用手语或者书面交流",
    "other": "需要别的帮助，请打电话问我",
}
"""What an applicant who reads, sees or hears with difficulty may ask for (条例第四十三条)."""


@dataclass(frozen=True)
class Asked:
    """What is asked for and how it is wanted. Never what for.

    *subject* its name, *symbol* its 文号, *features* whatever else tells it from others; *form* and *way* are
    keys of :data:`FORMS` and :data:`WAYS`, *help* of :data:`HELP`; *suggests*: the applicant proposes to
    publish it (条例第四十四条). *mail_number* is of the letter it came in.
    """

    subject: str
    symbol: str = ""
    features: str = ""
    form: str = "any"
    way: str = "email"
    help: str = ""
    suggests: bool = False
    mail_number: str = ""

    @property
    def form_label(self) -> str:
        return FORMS.get(self.form, "")

    @property
    def way_label(self) -> str:
        return WAYS.get(self.way, "")

    @property
    def help_label(self) -> str:
        return HELP.get(self.help, "")

    def plain(self) -> dict[str, Plain]:
        """Return the value for canonical bytes."""
        return dict(asdict(self))

    @classmethod
    def read(cls, plain: Mapping[str, Plain]) -> Asked:
        """Return the value :meth:`plain` gave; what a later version added is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in plain.items() if key in known})  # type: ignore[arg-type]  # our own bytes
