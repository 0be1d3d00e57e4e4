"""What visits have found, told to monitoring: the answers with which ``doudi watch try`` measures a threshold."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from django.db import transaction

from doudi.monitoring.trying import ANSWERS
from doudi.rules.files import put_whole
from doudi.web.audit import record
from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.models import Round


def write_answers(path: Path, county: str) -> int:
    """Write the last answer for each warning of a county that was closed, as ``doudi watch try --answers`` reads it; how many.

    Raises:
        OSError: it cannot be written.
    """
    with acting_as(system()), transaction.atomic():
        rows = list(
            Round.objects.filter(warning__county=county[:6], useful__isnull=False)
            .order_by("warning_id", "-closed_at")
            .distinct("warning_id")
            .values_list("indicator", "warning__subject_number", "useful")
        )
        record("warning.export", ("warnings.round", county[:6]), details={"answers": len(rows)})
    with put_whole(path) as making:
        pl.DataFrame(rows, schema=dict(ANSWERS), orient="row").write_csv(making)
    return len(rows)
