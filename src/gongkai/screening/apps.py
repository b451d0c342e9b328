from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards

BY_ANOTHER = guards.Guard(
    "screening_release",
    "by_another",
    ("INSERT",),
    "放行的人不能是检查（上传）这个文件的人",
    exists=(
        "SELECT 1 FROM screening_screening s"
        " WHERE s.id = NEW.screening_id AND s.by_person_id = NEW.by_person_id"
    ),
)


class ScreeningConfig(AppConfig):
    name = "gongkai.screening"
    verbose_name = "出门检查"

    def ready(self) -> None:
        guards.declare(guards.append_only("screening_screening"))
        guards.declare(guards.append_only("screening_release"))
        guards.declare(BY_ANOTHER)
