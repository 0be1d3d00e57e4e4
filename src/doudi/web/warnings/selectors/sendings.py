"""Actions by which many warnings were sent, and what became of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from doudi.web.warnings.models import Sending

SHOWN = 20


def newest() -> Any:
    """The newest in scope, each with how many reached the village (``sent``), were ``opened``, ``answered``, and can be taken back
    (``unopened``)."""
    waits = Q(rounds__case__stage="dispatched", rounds__opened_at__isnull=True)
    return (
        Sending.objects.select_related("by", "region")
        .annotate(
            sent=Count("rounds"),
            opened=Count("rounds", filter=Q(rounds__opened_at__isnull=False)),
            answered=Count("rounds", filter=Q(rounds__answered_at__isnull=False)),
            unopened=Count("rounds", filter=waits),
        )
        .order_by("-pk")[:SHOWN]
    )
