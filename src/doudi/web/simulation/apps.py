"""The Django application ``simulation``."""

from __future__ import annotations

from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """What a change of the law would do to a county."""

    name = "doudi.web.simulation"
    label = "simulation"
    verbose_name = "政策仿真"
