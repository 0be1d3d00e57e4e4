"""What is done every night, and when. Other rooms add duties to an entry in their module ``background``:

    @duty("night.sweep", _("查找应救未救"))
    def sweep(work: Work) -> None: ...

Duties are done one after the other; one that fails does not keep the next from being done, and the job tells it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from doudi.web.database.scope import acting_as, system
from doudi.web.jobs.errors import Busy, Cancelled, Interrupted, JobError
from doudi.web.jobs.kinds import Run, kind
from doudi.web.jobs.work import Work

_log = logging.getLogger("doudi.web.jobs")
_OFFSET = 8
"""The hours by which the time of China is ahead of UTC; it has no summer time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``hour`` and ``minute`` in the time of China."""

    name: str
    title: Any
    hour: int
    minute: int

    @property
    def cron(self) -> str:
        """The same every day, in UTC."""
        return f"{self.minute} {(self.hour - _OFFSET) % 24} * * *"

    @property
    def at(self) -> str:
        """The time of China, as it is written."""
        return f"{self.hour:02}:{self.minute:02}"


CALENDAR = (
    Entry("night.tidy", _("清理过期登录、旧任务和过期的导入数据"), 1, 30),
    Entry("night.audit", _("验证审计链"), 2, 0),
    Entry("night.sweep", _("夜间测算和监测"), 3, 0),
    Entry("morning.overdue", _("超期事项上报"), 6, 30),
)
_DUTIES: dict[str, dict[str, tuple[Any, Run]]] = {entry.name: {} for entry in CALENDAR}


def duty(entry: str, title: Any) -> Callable[[Run], Run]:
    """Let a function be done at an entry of the calendar; it is known by its own name and module.

    Raises:
        KeyError: there is no such entry.
    """

    def told(run: Run) -> Run:
        _DUTIES[entry][f"{run.__module__}:{run.__qualname__}"] = title, run
        return run

    _DUTIES[entry]
    return told


def duties(entry: str) -> list[Any]:
    """The titles of what is done at an entry."""
    return [title for title, _run in _DUTIES[entry].values()]


def begin(entry: str, due: datetime) -> None:
    """Begin the job of an entry for a moment, unless it was begun."""
    from doudi.web.jobs.services import start_own

    with acting_as(system()):
        start_own(entry, due, {})


def _run(entry: str) -> Run:
    def run(work: Work) -> None:
        every = _DUTIES[entry]
        work.total = len(every)
        failed = []
        for name, (title, do) in every.items():
            if name not in work.step.get("over", []):
                fault = _fault(work, do)
                if fault is not None:
                    failed.append((title, *fault))
                with work.batch():
                    work.count("done" if fault is None else "failed")
                    if fault is None:
                        work.step["over"] = [*work.step.get("over", []), name]
        if failed:
            raise JobError(_told(failed, "zh-hans", 1), _told(failed, "en", 2))

    return run


def _fault(work: Work, do: Run) -> tuple[str, str] | None:
    """Do a duty; why it failed, in both languages, if it did."""
    try:
        do(work)
    except (Cancelled, Interrupted, Busy, OperationalError, InterfaceError):
        raise
    except JobError as error:
        return error.zh, error.en
    except Exception as error:
        _log.exception("a duty failed")
        return type(error).__name__, type(error).__name__
    return None


def _told(failed: list[tuple[Any, str, str]], language: str, place: int) -> str:
    with override(language):
        return "；".join(f"{each[0]}：{each[place]}" for each in failed)


for _entry in CALENDAR:
    kind(_entry.name, _entry.title, {"done": _("已完成"), "failed": _("未完成")})(_run(_entry.name))
