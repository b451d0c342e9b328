"""Having a file examined, and answering for what was found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath

from django.db import IntegrityError, transaction

from gongkai.agencies.authority import authorise
from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.files.outgoing.concern import Concern, ConcernKind, shortened
from gongkai.files.outgoing.examine import EXAMINER
from gongkai.people.models import Person
from gongkai.screening.examining import examined_apart
from gongkai.screening.findings import as_text, from_text
from gongkai.screening.models import Release, Screening, Verdict
from gongkai.screening.queries import groups_of, is_current
from gongkai.screening.refusal import ScreeningRefused
from gongkai.screening.rules import EXAMINERS, RELEASERS, may_release, may_screen
from gongkai.text.canonical import Plain, sha256_hex

_LONGEST_NAME = 120
_LONGEST_REASON = 300


def screen(agency: Agency, data: bytes, name: str, *, by: Person) -> Screening:
    """Examine a file of *agency* before it leaves; of it only hash, name and findings are kept.

    The same bytes under the same name are examined once by the same rules: the first examination is
    returned. Reading takes seconds and happens outside the transaction. Raises ``RoleRefused``.
    """
    authorise(by, lambda one: may_screen(one, agency), step="出门检查", whose=EXAMINERS)
    # The path a browser may send stays at home; a number in the name is kept masked.
    own = PurePath(name.replace("\\", "/")).name
    shown = shortened(own, _LONGEST_NAME) or "（没有文件名）"
    sha256 = sha256_hex(data)
    known = _known(agency, sha256, shown)
    if known is not None:
        return known
    concerns = examined_apart(data, own)
    return _enter(agency, sha256, len(data), shown, concerns, by)


@transaction.atomic
def release(screening: Screening, *, reasons: Mapping[ConcernKind, str], by: Person) -> Screening:
    """Answer for kinds of concern of a file that is held, each with its reason (谁放行谁负责).

    Raises :class:`ScreeningRefused`, ``RoleRefused``. Never by the one who had it examined.
    """
    agency = screening.agency
    authorise(by, lambda one: may_release(one, agency), step="放行", whose=RELEASERS)
    said = {kind: text.strip() for kind, text in reasons.items() if text.strip()}
    _refuse_wrong(screening, said, by)
    now = clock.now()
    made = [
        Release(screening=screening, kind=kind.value, reason=text, by_person=by, at=now)
        for kind, text in said.items()
    ]
    for one in made:
        one.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            for one in made:
                one.save(force_insert=True)
    except IntegrityError as again:
        raise ScreeningRefused("这一项刚刚由同事放行，请刷新后查看。") from again
    kinds: list[Plain] = [kind.value for kind in sorted(said)]
    _told("screening.released", screening, {"sha256": screening.sha256, "kinds": kinds}, by)
    return screening


def _known(agency: Agency, sha256: str, name: str) -> Screening | None:
    return Screening.objects.filter(
        agency=agency, sha256=sha256, name=name, examiner=EXAMINER
    ).first()


@transaction.atomic
def _enter(
    agency: Agency,
    sha256: str,
    size: int,
    name: str,
    concerns: tuple[Concern, ...],
    by: Person,
) -> Screening:
    screening = Screening(
        agency=agency,
        sha256=sha256,
        size=size,
        name=name,
        examiner=EXAMINER,
        findings=as_text(concerns),
        verdict=_verdict(concerns),
        by_person=by,
        at=clock.now(),
    )
    screening.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            screening.save(force_insert=True)
    except IntegrityError:
        # A colleague had the same file examined at the same moment: it was seen once.
        return Screening.objects.get(agency=agency, sha256=sha256, name=name, examiner=EXAMINER)
    found: dict[str, Plain] = dict(Counter(one.kind.value for one in concerns))
    payload: dict[str, Plain] = {"sha256": sha256, "examiner": EXAMINER, "found": found}
    _told("screening.examined", screening, payload, by)
    return screening


def _verdict(concerns: tuple[Concern, ...]) -> Verdict:
    if any(one.blocking for one in concerns):
        return Verdict.HELD
    return Verdict.TOLD if concerns else Verdict.CLEAN


def _refuse_wrong(screening: Screening, said: Mapping[ConcernKind, str], by: Person) -> None:
    if screening.by_person_id == by.pk:
        raise ScreeningRefused(f"这个文件是您自己送检的，放行要由另一个人决定；请交给{RELEASERS}。")
    if not is_current(screening):
        raise ScreeningRefused("检查规则已经更新，这次检查的结果不再有效；请重新检查后再放行。")
    if not said:
        raise ScreeningRefused("请写明放行的理由，一项一个理由；不放行的留空。")
    if any(len(text) > _LONGEST_REASON for text in said.values()):
        raise ScreeningRefused(f"理由最多 {_LONGEST_REASON} 个字。")
    held = {one.kind for one in from_text(screening.findings) if one.blocking}
    taken = {one.kind for one in groups_of(screening) if one.release is not None}
    for kind in said:
        if kind not in held:
            raise ScreeningRefused(f"这个文件没有“{kind.label}”的问题，不需要放行。")
        if not kind.releasable:
            raise ScreeningRefused(f"“{kind.label}”不能放行：{kind.todo}")
        if kind in taken:
            raise ScreeningRefused("这一项刚刚由同事放行，请刷新后查看。")


def _told(kind: str, screening: Screening, payload: dict[str, Plain], by: Person) -> None:
    record(
        kind,
        stream=screening.agency.code,
        subject=f"screening:{screening.uid}",
        payload=payload,
        by=by,
    )
