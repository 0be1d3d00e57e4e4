"""The Django application ``applications``."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applying, and the pages of residents."""

    name = "doudi.web.applications"
    label = "applications"
    verbose_name = "申请"
