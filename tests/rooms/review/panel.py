"""Four reviewers of the grain bureau, and what they do when all goes well."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, Role
from gongkai.documents.models import Edition
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from gongkai.review.actions import Signing, approve_stage, submit_for_review
from gongkai.review.models import Seal, StageKind, Submission
from gongkai.review.queries import next_stage
from gongkai.review.rules import ROLE_OF
from tests.rooms.cast import SINCE, Cast, items

Panel = Mapping[StageKind, Person]
PROVED = Signing("", proved_again=True)
IN_ORDER = (StageKind.SECRECY, StageKind.FIRST, StageKind.SECOND, StageKind.FINAL)


def reviewer(cast: Cast, name: str, *kinds: StageKind, agency: Agency | None = None) -> Person:
    """Enter somebody who holds the roles of *kinds* in *agency*, the grain bureau without one."""
    person = register_person(name=name, staff_no=f"R-{name}", by=cast.li)
    for kind in kinds:
        appoint(person, agency or cast.grain, role=ROLE_OF[kind], since=SINCE, by=cast.li)
    return person


def make_panel(cast: Cast, agency: Agency | None = None) -> Panel:
    """Enter one reviewer for each stage of the chain that came with the program."""
    word = agency.code if agency else ""
    return {kind: reviewer(cast, f"{kind.label}甲{word}", kind, agency=agency) for kind in IN_ORDER}


def draft(cast: Cast, title: str = "公告") -> Edition:
    """Enter a text of 小陈's that is not closed yet."""
    return items(cast, title, closed_at=None)[0]


def submitted(cast: Cast, title: str = "公告") -> Submission:
    return submit_for_review(draft(cast, title), by=cast.chen)


def approve(submission: Submission, person: Person, signing: Signing = PROVED) -> None:
    """Approve the stage whose turn it is."""
    stage = next_stage(submission)
    assert stage is not None
    sha256 = submission.edition.sha256
    approve_stage(submission, stage, sha256=sha256, signing=signing, by=person)
    submission.refresh_from_db()


def approve_through(submission: Submission, panel: Panel, *kinds: StageKind) -> Submission:
    """Let each of *kinds* approve, all four without any."""
    for kind in kinds or IN_ORDER:
        approve(submission, panel[kind])
    return submission


def sealed(cast: Cast, edition: Edition) -> Seal:
    """Submit *edition* and let a panel of its own approve it."""
    author = edition.author_person
    submission = submit_for_review(edition, by=author)
    approve_through(submission, make_panel(cast, edition.document.agency))
    return Seal.objects.get(edition=edition)


def as_author(cast: Cast, person: Person) -> None:
    """Let *person* write for the grain bureau too."""
    appoint(person, cast.grain, role=Role.INFORMATION_OFFICER, since=SINCE, by=cast.li)
