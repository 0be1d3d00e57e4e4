"""What is entered while the pages of a demonstration answer: its cases one by one, then the night of ``doudi demo``.

A job like any other: one that is broken off goes on behind the last case that was stored, and nothing half is ever seen.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.web import outliving
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.kinds import kind
from doudi.web.jobs.models import Job, State
from doudi.web.jobs.running import run
from doudi.web.jobs.services import retry, start_own
from doudi.web.jobs.work import Work
from doudi.web.site.desk import note

KIND = "demonstration.enter"
_COUNTS = {"cases": gettext_lazy("办件"), "warnings": gettext_lazy("预警")}


def begin(home: Path, entered: bool = False) -> Job | None:
    """Ask for what is missing of the demonstration in the folder of ``doudi demo``; None when nothing is. ``entered``: its county has
    just been entered and is not settled yet."""
    from doudi.web.cases.models import Case

    with acting_as(system()), transaction.atomic():
        last: Job | None = Job.objects.filter(kind=KIND).order_by("-pk").first()
        if last is not None and last.state != State.DONE:
            if not last.open:
                retry(last.pk)
            return last
        cases = not Case.objects.exists()
        if not (entered or cases or _lacks_night(home) or _is_unfinished(home)):
            return None
        return start_own(KIND, timezone.now(), {"home": str(home), "cases": cases})


def do(job: Job) -> None:
    """Do the job now, in this process.

    Raises:
        JobError: it failed.
    """
    run(job.pk)
    with acting_as(system()), transaction.atomic():
        done = Job.objects.get(pk=job.pk)
    if done.state == State.FAILED:
        raise JobError(done.fault, done.fault_en)


@kind(KIND, gettext_lazy("录入演示县的办件和预警"), _COUNTS)
def enter(work: Work) -> None:
    """The county is settled; then cases, since all roles have some on their desks; then the night, for which ``doudi demo``
    is brought to its end.

    Raises:
        JobError: ``doudi demo`` failed.
    """
    from doudi.web.demonstration import cases, county, nights, proofs
    from doudi.web.migration import analyse

    home = Path(work.params["home"])
    if not work.step.get("settled"):
        county.settle()
        work.step["settled"] = True
    if work.params["cases"]:
        cases.play(work)
    if _is_unfinished(home):
        _finish(home)
    if not work.step.get("night"):
        with work.batch():
            work.count("warnings", nights.play(home))
            proofs.show(home)
            work.step["night"] = True
        analyse("warnings")


def _lacks_night(home: Path) -> bool:
    from doudi.monitoring.run import SUMMARY
    from doudi.web.warnings.models import Night

    return (home / "watched" / SUMMARY).exists() and not Night.objects.exists()


def _is_unfinished(home: Path) -> bool:
    """Whether ``doudi demo`` made the county and has not come to its last step."""
    return (home / "made.json").exists() and not (home / "watched.json").exists()


def _finish(home: Path) -> None:
    """Bring ``doudi demo`` to its end, for as many persons as it began with: assessed, visited, watched. It ends with this process,
    so that none goes on in the folder beside that of the worker that follows."""
    begun = json.loads((home / "made.json").read_text("utf-8"))["stamp"]
    command = [sys.executable, "-m", "doudi.cli", "demo", "--until-eof"]
    command += ["--persons", str(begun["persons"]), "--seed", str(begun["seed"])]
    code = outliving.run(command, {**os.environ, "DOUDI_HOME": str(home)})
    if not (home / "watched.json").exists():
        raise JobError(
            f"doudi demo 没有做完（退出码 {code}）",
            f"doudi demo did not come to its end (exit code {code})",
        )


@note
def how_far() -> str:
    """What the desk says while the demonstration is still being entered."""
    with acting_as(system()):
        job: Job | None = Job.objects.filter(kind=KIND).exclude(state=State.DONE).order_by("-pk").first()
    if job is None:
        return ""
    if not job.open:
        return _("演示县的办件和预警没有录完，系统管理员可以在“后台任务”中继续。")
    told = {"done": job.counts.get("cases", 0), "total": job.total or "…"}
    return _("演示县还在录入：办件 %(done)s/%(total)s，随后是当夜的预警。") % told
