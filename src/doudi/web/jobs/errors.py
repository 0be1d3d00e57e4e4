"""What can end a job before its end.

WebError
└── JobError         the job cannot go on; ``zh`` and ``en`` say why, for the screen
    └── ActorError   whoever asked for it may no longer do it

Exception
├── Cancelled        somebody asked it to stop: it stops
├── Interrupted      its worker is stopping: it goes on in the next
└── Busy             another worker is still at it
"""

from __future__ import annotations

from doudi.rules.errors import Problem
from doudi.web.errors import WebError


class JobError(WebError):
    """The job cannot go on. The sentences hold no personal data: they stand on a page and in the trail."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__([Problem("job.failed", zh, en)])
        self.zh, self.en = zh, en


class ActorError(JobError):
    """Whoever asked for the job may no longer do it."""

    def __init__(self) -> None:
        super().__init__(
            "申请人的账号已停用，或者角色、区划已变更",
            "the account was closed, or its role or region has changed",
        )


class Cancelled(Exception):  # noqa: N818
    """Somebody asked the job to stop."""


class Interrupted(Exception):  # noqa: N818
    """The worker is stopping; the job waits for the next."""


class Busy(Exception):  # noqa: N818
    """Another worker is still at this job."""
