"""On the desk page of a document: where its review stands, and what is to be done next."""

from __future__ import annotations

from gongkai.agencies.standing import Standing
from gongkai.documents.besides import Part, register
from gongkai.documents.models import Document
from gongkai.review.models import State, Submission
from gongkai.review.queries import able_to_judge, latest_submission, next_stage
from gongkai.review.todo import waited
from gongkai.rulebook.queries import rules_on


def course(document: Document, standing: Standing) -> Part | None:
    """Tell of the last submission of *document*: whose turn it is and since when, or why it was sent back.

    Nothing once it is sealed, which publication tells of, or a later edition went its own way.
    """
    row = latest_submission(document)
    if row is None or row.state == State.SEALED:
        return None
    later = document.editions.filter(n__gt=row.edition.n, discarded_at=None).first()
    if later is not None and later.closed_at is not None:
        return None
    values = {"row": row, "later": later, "verdict": row.rejection, **_turn(row, standing)}
    return Part("review/_beside.html", values, first=True)


def _turn(row: Submission, standing: Standing) -> dict[str, object]:
    turn = next_stage(row)
    if turn is None:
        return {}
    last = max((one.at for one in row.verdicts.all()), default=row.at)
    return {
        "turn": turn,
        "able": able_to_judge(row, turn, standing.on),
        "since": last,
        "waited": waited(row, rules_on(standing.on)),
    }


register("review", course)
