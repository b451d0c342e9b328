from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "gongkai.jobs"
    verbose_name = "后台工作"

    def ready(self) -> None:
        autodiscover_modules("jobs")  # each room registers what its own jobs.py can do
