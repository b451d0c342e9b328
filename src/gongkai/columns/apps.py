from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards

_TABLE = "columns_column"
_KEPT = (
    _TABLE,
    "columns_columnname",
    "columns_columnowner",
    "columns_columnending",
    "columns_catalogueitem",
)
# Below its parent and above its children: depth falls along every path upwards, so there is no circle.
_OUT_OF_PLACE = (
    "SELECT 1 FROM columns_column other WHERE (other.id = NEW.parent_id AND other.depth >= NEW.depth) "
    "OR (other.parent_id = NEW.id AND other.depth <= NEW.depth)"
)


class ColumnsConfig(AppConfig):
    name = "gongkai.columns"
    verbose_name = "栏目"

    def ready(self) -> None:
        guards.declare(
            *guards.kept(*_KEPT),
            guards.Guard(
                _TABLE,
                "address",
                ("UPDATE",),
                "栏目的网址名永远不变（不变量三），请另开新栏目并停用旧的",
                when="OLD.slug <> NEW.slug",
            ),
            guards.Guard(
                _TABLE,
                "place",
                ("INSERT", "UPDATE"),
                "栏目不能放在自己或自己的下级栏目之下",
                exists=_OUT_OF_PLACE,
            ),
        )
