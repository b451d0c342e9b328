"""Who records where an agency's texts were shown."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing

RECORDING = (Role.INFORMATION_OFFICER, Role.OPENNESS_OFFICER)
RECORDERS = f"本机关的“{Role.INFORMATION_OFFICER.label}”或“{Role.OPENNESS_OFFICER.label}”"


def may_record(standing: Standing, agency: Agency) -> bool:
    """登记、处理、注销: the information officer or the open-government office of the agency whose text, or whose channel, it is."""
    return any(standing.holds(role, agency) for role in RECORDING)
