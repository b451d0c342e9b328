"""The wording of one letter as a value: its blocks in order, and which version they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

SLOT = re.compile(r"\{([^{}]*)\}")


class Part(StrEnum):
    """What a block of a letter is."""

    TITLE = "title"
    NUMBER = "number"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    REMEDIES = "remedies"
    ENCLOSURES = "enclosures"
    SIGNATURE = "signature"
    CONTACT = "contact"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def has_text(self) -> bool:
        """Whether a county writes its words; the other parts print what the case brings."""
        return self not in WITHOUT_TEXT


LABELS: Mapping[Part, str] = {
    Part.TITLE: "标题",
    Part.NUMBER: "文号",
    Part.ADDRESSEE: "称呼",
    Part.HEADING: "小标题",
    Part.PARAGRAPH: "段落",
    Part.LIST: "逐项列出",
    Part.TABLE: "表格",
    Part.REMEDIES: "救济途径",
    Part.ENCLOSURES: "附件",
    Part.SIGNATURE: "署名和日期",
    Part.CONTACT: "联系方式",
}
WITHOUT_TEXT = frozenset({Part.NUMBER, Part.ENCLOSURES, Part.SIGNATURE})
OUTCOME = "结果:"
"""Before the code of an outcome, in a condition: the block is printed for that outcome only."""


@dataclass(frozen=True)
class Block:
    """One block: its words, and the fact without which, or with which, it is not printed.

    *when* and *unless* name a slot that has, or has not, something to say; *when* may name an outcome
    as 结果:petition.
    """

    part: Part
    text: str = ""
    when: str = ""
    unless: str = ""

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots named in the text, as they come."""
        return tuple(SLOT.findall(self.text))


@dataclass(frozen=True)
class Words:
    """The blocks of letter *code*. *version* 0 is the packaged wording, the county's own count from 1."""

    code: str
    blocks: tuple[Block, ...]
    version: int = 0

    def slots(self) -> Iterator[str]:
        """Yield every slot that some block names."""
        for block in self.blocks:
            yield from block.slots
