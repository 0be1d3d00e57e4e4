"""What can go wrong when a county is watched."""

from __future__ import annotations

from doudi.rules.errors import DoudiError, Problem


class MonitoringError(DoudiError):
    """Evidence, a night, a state of warnings or decisions that cannot be used."""


def fault(
    code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "", file: str = ""
) -> MonitoringError:
    """One problem as an error."""
    return MonitoringError([Problem(f"monitoring.{code}", zh, en, remedy_zh, remedy_en, file=file or None)])
