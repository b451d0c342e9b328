"""What a letter says of the case, word for word: without its head, how to complain, and who wrote it."""

from __future__ import annotations

from tests.looks.officers import FEATURES, NAME, SUBJECT

_ENDS = ("如不服", "联系方式：试验工作机构")


def body(text: str, to: str = NAME) -> str:
    """Return the words of a letter's *text* from the addressee on, up to how one complains or reaches the office."""
    told = text.partition(f"{to}：")[2]
    assert told, f"not to {to}: {text}"
    return min((told.partition(end)[0] for end in _ENDS), key=len)


def asked(number: str, subject: str = SUBJECT) -> str:
    """Return how a letter begins: when request *number* came and what it asks, in the applicant's own words."""
    return (
        f"本机关于2026年3月2日收到您提出的政府信息公开申请（受理编号：{number}），"
        f"申请公开的内容为：“{subject}（{FEATURES}）”。"
    )
