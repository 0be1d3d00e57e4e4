"""Decisions that can be contested, and appeals and complaints that were made."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.http import Http404

from doudi.web.cases.models import Case, Paper
from doudi.web.cases.papers.deciding import DECISIONS
from doudi.web.registry.models import Household

KINDS = ("appeal", "complaint")
SIZE = 50


def decisions() -> QuerySet:
    """The decisions in scope, the newest first; a copy is contested with its original."""
    return Paper.objects.select_related("case").defer("sealed").filter(kind__in=DECISIONS).order_by("-pk")


def decision(number: int) -> Paper:
    """A decision in scope.

    Raises:
        Http404: there is none, or none that may be seen.
    """
    found = (
        Paper.objects.select_related("case__household", "case__region")
        .filter(pk=number, kind__in=DECISIONS)
        .first()
    )
    if found is None:
        raise Http404
    return found


def made() -> QuerySet:
    """Appeals and complaints in scope: those that run in the order of their limits, then those that are closed."""
    found = Case.objects.select_related("household__head", "region", "parent").filter(kind__in=KINDS)
    return found.order_by(F("closed_at").desc(nulls_first=True), F("due").asc(nulls_last=True), "-pk")


def own_household() -> Household | None:
    """The household of the resident who is signed in; None where the account belongs to none yet."""
    found: Household | None = Household.objects.first()
    return found
