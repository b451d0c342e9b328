"""Who may see a job and act on it."""

from __future__ import annotations

from gongkai.agencies.models import ADMINISTRATORS, Role
from gongkai.agencies.standing import Standing
from gongkai.jobs.kinds import kind_of
from gongkai.jobs.models import Job


def sees_the_installation(standing: Standing) -> bool:
    """Whether jobs that belong to no agency are shown: the three administrators keep the installation."""
    return standing.is_any(*ADMINISTRATORS)


def sees_the_agencies(standing: Standing) -> bool:
    """Whether the jobs of all visible agencies are shown, not one's own alone."""
    return standing.is_any(Role.OPENNESS_OFFICER)


def may_steer(standing: Standing, job: Job) -> bool:
    """Whether *standing* may stop *job* or try it again.

    The asker, whoever may start one on the desk, and for what the program started by itself the
    system administrator.
    """
    kind = kind_of(job.kind)
    if job.asked_by_id == standing.person.pk or (kind is not None and kind.may_start(standing)):
        return True
    return job.asked_by_id is None and standing.is_any(Role.SYSTEM_ADMINISTRATOR)
