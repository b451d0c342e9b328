from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class PeopleConfig(AppConfig):
    name = "gongkai.people"
    verbose_name = "人员"

    def ready(self) -> None:
        guards.declare(*guards.kept("people_person", "people_administratorsession"))
