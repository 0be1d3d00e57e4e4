"""Simulations of a county, and the households that would move."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from doudi.web.accounts.models import Region
from doudi.web.simulation.models import Move, Simulation


def counties(user: Any) -> list[Region]:
    """The counties that an account sees whole; none for one of a township."""
    found = Region.objects.within(user.scope.prefix).on(timezone.localdate()).filter(level="county")
    return list(found.order_by("code"))


def simulations() -> QuerySet:
    """Those in scope, the newest first."""
    return Simulation.objects.select_related("region", "by", "job").defer("result").order_by("-pk")


def simulation_of(number: int) -> Simulation:
    """One in scope.

    Raises:
        Http404: there is none, or none that may be seen.
    """
    found = Simulation.objects.select_related("region", "by", "job").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def moves(found: Simulation, move: str, township: str = "") -> QuerySet:
    """The households that move in one way, or in any; of one township, or of all."""
    rows = Move.objects.filter(simulation=found)
    if move:
        rows = rows.filter(move=move)
    if township:
        rows = rows.filter(region_id__startswith=township[:9])
    return rows.select_related("household__head", "region__parent").order_by("move", "region_id", "pk")
