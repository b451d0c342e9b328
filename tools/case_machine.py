"""The table of a case's steps, drawn into the manual. ``--check`` compares with the file instead of writing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

FILE = Path(__file__).resolve().parent.parent / "docs" / "manual" / "foi-machine.zh.md"
_HEAD = """# 申请案件的状态和步骤

本页由 `python -m tools.case_machine` 从程序里的步骤表写出，不手工修改；测试核对它与程序一致。
案件的状态只由事件推算，程序启动时检查这张表：每个状态都到得了、都出得去（“已送达”是终点），每个事件都有一行，
条件和角色都存在。征求意见、检索、交办、提请延期是案件下的记录，可以同时有几件，不改变状态。
"""


def drawn() -> str:
    """Return the page as the table says it."""
    from gongkai.foi.models import State  # noqa: PLC0415  # once Django is set up

    states = "\n".join(f"- {state.label}" for state in State)
    parts = (_HEAD, "## 状态\n", states, "\n## 图\n", *_diagram(), "\n## 步骤\n", *_rows())
    return "\n".join(parts) + "\n"


def _diagram() -> Iterator[str]:
    from gongkai.foi.models import State  # noqa: PLC0415
    from gongkai.foi.table import STEPS  # noqa: PLC0415

    yield "```mermaid\nstateDiagram-v2"
    yield from (f"  {state.value} : {state.label}" for state in State)
    yield f"  [*] --> {State.HANDLING.value} : {STEPS[0].label}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in STEPS:
        for source in sorted(step.from_states, key=list(State).index):
            targets = [State.HANDLING] if step.returns else [step.to_state] if step.to_state else []
            for target in targets:
                arrows.setdefault((source.value, target.value), []).append(step.label)
    yield from (f"  {a} --> {b} : {'、'.join(labels)}" for (a, b), labels in arrows.items())
    yield f"  {State.SERVED.value} --> [*]\n```\n"
    yield "撤回、退回的拟稿回到拟稿时的状态（图上只画“办理中”）。不改变状态的步骤见下表。"


def _rows() -> Iterator[str]:
    from gongkai.foi.handling.guards import MEANINGS  # noqa: PLC0415
    from gongkai.foi.models import State  # noqa: PLC0415
    from gongkai.foi.table import STEPS  # noqa: PLC0415

    yield "| 步骤 | 什么状态下 | 之后 | 谁办 | 依据 | 条件 |\n|---|---|---|---|---|---|"
    for step in STEPS:
        sources = "、".join(state.label for state in State if state in step.from_states) or "—"
        target = (
            step.to_state.label if step.to_state else "拟稿前的状态" if step.returns else "不变"
        )
        wants = "；".join(MEANINGS[guard] for guard in step.guards) or "—"
        yield f"| {step.label} | {sources} | {target} | {step.whose} | {step.article} | {wants} |"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
    django.setup()
    page = drawn()
    if "--check" not in sys.argv[1:]:
        FILE.write_text(page, encoding="utf-8")
        return 0
    if FILE.read_text(encoding="utf-8") == page:
        return 0
    print("docs/manual/foi-machine.zh.md 与步骤表不一致，请运行 python -m tools.case_machine。")
    return 1


if __name__ == "__main__":
    sys.exit(main())
