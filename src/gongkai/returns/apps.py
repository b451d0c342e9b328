from __future__ import annotations

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "gongkai.returns"
    verbose_name = "数据报送"
