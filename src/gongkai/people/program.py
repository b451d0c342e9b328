"""The program itself as an actor: what nobody signed in answers for, such as a failed sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Program:
    """A named program. Its uid is fixed, so that its acts are found in the log for ever."""

    uid: UUID
    name: str


GATE = Program(UUID("018f0000-0000-7000-8000-000000000001"), "登录程序")
COMMAND = Program(UUID("018f0000-0000-7000-8000-000000000002"), "命令行")
APPLICANT = Program(UUID("018f0000-0000-7000-8000-000000000003"), "申请人（凭收件编号和查询码）")
