from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from gongkai.audit import guards


class AuditConfig(AppConfig):
    name = "gongkai.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        guards.declare(guards.append_only("audit_event"))
        # Django rebuilds a table on SQLite by copying it, which silently drops its triggers: they are
        # put back after every migrate. Each signal is sent once for every app; ours does for all.
        pre_migrate.connect(
            guards.lift_before_migrate, sender=self, dispatch_uid="audit.guards.lift"
        )
        post_migrate.connect(guards.install_after_migrate, sender=self, dispatch_uid="audit.guards")
