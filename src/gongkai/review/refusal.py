"""Why a text cannot be submitted, judged or let out, in the clerk's words."""

from __future__ import annotations


class ReviewRefused(Exception):
    """What happened, which article or role, what to do next."""


class WaiverRefused(ReviewRefused):
    """A waiver that the rules do not allow."""


TOGETHER = "另一位同事刚刚办理了这一件，没有重复登记。请刷新后查看结果。"
