"""The jobs of imports: check, merge, reverse; and their data erased when they are over."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.feeds.contract_model import FeedError
from doudi.feeds.masking import masked
from doudi.web.audit import record
from doudi.web.database.scope import Scope, acting_as, current
from doudi.web.imports import checking, files, merging, reversing, template
from doudi.web.imports.columns import HOUSEHOLDS, PERSONS
from doudi.web.imports.models import Batch, BatchState, Chunk, FileKind, Home, HomeState, Member
from doudi.web.imports.plans import plans
from doudi.web.imports.reading import Part, Row, parts, refuse_rows, together, unique
from doudi.web.imports.staging import Villages, stage_homes, stage_members
from doudi.web.jobs.calendar import duty
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.kinds import kind
from doudi.web.jobs.work import Work

KEPT_DAYS = 30
"""How long rows and files are kept after an import is over."""
_PAGE = "imports:batch"
_OVER = (BatchState.MERGED, BatchState.DISCARDED, BatchState.REVERSED, BatchState.REFUSED)


@kind("imports.check", _("检查导入文件"), {"read": _("已读入的行")}, page=_PAGE)
def check(work: Work) -> None:
    """Stage the rows of a file, check them, and write the file that goes back."""
    with work.batch():
        batch = Batch.objects.get(pk=work.params["number"])
    with tempfile.TemporaryDirectory(prefix="doudi-import-") as name:
        folder = Path(name)
        try:
            _stage(work, batch, folder)
        except FeedError as error:
            problem = error.problems[0]
            with work.batch():
                Batch.objects.filter(pk=batch.pk).update(
                    state=BatchState.REFUSED,
                    fault=problem.sentence("zh")[:300],
                    fault_en=problem.sentence("en")[:300],
                )
            raise JobError(problem.sentence("zh"), problem.sentence("en")) from error
        _check(work, batch)
        _compare(work, batch)
        with work.batch():
            found = checking.counts(batch)
            Batch.objects.filter(pk=batch.pk).update(counts=found, state=BatchState.CHECKED)
            states = found["states"]
            if states.get(HomeState.ERROR) or states.get(HomeState.DECIDE) or found["homeless"]:
                _return(batch, folder)


def _stage(work: Work, batch: Batch, folder: Path) -> None:
    shown = masked(batch.name)
    with work.batch():
        path = files.lay_down(batch, FileKind.UPLOADED, folder)
    work_folder = folder / "work"
    work_folder.mkdir(exist_ok=True)
    homes, members = parts(path, work_folder, timezone.localdate(), shown)
    villages = None
    seen: set[str] = set()
    done, read = work.step.get("pieces", 0), 0
    for number, (part, rows) in enumerate(_pieces(homes, members)):
        read += len(rows)
        refuse_rows(read, shown)
        if part is homes and together(homes, members):
            rows = unique(rows, seen)
        if number < done:
            continue
        with work.batch():
            villages = villages or Villages(batch.county, timezone.localdate(), current())
            if part is homes:
                stage_homes(batch, rows, villages)
            else:
                stage_members(batch, rows)
            work.step["pieces"] = number + 1
            work.count("read", len(rows))


def _pieces(*tables: Part) -> Iterator[tuple[Part, list[Row]]]:
    for part in tables:
        for rows in part.pieces():
            yield part, rows


def _check(work: Work, batch: Batch) -> None:
    """The checks in sets, each group once."""
    scope = current()
    groups = (checking.WITHIN, checking.HOUSEHOLDS, checking.PERSONS, checking.STATES)
    for number, statements in enumerate(groups):
        if number >= work.step.get("groups", 0):
            with work.batch():
                with acting_as(Scope("system", batch.county)):
                    checking.plan_for_sets()
                    checking.check(batch, scope, statements)
                work.step["groups"] = number + 1


def _compare(work: Work, batch: Batch) -> None:
    """Tell households that are as they are registered from those that have changed."""

    def same(homes: list[Home]) -> dict[str, int]:
        found = [plan.home.pk for plan in plans(homes) if not plan.differs]
        Home.objects.filter(pk__in=found).update(state=HomeState.SAME)
        return {}

    changed = Home.objects.filter(batch=batch, state=HomeState.CHANGED)
    _through(work, "compared", changed, same)


def _through(work: Work, name: str, rows: Any, do: Callable[[list[Home]], dict[str, int]]) -> None:
    """Go through households in batches, from where the job stands."""
    while True:
        with work.batch():
            last = work.step.get(name, 0)
            homes = list(rows.filter(pk__gt=last).select_for_update().order_by("pk")[: merging.BATCH])
            if not homes:
                return
            for counted, number in do(homes).items():
                work.count(counted, number)
            work.step[name] = homes[-1].pk


def _return(batch: Batch, folder: Path) -> None:
    """Write the file that goes back: all rows of households with a fault or a doubt, each with what is wrong."""
    path = folder / "returned.xlsx"
    states = (HomeState.ERROR, HomeState.DECIDE)
    homes = Home.objects.filter(batch=batch, state__in=states).order_by("place")
    members = Member.objects.filter(batch=batch, home__isnull=True) | Member.objects.filter(
        home__state__in=states, batch=batch
    )
    members = members.select_related("person", "possible", "home").order_by("place")
    template.returned(path, {HOUSEHOLDS: _lines(homes, _home_fault), PERSONS: _lines(members, _member_fault)})
    with path.open("rb") as file:
        files.keep(batch, FileKind.RETURNED, files.pieces_of(file))


def _lines(rows: Any, fault: Callable[[Any], str]) -> Iterable[tuple[int, dict[str, str], str]]:
    for row in rows.iterator(chunk_size=2000):
        yield row.place, row.content()["raw"], fault(row)


def _home_fault(home: Home) -> str:
    return "；".join(home.faults)


def _member_fault(member: Member) -> str:
    faults = list(member.faults)
    if member.doubtful is not None:
        known = "身份证号已登记" if member.person_id else "登记中有同名同生日的人"
        faults.append(f"{known}，请在系统中决定是否同一人")
    return "；".join(faults)


@kind("imports.merge", _("并入登记"), {"merged": _("已并入"), "left": _("未并入")}, page=_PAGE)
def merge(work: Work) -> None:
    """Merge what was agreed."""
    with work.batch():
        batch = Batch.objects.get(pk=work.params["number"])
        rows = Home.objects.filter(merging.OPEN, batch=batch)
        if work.total is None:
            left = merging.leave_undecided(batch)
            work.total = rows.count() + left
            work.count("left", left)
    on = timezone.localdate()
    _through(work, "merged", rows, lambda homes: merging.merge(batch, homes, on))
    with work.batch():
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.MERGED)


@kind("imports.reverse", _("撤销导入"), {"reversed": _("已撤销"), "kept": _("未撤销")}, page=_PAGE)
def reverse(work: Work) -> None:
    """Reverse what was merged, as far as nothing else has touched it."""
    with work.batch():
        batch = Batch.objects.get(pk=work.params["number"])
        rows = Home.objects.filter(batch=batch, state=HomeState.MERGED)
        work.total = work.total if work.total is not None else rows.count()
    on = timezone.localdate()
    _through(work, "reversed", rows, lambda homes: reversing.reverse(batch, homes, on))
    with work.batch():
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.REVERSED)


@duty("night.tidy", _("清除已办结导入的数据"))
def erase(work: Work) -> None:
    """Erase rows and files of imports that were over long ago; the import with its counts stays, and says when."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    with work.batch():
        old = list(Batch.objects.filter(state__in=_OVER, erased_at__isnull=True, job__finished_at__lt=before))
    for batch in old:
        with work.batch():
            for model in (Member, Home, Chunk):
                model.objects.filter(batch=batch).delete()
            Batch.objects.filter(pk=batch.pk).update(erased_at=timezone.now())
            record("import.erased", batch)
