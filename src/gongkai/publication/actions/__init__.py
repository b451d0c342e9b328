"""Making editions public, and ending that."""

from __future__ import annotations

from gongkai.publication.actions.ending import withdraw
from gongkai.publication.actions.imported import list_imported, publish_imported
from gongkai.publication.actions.publishing import publish_edition
from gongkai.publication.errors import PublicationRefused

__all__ = ["PublicationRefused", "list_imported", "publish_edition", "publish_imported", "withdraw"]
