from __future__ import annotations

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "gongkai.project"
    verbose_name = "公开"
