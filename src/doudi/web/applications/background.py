"""What applications do in the background: drafts that nobody has touched for long lapse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from doudi.web.applications.services.drafts import expire
from doudi.web.jobs.calendar import duty
from doudi.web.jobs.work import Work


@duty("night.tidy", _("久未填写的申请草稿作废"))
def forgotten(work: Work) -> None:
    """Let forgotten drafts lapse; what was filled in is erased."""
    expire()
