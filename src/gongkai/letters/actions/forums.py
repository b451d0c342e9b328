"""Saying where one complains against an agency."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit.actions import record
from gongkai.letters.models import Forum
from gongkai.letters.rules import PROPOSES, may_propose
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

STREAM = "rulebook"


class ForumRefused(Exception):
    """Why a place of complaint cannot be set."""


@transaction.atomic
def set_forum(
    agency: Agency | None,
    *,
    review_organ: str,
    court: str,
    online: str,
    since: date,
    by: Person,
) -> Forum:
    """Say where one complains against *agency*, or against every agency without a place of its own.

    Raises ``RoleRefused`` for who is not of the county's office, :class:`ForumRefused` for what cannot be.
    """
    authorise(by, may_propose, step="设置复议机关和法院", whose=PROPOSES)
    forum = Forum(
        agency=agency,
        since=since,
        review_organ=review_organ.strip(),
        court=court.strip(),
        online=online.strip(),
    )
    try:
        forum.full_clean()
    except ValidationError as wrong:
        raise ForumRefused("；".join(wrong.messages)) from wrong
    forum.save(force_insert=True)
    payload: dict[str, Plain] = {
        "agency": agency.code if agency else "",
        "review_organ": forum.review_organ,
        "court": forum.court,
        "since": since.isoformat(),
    }
    record("forum.set", stream=STREAM, subject=f"forum:{forum.uid}", payload=payload, by=by)
    return forum
