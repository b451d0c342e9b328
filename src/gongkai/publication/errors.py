"""What stands in the way."""

from __future__ import annotations


class PublicationRefused(Exception):
    """What stands in the way of a publication or of its ending, in the clerk's words."""
