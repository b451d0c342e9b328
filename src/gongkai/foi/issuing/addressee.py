"""Whom a letter goes to and what was asked: opened to be printed, or stood in for while nobody has signed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from gongkai.foi.disputes.models import Redo
from gongkai.foi.handling.models import Consultation
from gongkai.foi.handling.sealed import party_of
from gongkai.foi.identity import Identity, reveal
from gongkai.foi.issuing.models import RequestWords
from gongkai.foi.issuing.sealed import open_words
from gongkai.foi.models import Case
from gongkai.foi.receiving.content import Asked
from gongkai.foi.receiving.models import Submission
from gongkai.foi.receiving.sealing import open_content
from gongkai.law.service import Means
from gongkai.letters.facts import Contact
from gongkai.vault.cipher import Unreadable

STANDS_IN = Identity("（申请人，签发时写入）", "", "（卷内的地址）")
"""In a letter nobody has signed: who asked is not opened to look at a draft."""
_WAYS = {
    "email": Means.ELECTRONIC,
    "post": Means.POST,
    "pick_up": Means.HANDED,
    "onsite": Means.HANDED,
}


class Nameless(Exception):
    """Why the applicant's name cannot be written, and what to do."""


@dataclass(frozen=True)
class Asking:
    """What was asked, how it is wanted and how to answer. Empty *content*: nobody has entered it."""

    content: str = ""
    wanted_as: str = ""
    way: str = Means.POST.value


def asking_of(case: Case) -> Asking:
    """Return what was asked in *case*: what is answered again was asked the first time.

    Raises :class:`~gongkai.vault.cipher.Unreadable`.
    """
    submission = Submission.objects.filter(case=case).first()
    asked = open_content(submission) if submission is not None else None
    if asked is not None:
        wanted = "，".join(filter(None, (asked.form_label, asked.way_label)))
        return Asking(_quoted(asked), wanted, _WAYS.get(asked.way, Means.POST).value)
    words = RequestWords.objects.filter(case=case).first()
    if words is not None:
        return Asking(open_words(words))
    ordered = Redo.objects.filter(case=case).select_related("dispute__case").first()
    return asking_of(ordered.dispute.case) if ordered is not None else Asking()


def contents_of(cases: Collection[int]) -> dict[int, str]:
    """Return what was asked in each of *cases* that has words of its own here, by key, for the program to compare.

    Two queries. What cannot be opened is left out, and so is what is answered again.
    """
    rows = RequestWords.objects.filter(case__in=cases)
    found = {row.case_id: text for row in rows if (text := _opened(partial(open_words, row)))}
    for sent in Submission.objects.filter(case__in=cases):
        if sent.case_id and (text := _opened(partial(_asked_in, sent))):
            found[sent.case_id] = text
    return found


def _opened(read: Callable[[], str]) -> str:
    try:
        return read()
    except Unreadable:
        return ""


def _asked_in(submission: Submission) -> str:
    asked = open_content(submission)
    return _quoted(asked) if asked is not None else ""


def way_of(case: Case) -> str:
    """Return by which way the applicant wants to be answered: by post where that cannot be read."""
    try:
        return asking_of(case).way
    except Unreadable:
        return Asking().way


def identity_of(case: Case) -> Identity:
    """Return who asked, to be printed in a letter and shown to nobody. Raises :class:`Nameless`."""
    if case.applicant.purged_on is not None:
        raise Nameless(
            f"申请人身份信息已于 {case.applicant.purged_on} 按保存期限销毁，不能再制作给申请人的文书。"
        )
    try:
        return reveal(case.applicant)
    except Unreadable as unreadable:
        raise Nameless(str(unreadable)) from unreadable


def other_of(asked: Consultation) -> Contact:
    """Return whom *asked* asks, to be printed in a letter to them and shown to nobody.

    Raises :class:`~gongkai.vault.cipher.Unreadable`.
    """
    return Contact(*party_of(asked)) if asked.ciphertext else Contact(asked.organ)


def reached(identity: Identity, way: str) -> str:
    """Return where a letter that goes by *way* reaches the applicant; empty where it is not known."""
    parts = (identity.email,) if way == Means.ELECTRONIC else (identity.address,)
    return next(filter(None, (*parts, identity.contact)), "")


def _quoted(asked: Asked) -> str:
    """The words of the applicant: the name, then what else tells it from others."""
    more = [f"文号：{asked.symbol.strip()}"] if asked.symbol.strip() else []
    more += [asked.features.strip()] if asked.features.strip() else []
    return asked.subject.strip() + (f"（{'；'.join(more)}）" if more else "")
