from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards
from gongkai.audit.guards import Guard
from gongkai.letters.wording.checking import check_packaged


class LettersConfig(AppConfig):
    name = "gongkai.letters"
    verbose_name = "文书"

    def ready(self) -> None:
        check_packaged()
        guards.declare(
            Guard(
                "letters_wording",
                "text_stays",
                ("UPDATE",),
                "letters_wording 的文字、版本和启用日期提出以后不能改，请另提一版（两人经手）",
                when=(
                    "OLD.blocks_text <> NEW.blocks_text OR OLD.code <> NEW.code "
                    "OR OLD.since <> NEW.since OR OLD.version <> NEW.version "
                    "OR OLD.author_id <> NEW.author_id OR OLD.sha256 <> NEW.sha256"
                ),
            ),
            guards.immutable_when(
                "letters_wording",
                "ended",
                "OLD.state IN ('rejected', 'taken_back')",
                "letters_wording 已经不用的一版不能再改，请另提一版（两人经手）",
            ),
            guards.append_only("letters_letternumber"),
            guards.append_only("letters_forum"),
            *guards.kept("letters_wording"),
        )
