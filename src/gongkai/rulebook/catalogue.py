"""Every rule with its values over time, national and the county's own, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.parameters import Certainty, in_force, packaged
from gongkai.law.parameters import Parameter as LawParameter
from gongkai.rulebook.evidence import Evidence, of
from gongkai.rulebook.models import Parameter, State
from gongkai.rulebook.queries import in_place_of


@dataclass(frozen=True)
class Entry:
    """A rule on a day. *national* and *own* hold all dated values, oldest first.

    *now* is what holds on the day, the county's own where it has one; None before the first day.
    """

    key: str
    on: date
    national: tuple[LawParameter, ...]
    own: tuple[Parameter, ...]

    @property
    def law(self) -> LawParameter:
        """The national value that holds, or the first there will be."""
        return in_force(self.national, self.on).get(self.key, self.national[0])

    @property
    def own_now(self) -> Parameter | None:
        """The county's own value that holds: the last approved one, no law having come after it."""
        held = [p for p in self.own if p.state == State.APPROVED and p.since <= self.on]
        found = max(held, key=lambda p: p.since, default=None)
        return found if found and found.since >= self.law.since else None

    @property
    def now(self) -> LawParameter:
        own = self.own_now
        return self.law if own is None else in_place_of(self.law, own)

    @property
    def waiting(self) -> list[Parameter]:
        return [p for p in self.own if p.state == State.PROPOSED]

    @property
    def fixed(self) -> bool:
        """Whether a text that was read lays the value down: no county may set another."""
        return self.law.certainty is Certainty.VERIFIED

    @property
    def unsure(self) -> bool:
        """Whether nobody has read the text behind the value that holds."""
        return self.now.certainty is not Certainty.VERIFIED

    @property
    def evidence(self) -> Evidence:
        return of(self.key)


@dataclass(frozen=True)
class Step:
    """A line of a rule's history: from a day on, which value, from where, who answered for it."""

    since: date
    value: LawParameter
    own: Parameter | None

    @property
    def state(self) -> str:
        return str(self.own.get_state_display()) if self.own else "法规数据"


def catalogue(on: date) -> list[Entry]:
    """Return every rule in the order of the law's data. One query."""
    people = ("proposed_by", "decided_by")
    own: dict[str, list[Parameter]] = {}
    for row in Parameter.objects.select_related(*people).order_by("since", "pk"):
        own.setdefault(row.key, []).append(row)
    return [_entry(key, on, own.get(key, [])) for key in dict.fromkeys(p.key for p in packaged())]


def entry_of(key: str, on: date) -> Entry | None:
    """Return one rule, or None for a key the law does not have. One query."""
    if key not in {p.key for p in packaged()}:
        return None
    rows = Parameter.objects.filter(key=key).select_related("proposed_by", "decided_by")
    return _entry(key, on, rows.order_by("since", "pk"))


def history(entry: Entry) -> list[Step]:
    """Return all dated values of a rule, the latest first."""
    steps = [Step(p.since, p, None) for p in entry.national]
    steps += [
        Step(row.since, in_place_of(_law_then(entry.national, row.since), row), row)
        for row in entry.own
    ]
    return sorted(steps, key=lambda step: step.since, reverse=True)


def _law_then(national: Sequence[LawParameter], on: date) -> LawParameter:
    return in_force(national, on).get(national[0].key, national[0])


def _entry(key: str, on: date, own: Iterable[Parameter]) -> Entry:
    national = sorted((p for p in packaged() if p.key == key), key=lambda p: p.since)
    return Entry(key, on, tuple(national), tuple(own))
