"""文号: the number a document is cited by, such as 示政〔2024〕5号 (GB/T 9704-2012)."""

from __future__ import annotations

import re

_PATTERN = re.compile(
    r"^(?P<mark>[\u4e00-\u9fa5]{1,12})〔(?P<year>(?:19|20)\d{2})〕(?P<n>[1-9]\d*)号$"
)
_BRACKETS = str.maketrans("[]［］()（）【】", "〔〕〔〕〔〕〔〕〔〕")


def fold_brackets(text: str) -> str:
    """Return *text* without blanks and with the official hexagonal brackets, whatever it is."""
    return re.sub(r"\s+", "", text).translate(_BRACKETS)


def normal_document_number(text: str) -> str:
    """Return *text* in the one official form: hexagonal brackets, no 第, no leading zero, no blanks.

    Raises ``ValueError`` with a sentence for the clerk when *text* cannot be a 文号.
    """
    folded = fold_brackets(text).replace("〕第", "〕")
    folded = re.sub(r"〕0+(\d)", r"〕\1", folded)
    if not _PATTERN.match(folded):
        raise ValueError(
            f"文号“{text}”不符合 GB/T 9704-2012：应为“机关代字〔年份〕序号号”，"
            "例如“示政〔2024〕5号”，请改正后再提交。"
        )
    return folded
