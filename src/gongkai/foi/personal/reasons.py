"""For what an identity may be looked at: purposes of answering a request, and nothing else."""

from __future__ import annotations

from django.db import models


class Reason(models.TextChoices):
    """Why somebody looks (个人信息保护法第六条、第三十四条: for the purpose, within the duty)."""

    VERIFY = "verify", "核实申请人身份（条例第二十九条）"
    CORRECT = "correct", "告知补正、征求意见或者延期"
    REPLY = "reply", "制作答复书"
    SERVE = "serve", "送达：联系申请人、填写地址"
    REPEATED = "repeated", "判断是否重复、大量申请（条例第三十五条、第三十六条）"
    DISPUTE = "dispute", "行政复议、行政诉讼举证"
    ASKED = "asked", "申请人本人要求查阅或者更正（个人信息保护法第四十五条、第四十六条）"
