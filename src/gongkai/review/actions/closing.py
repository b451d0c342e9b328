"""Closing an edition on its way to the reviewers."""

from __future__ import annotations

from gongkai.documents.actions import close_edition
from gongkai.documents.models import Edition
from gongkai.documents.refusal import DocumentRefused
from gongkai.people.models import Person
from gongkai.review.refusal import ReviewRefused


def close(edition: Edition, *, by: Person, refusal: type[ReviewRefused] = ReviewRefused) -> None:
    """Close *edition* unless it is. Raises *refusal* with what its kind still lacks."""
    if edition.closed_at is not None:
        return
    try:
        close_edition(edition, by=by)
    except DocumentRefused as lacking:
        raise refusal(str(lacking)) from lacking
