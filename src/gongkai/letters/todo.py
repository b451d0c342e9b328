"""What of the letters waits for a person: a wording to approve."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.law.letters import LETTERS
from gongkai.law.rules import Rules
from gongkai.letters.queries import waiting
from gongkai.letters.rules import may_approve
from gongkai.rulebook.rules import office_held


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield the wordings a leader of the county's office may approve: one query, none for others.

    Everybody else who may approve is told in the inbox when a wording is proposed.
    """
    seat = office_held(standing, Role.LEADER)
    if seat is None:
        return
    for row in waiting().defer("blocks_text"):
        if may_approve(standing, row):
            yield Todo(
                what=f"《{LETTERS[row.code].title}》的文字待批准，拟自 {row.since} 起启用",
                act="对照并批准",
                page=("letter-wording", row.uid),
                agency_id=seat.agency_id,
                due=row.since,
                basis="文书文字由两人经手：一人提出，另一人批准",
            )
