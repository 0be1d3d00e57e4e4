"""The Django application ``imports``."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports of households."""

    name = "doudi.web.imports"
    label = "imports"
    verbose_name = "批量导入"
