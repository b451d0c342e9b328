"""What can be done in the background: each room registers its kinds of work in its ``jobs.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.agencies.standing import Standing
from gongkai.jobs.work.progress import Progress
from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class Outcome:
    """What came of the work: *text* for a person, and the address of what was made, if any."""

    text: str
    address: str = ""


Arguments = Mapping[str, Plain]
Work = Callable[[Arguments, Progress], Outcome]
"""Does the work. It may be run again after a crash at any point, and must then come to the same end."""


def nobody(standing: Standing) -> bool:
    return False


@dataclass(frozen=True)
class Kind:
    """*most_tries* counts every try, the first included. *alone*: at most one at a time is under way.

    *may_start* says who finds it on the desk, where *about* tells what it does.
    """

    name: str
    title: str
    work: Work
    most_tries: int
    alone: bool
    about: str
    may_start: Callable[[Standing], bool]


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    title: str,
    work: Work,
    *,
    most_tries: int,
    alone: bool = False,
    about: str = "",
    may_start: Callable[[Standing], bool] = nobody,
) -> None:
    """Add a kind of work. Raises ``ValueError`` for a name that is taken or no try at all."""
    if name in _kinds or most_tries < 1:
        raise ValueError(name)
    _kinds[name] = Kind(name, title, work, most_tries, alone, about, may_start)


def kind_of(name: str) -> Kind | None:
    """Return the kind *name*, or None when this version no longer has it."""
    return _kinds.get(name)


def registered() -> list[Kind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def startable(standing: Standing) -> list[Kind]:
    """Return the kinds *standing* may start on the desk."""
    return [kind for kind in registered() if kind.may_start(standing)]
