"""The Django application ``audit``."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "doudi.web.audit"
    label = "audit"
    verbose_name = "审计"
