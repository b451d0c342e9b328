"""What an entry of the 政府信息公开目录 tells (条例第十二条第三款)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DirectoryEntry:
    """索引、名称、内容概述、生成日期: the four things the article names."""

    index_no: str
    title: str
    summary: str
    made_on: date
