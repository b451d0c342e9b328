"""Asking for pages in the transaction that changes them, and writing them after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from gongkai.audit import clock
from gongkai.audit.identity import new_uid
from gongkai.publication.models import PageJob, Publication, WrittenPage
from gongkai.publication.pages import folder, kinds
from gongkai.publication.pages.kinds import PageKind
from gongkai.publication.queries import Batch
from gongkai.text.canonical import sha256_hex

_ASK = (
    f"INSERT INTO {PageJob._meta.db_table} (kind, key, token, turn, asked_at, tries, fault) "  # noqa: S608  # our own names
    "VALUES (%s, %s, %s, %s, %s, 0, '') ON CONFLICT (kind, key) DO UPDATE SET token = excluded.token, "
    "turn = excluded.turn, asked_at = excluded.asked_at, tries = 0, fault = ''"
)
_BATCH = 500
_FAULT = 300  # characters of a reason that are kept


@dataclass(frozen=True)
class Written:
    """A page's bytes on the disk, waiting for the transaction they belong to."""

    job: PageJob
    path: str
    prepared: folder.Prepared | None
    sha256: str
    size: int


@transaction.atomic
def ask_for(pages: Iterable[tuple[PageKind, str]]) -> None:
    """Make *pages* due. A page that is due already gets a new token: its present writer has to begin again.

    One statement, run for every row: moving a site in asks for tens of thousands of pages at once.
    """
    fields = {field.name: field for field in PageJob._meta.local_concrete_fields}
    present = fields["asked_at"].get_db_prep_save(clock.now(), connection)
    token = fields["token"].get_db_prep_save
    rows = [
        (kind.name, key, token(new_uid(), connection), kind.turn, present)
        for kind, key in dict.fromkeys(pages)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ASK, rows)


def ask_touched(publications: Sequence[Publication]) -> None:
    """Make due whatever *publications*, or their endings, change."""
    for start in range(0, len(publications), _BATCH):
        some = Batch(publications[start : start + _BATCH])
        ask_for((kind, key) for kind in kinds.registered() for key in kind.touched_by(some))


def prepare_page(job: PageJob) -> Written:
    """Render what *job* asks for and put it on the disk, invisible. Raises ``OSError``: the disk is full.

    The caller makes it last: :func:`keep` for a few, or settles it with :func:`settle_pages`.
    """
    kind = kinds.kind_of(job.kind)
    return _prepared(job, kind, kind.render(job.key) if kind else None)


def prepare_pages(jobs: Sequence[PageJob]) -> list[Written]:
    """Prepare pages of one kind together, from few queries; their caller makes them last.

    Raises what any one of them raises: then none is prepared.
    """
    kind = kinds.kind_of(jobs[0].kind)
    rendered = kind.pages([job.key for job in jobs]) if kind else repeat(None, len(jobs))
    return _all_prepared(jobs, rendered)


def prepare_own(publication: Publication) -> list[Written]:
    """Prepare what is due of the publication's own pages, of all their kinds. Raises like :func:`prepare_pages`."""
    jobs = _due_now(publication)
    return _all_prepared(jobs, kinds.render_own([(job.kind, job.key) for job in jobs]))


def _all_prepared(jobs: Sequence[PageJob], rendered: Iterable[bytes | None]) -> list[Written]:
    ready: list[Written] = []
    try:
        for job, data in zip(jobs, rendered, strict=True):
            ready.append(_prepared(job, kinds.kind_of(job.kind), data))  # what is ready is dropped
    except Exception:
        drop(ready)
        raise
    return ready


def drop(pages: Iterable[Written]) -> None:
    """Forget what was prepared: what it was for did not come about."""
    for page in pages:
        if page.prepared:
            page.prepared.drop()


def keep(pages: Iterable[Written]) -> None:
    """Make the bytes of *pages* last. Raises ``OSError``: the disk is full."""
    folder.keep_bytes(page.prepared for page in pages if page.prepared)


def _prepared(job: PageJob, kind: PageKind | None, data: bytes | None) -> Written:
    path = kind.path(job.key) if kind else ""
    if data is None:
        return Written(job, path, None, "", 0)
    prepared = folder.prepare(Path(settings.PUBLIC), path, data)
    return Written(job, path, prepared, sha256_hex(data), len(data))


