"""Why something about agencies or roles cannot be done, in the clerk's words."""

from __future__ import annotations


class AgencyRefused(Exception):
    """What happened, which article or role, what to do next."""


class RoleRefused(AgencyRefused):
    """The one who acts does not hold the role the step needs."""
