"""The Django application ``selfcheck``."""

from __future__ import annotations

from django.apps import AppConfig


class SelfCheckConfig(AppConfig):
    """What somebody may be entitled to, from their answers alone."""

    name = "doudi.web.selfcheck"
    label = "selfcheck"
    verbose_name = "自测"
