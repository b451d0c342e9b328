from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards

OF_AN_APPROVED = guards.Guard(
    "channels_showing",
    "approved",
    ("INSERT",),
    "渠道发布记录必须指向已签封或者已发布的版本（不变量一）",
    exists=(
        "SELECT 1 FROM documents_edition e WHERE e.id = NEW.edition_id"
        " AND NOT EXISTS (SELECT 1 FROM review_seal z WHERE z.edition_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM publication_publication p WHERE p.edition_id = e.id)"
    ),
)


class ChannelsConfig(AppConfig):
    name = "gongkai.channels"
    verbose_name = "发布渠道"

    def ready(self) -> None:
        guards.declare(*guards.kept("channels_showing", "channels_policyevent"))
        guards.declare(OF_AN_APPROVED)
        from gongkai.channels import beside  # noqa: F401, PLC0415  # tells documents what to show
        from gongkai.channels.actions import forget_texts  # noqa: PLC0415  # models are there now
        from gongkai.channels.models import Showing  # noqa: PLC0415  # 〃
        from gongkai.documents.holding import (  # noqa: PLC0415  # 〃
            Holder,
            register_holder,
            when_destroyed,
        )

        register_holder(Holder(Showing, "photo", "edition"))
        when_destroyed(forget_texts)
