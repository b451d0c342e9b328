"""Which columns hold sealed values. A room declares its own; rotation and ``doctor`` go through all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from gongkai.vault.cipher import Sealed, conceal, reveal

Bound = str | Callable[[Any], bytes]
"""The name of a field whose text binds the value, or a function of the row."""


@dataclass(frozen=True)
class Column:
    """One sealed value of each row of a model, and the fields that go with it.

    *digested*, where a row also carries a keyed digest in *digest*: makes it anew from the opened value.
    A row whose *ciphertext* is empty holds nothing: it never did, or it was destroyed. *at_once*: how many
    rows may be in memory together.
    """

    model_label: str
    purpose: str
    ciphertext: str
    key_id: str
    alg: str
    bound: Bound
    digest: str = ""
    digested: Callable[[bytes, Any], str] | None = None
    at_once: int = 200

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)

    @property
    def title(self) -> str:
        """What a person calls it: the model and the field."""
        field: Any = self.model._meta.get_field(self.ciphertext)
        return f"{self.model._meta.verbose_name}{field.verbose_name.removesuffix('密文')}"

    def rows(self) -> QuerySet[Any]:
        """Return the rows that hold a value."""
        return self.model._default_manager.exclude(**{self.ciphertext: b""}).order_by("pk")

    def sealed(self, row: Any) -> Sealed:
        """Return the value of *row* as it is stored."""
        return Sealed(
            bytes(getattr(row, self.ciphertext)), getattr(row, self.key_id), getattr(row, self.alg)
        )

    def open(self, row: Any) -> bytes:
        """Return the value of *row*. Raises :class:`~gongkai.vault.cipher.Unreadable`."""
        return reveal(self.sealed(row), purpose=self.purpose, bound=self.bound_of(row))

    def seal_again(self, row: Any) -> dict[str, Any]:
        """Return the columns of *row* as they are under the current key."""
        plain = self.open(row)
        sealed = conceal(plain, purpose=self.purpose, bound=self.bound_of(row))
        values: dict[str, Any] = {
            self.ciphertext: sealed.ciphertext,
            self.key_id: sealed.key_id,
            self.alg: sealed.alg,
        }
        if self.digested:
            values[self.digest] = self.digested(plain, row)
        return values

    def bound_of(self, row: Any) -> bytes:
        """Return the bytes of *row* its value is bound to."""
        if callable(self.bound):
            return self.bound(row)
        return str(getattr(row, self.bound)).encode() if self.bound else b""


_declared: dict[tuple[str, str], Column] = {}


def declare(
    model_label: str,
    *,
    purpose: str,
    ciphertext: str = "ciphertext",
    key_id: str = "key_id",
    alg: str = "alg",
    bound: Bound = "",
    digest: str = "",
    digested: Callable[[bytes, Any], str] | None = None,
    at_once: int = 200,
) -> Column:
    """Declare a sealed column of the model *model_label* (``"foi.Applicant"``) and return it.

    Called in the room's ``sealed.py``, which is read at start-up. *bound* is what :func:`conceal` was given,
    *at_once* is small for values that are large.
    """
    if bool(digest) is not bool(digested):
        raise ValueError("digest and digested go together: a digest must follow its key")
    column = Column(model_label, purpose, ciphertext, key_id, alg, bound, digest, digested, at_once)
    _declared[model_label, ciphertext] = column
    return column


def declared() -> tuple[Column, ...]:
    """Return every sealed column, in the order of their names."""
    return tuple(_declared[name] for name in sorted(_declared))
