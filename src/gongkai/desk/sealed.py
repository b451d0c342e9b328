"""What the desk keeps sealed: forms somebody has not handed in yet may hold anybody's data."""

from __future__ import annotations

from gongkai.desk.models import KeptForm
from gongkai.vault import columns

PURPOSE = "desk.kept_form"


def bound(row: KeptForm) -> bytes:
    """A kept form opens for its own person only."""
    return str(row.person.uid).encode()


columns.declare("desk.KeptForm", purpose=PURPOSE, bound=bound)
