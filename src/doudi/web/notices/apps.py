"""The Django application ``notices``."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Public notices, objections, appeals."""

    name = "doudi.web.notices"
    label = "notices"
    verbose_name = "公示和异议"
