from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class VaultConfig(AppConfig):
    name = "gongkai.vault"
    verbose_name = "密钥与密文"

    def ready(self) -> None:
        autodiscover_modules("sealed")  # each room declares the columns it keeps sealed
