"""Why something about agencies or roles cannot be done, in the clerk's words."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class AgencyRefused(Exception):
    """What happened, which article or role, what to do next."""


class RoleRefused(PermissionDenied):
    """The one who acts does not hold the role the step needs. A page that lets it through answers 403."""
