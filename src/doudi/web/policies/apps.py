"""The Django application ``policies``."""

from __future__ import annotations

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """What everybody may read of the law."""

    name = "doudi.web.policies"
    label = "policies"
    verbose_name = "政策库"
