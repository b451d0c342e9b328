"""The sealed column of this room: the secret an authenticator shares with us."""

from __future__ import annotations

from gongkai.people.actions.factors import PURPOSE
from gongkai.people.models import Factor
from gongkai.vault.columns import declare


def _bound(factor: Factor) -> bytes:
    return factor.account.uid.bytes


declare("people.Factor", purpose=PURPOSE, bound=_bound)
