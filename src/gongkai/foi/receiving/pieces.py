"""The words of a request that say what is wanted, parted from those it has in common with every other."""

from __future__ import annotations

import re

LEAST = 2
"""Less than two characters say nothing."""
_BETWEEN = re.compile(
    r"(?:^申请|关于|有关|相关|申请公开|请公开|请提供|公开|我想要|我想|想要|想了解|希望|提供|文件|信息|资料|情况"
    r"|以及|还有|的|和|与|及|或者|在|是|了"
    r"|[\s，。、；：？！“”（）《》〔〕\[\]【】,.;:?!()\"'<>/\\-])+"
)


def pieces(text: str) -> list[str]:
    """Return what stands between the little words and marks of *text*, in order."""
    return [piece for piece in _BETWEEN.split(text) if len(piece) >= LEAST]
