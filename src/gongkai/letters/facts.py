"""What a letter is told of its case: a frozen value, built by whoever sends it, with no database behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.remedies import Remedies


@dataclass(frozen=True)
class Office:
    """The agency that signs, and where its 信息公开工作机构 is found (条例第四条)."""

    organ: str
    name: str
    address: str
    telephone: str


@dataclass(frozen=True)
class Request:
    """The request as it was made. *content* is quoted in letters word for word."""

    number: str
    received_on: date
    applicant: str
    content: str
    channel: str = ""
    wanted_as: str = ""
    organisation: bool = False


@dataclass(frozen=True)
class CitedGround:
    """Why something is withheld: a ground of ``law.grounds``, the article as the letter cites it.

    *part* says which part is withheld; *law* is the statute or regulation that forbids (ND2) or rules (ND8).
    """

    code: str
    article: str
    part: str = "您申请的信息"
    law: str = ""


@dataclass(frozen=True)
class Search:
    """One line of the search worksheet (条例第三十六条第四项)."""

    system: str
    scope: str
    terms: str
    result: str
    on: date
    by: str


@dataclass(frozen=True)
class Contact:
    """Another organ or person: what it is called and how it is reached."""

    name: str
    contact: str = ""


@dataclass(frozen=True)
class PriorReply:
    """An earlier reply to the same content: its 文号 and day."""

    number: str
    on: date


@dataclass(frozen=True)
class Charge:
    """A 信息处理费 of *fen* 分: by which basis and scale, and how it is paid (国办函〔2020〕109号)."""

    fen: int
    basis: str
    scale: str
    pay_how: str


@dataclass(frozen=True)
class Opinion:
    """A third party asked in writing (条例第三十二条): when, and what it answered; or why it was not asked."""

    asked_on: date | None = None
    answer: str = ""
    not_asked: str = ""


@dataclass(frozen=True)
class Complaint:
    """The ways of complaint with the organ and the court they lead to.

    *online*: where a review is applied for on the internet; told where the letter is served that way
    (行政复议法第二十二条).
    """

    remedies: Remedies
    review_organ: str
    court: str
    online: str = ""


@dataclass(frozen=True)
class Service:
    """How the letter goes out: by which way, to which address. *online*: through the internet."""

    way: str
    address: str
    online: bool = False


@dataclass(frozen=True)
class Enclosure:
    """What goes out with the letter. *at_hand*: the file or paper is there."""

    title: str
    at_hand: bool = True


@dataclass(frozen=True)
class LetterFacts:
    """Everything a letter may say. What a letter does not need stays empty.

    *until*: the last day for what the letter asks of its reader; *within*: how long its reader has from the
    day after it arrived, where the last day follows from that. *due_on*: the last day of the answer.
    *enquiry*: the 文号 of the letter a slip answers. *received_as*: the 收件编号 a query code belongs to.
    *notice_on*: when the earlier notice was served whose period ran out. *form*: labels and texts of the
    registration form. *agent_unproved*: the 收件编号 of a request through an agent whose authority is not on file,
    where the letter is not said to go to the applicant himself. Texts of several paragraphs have one a line.
    """

    office: Office
    request: Request
    number: str = ""
    signed_on: date | None = None
    outcome: str = ""
    reasons: str = ""
    grounds: tuple[CitedGround, ...] = ()
    separation: str = ""
    risk: str = ""
    search: tuple[Search, ...] = ()
    responsible: Contact | None = None
    undeterminable: str = ""
    special_rule: str = ""
    prior: PriorReply | None = None
    corrections: tuple[str, ...] = ()
    until: date | None = None
    within: str = ""
    due_on: date | None = None
    extended_by: str = ""
    charge: Charge | None = None
    consulted: Contact | None = None
    enquiry: str = ""
    matter: str = ""
    answer_within: str = ""
    opinion: Opinion = Opinion()
    material: str = ""
    given_by: str = ""
    where_published: str = ""
    notice_on: date | None = None
    corrected_on: date | None = None
    found: str = ""
    channel: str = ""
    corrected: str = ""
    transferred_to: Contact | None = None
    received_as: str = ""
    query_code: str = ""
    served_documents: tuple[str, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    complaint: Complaint | None = None
    service: Service | None = None
    agent_unproved: str = ""
    enclosures: tuple[Enclosure, ...] = ()
