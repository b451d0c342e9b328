"""What the database itself refuses of likenesses and of what was said of them (invariant 3)."""

from __future__ import annotations

from gongkai.audit.guards import append_only, kept

GUARDS = (append_only("foi_likenessverdict"), *kept("foi_likeness"))
