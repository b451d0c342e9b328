"""What a person may say of two requests, and why not."""

from __future__ import annotations

from gongkai.foi.resembling.models import Verdict
from gongkai.foi.resembling.queries import Found

_REPEATED = "条例第三十六条第六项"


def why_not(found: Found, verdict: Verdict) -> str:
    """Return why *verdict* cannot be said of *found*, or nothing.

    重复申请 is what the same applicant asks again after an answer; whoever else asks has a right to one.
    """
    if found.likeness.case.decided_on is not None:
        return "这件申请已经作出处理决定，不再判断是否重复；需要时在复议、诉讼中说明。"
    if verdict is not Verdict.REPEATED:
        return ""
    if not found.same_applicant:
        return (
            f"两件不是同一申请人（按身份摘要），别人问过的仍要答复他，不是重复申请（{_REPEATED}）；"
            "请选“相近”，答复可以参照前一件。"
        )
    if found.earlier.decided_on is None:
        return (
            f"前一件 {found.earlier.number} 还没有答复，不能告知不重复处理（{_REPEATED}要求已经答复）；"
            "请选“相近”，前一件答复以后再判断。"
        )
    return ""