@transaction.atomic
def settle_own(pages: Sequence[Written]) -> int:
    """Show few pages whose bytes last already, unless one was asked for again meanwhile; return how many were shown.

    The rows of the jobs are taken first and held: two writers of one page go one after the other. The names last
    before the transaction is committed: a power cut leaves either the job or the file.
    """
    shown, changed = _named(pages)
    folder.keep_names(changed)
    _account(shown)
    return len(shown)


@transaction.atomic
def settle_pages(pages: Sequence[Written]) -> int:
    """Show many pages as :func:`settle_own` shows few: bytes and names are made to last all at once."""
    folder.keep_all()
    shown, _ = _named(pages)
    folder.keep_all()
    _account(shown)
    return len(shown)


def note_fault(job: PageJob, wrong: Exception) -> None:
    """Keep why a page could not be written, and that it was tried."""
    reason = f"{type(wrong).__name__}：{wrong}"[:_FAULT]
    PageJob.objects.filter(pk=job.pk, token=job.token).update(tries=job.tries + 1, fault=reason)


def take_away(pages: Iterable[tuple[PageKind, str]]) -> None:
    """Remove files at once, before the transaction that ends them is committed: what must go, goes first."""
    for kind, key in pages:
        folder.remove(Path(settings.PUBLIC), kind.path(key))
        WrittenPage.objects.filter(path=kind.path(key)).delete()


def sweep(*, before: float) -> int:
    """Remove waiting files of processes that are no more; return how many."""
    left = folder.abandoned(Path(settings.PUBLIC), before=before)
    for one in left:
        one.unlink(missing_ok=True)
    return len(left)


def forget_page(path: str) -> None:
    """Take away a file that no page kind accounts for, and its line in the manifest."""
    folder.remove(Path(settings.PUBLIC), path)
    WrittenPage.objects.filter(path=path).delete()


def _named(pages: Sequence[Written]) -> tuple[list[Written], list[Path]]:
    """Give those of *pages* that are still wanted so their names, or take them away.

    Return them, and the folders whose names are to be made last.
    """
    changed: list[Path] = []
    mine = list(pages) if _all_mine(pages) else [page for page in pages if _mine(page)]
    for page in mine:
        if page.prepared:
            changed += page.prepared.settle()
        elif page.path:
            folder.remove(Path(settings.PUBLIC), page.path)
    return mine, changed


def _all_mine(pages: Sequence[Written]) -> bool:
    """Finish the jobs of all *pages* with one statement; none, when one of them was asked for again."""
    wanted = [page.job for page in pages]
    jobs = PageJob.objects.filter(
        pk__in=[job.pk for job in wanted], token__in=[job.token for job in wanted]
    )
    with transaction.atomic():
        if jobs.delete()[0] == len(wanted):
            return True
        transaction.set_rollback(True)
    return False


def _mine(page: Written) -> bool:
    """Finish the job of *page*, unless it was asked for again: then what was prepared is forgotten."""
    mine = PageJob.objects.filter(pk=page.job.pk, token=page.job.token).delete()[0]
    if not mine:
        drop([page])
    return bool(mine)


def _account(shown: Sequence[Written]) -> None:
    """Bring the manifest up to what was shown and what was taken away."""
    _note([page for page in shown if page.prepared])
    gone = [page.path for page in shown if page.prepared is None]
    if gone:
        WrittenPage.objects.filter(path__in=gone).delete()


def _note(pages: Sequence[Written]) -> None:
    present = clock.now()
    WrittenPage.objects.bulk_create(
        [
            WrittenPage(
                path=page.path,
                kind=page.job.kind,
                key=page.job.key,
                sha256=page.sha256,
                size=page.size,
                written_at=present,
            )
            for page in pages
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["kind", "key", "sha256", "size", "written_at"],
    )


def _due_now(publication: Publication) -> list[PageJob]:
    """Return the jobs of the publication's own pages: what must be there when the action returns."""
    wanted = Q(pk__in=())
    for kind in kinds.own():
        wanted |= Q(kind=kind.name, key__in=list(kind.touched_by([publication])))
    return list(PageJob.objects.filter(wanted).order_by("pk"))
