"""The Django application ``jobs``."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Background jobs."""

    name = "doudi.web.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Let every room tell its kinds of jobs, its deeds and its duties: in its module ``background``."""
        autodiscover_modules("background")
