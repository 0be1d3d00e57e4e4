"""The Django application ``cases``."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Applications, reviews, appeals and all other cases."""

    name = "doudi.web.cases"
    label = "cases"
    verbose_name = "办件"
