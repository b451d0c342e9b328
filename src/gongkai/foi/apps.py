from __future__ import annotations

from django.apps import AppConfig

from gongkai.audit import guards


class FoiConfig(AppConfig):
    name = "gongkai.foi"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from gongkai.foi.charging.guarding import GUARDS as CHARGING  # noqa: PLC0415  # 〃
        from gongkai.foi.handling.guarding import GUARDS as SIGNING  # noqa: PLC0415  # once the models are there
        from gongkai.foi.handling.guards import GUARDS  # noqa: PLC0415  # 〃
        from gongkai.foi.issuing.guarding import GUARDS as LETTERS  # noqa: PLC0415  # 〃
        from gongkai.foi.machine import check  # noqa: PLC0415  # 〃
        from gongkai.foi.resembling.guarding import GUARDS as LIKENESS  # noqa: PLC0415  # 〃
        from gongkai.foi.serving.guarding import GUARDS as SERVING  # noqa: PLC0415  # 〃

        check(GUARDS)
        guards.declare(*SIGNING, *LETTERS, *SERVING, *CHARGING, *LIKENESS)
        guards.declare(
            guards.append_only("foi_caseevent"),
            guards.append_only("foi_submissionstep"),
            guards.append_only("foi_disputestep"),
            guards.append_only("foi_takenform"),
        )
        guards.declare(
            guards.immutable_when(
                "foi_applicant",
                "purged",
                "OLD.purged_on IS NOT NULL",
                "已按保存期限销毁的身份信息不能再写入（个人信息保护法第十九条）",
            )
        )
        guards.declare(
            *guards.kept(
                *("foi_applicant", "foi_case", "foi_searchrecord", "foi_reply", "foi_dispute"),
                *("foi_submission", "foi_submissionfile", "foi_redo", "foi_topic", "foi_topiccase"),
            )
        )
