from __future__ import annotations

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "gongkai.inbox"
    verbose_name = "消息"

    def ready(self) -> None:
        from gongkai.inbox.actions import tell_asker  # noqa: PLC0415  # models are not ready before
        from gongkai.jobs.ended import subscribe  # noqa: PLC0415  # 〃

        subscribe(tell_asker)
