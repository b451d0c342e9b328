"""How Django finds the account of a session; passwords are checked in ``credentials``, not here."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from gongkai.people.models import User


class Accounts(BaseBackend):
    """Accounts by their key, the person with them."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account, None when it is closed."""
        return User.objects.select_related("person").filter(pk=user_id, is_active=True).first()
