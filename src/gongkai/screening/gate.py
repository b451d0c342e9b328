"""What an action asks before it lets bytes out of the house."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.screening.queries import open_concerns
from gongkai.screening.refusal import ScreeningRefused
from gongkai.screening.rules import RELEASERS


def refuse_held(sha256: str, agency: Agency, name: str) -> None:
    """Raise :class:`ScreeningRefused` unless *agency* may let these bytes, called *name*, out."""
    held = open_concerns(sha256, agency)
    if held is None:
        raise ScreeningRefused(
            f"“{name}”还没有按现在的规则做过出门检查，不能发出；请先在“出门检查”里检查。"
        )
    if held:
        kinds = "、".join(dict.fromkeys(one.kind.label for one in held))
        raise ScreeningRefused(
            f"“{name}”里有{kinds}，不能发出；请改好文件重新检查，"
            f"或者由{RELEASERS}（不能是送检的人）写明理由放行。"
        )
