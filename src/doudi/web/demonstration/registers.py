"""A convergence of the demonstration county: the files of its departments go the way of an upload."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.core.files import File
from django.db import transaction

from doudi.web.audit.context import deeds_of
from doudi.web.convergence.models import Pair
from doudi.web.convergence.services.pairing import Uploaded, make, take
from doudi.web.database.scope import acting_as
from doudi.web.demonstration.cases import actor_of, users
from doudi.web.jobs.running import run
from doudi.web.warnings.services.surveying import usual_period

LISTED, BASE = "防返贫监测对象2*", "在保名册2*"
"""Names of whole registers; those of corrections go on in words."""


def converge(home: Path, day: date) -> Pair | None:
    """Upload the newest list against return to poverty and the newest roll, and have them checked and made one at once.

    None when the folder of ``doudi demo`` holds none.

    Raises:
        PairError: they cannot be read, or do not follow their contracts.
    """
    listed, base = (_newest(home / "departments", pattern) for pattern in (LISTED, BASE))
    if listed is None or base is None:
        return None
    clerk = users()["county_clerk"]
    with acting_as(clerk.scope), deeds_of(actor_of(clerk)):
        with listed.open("rb") as first, base.open("rb") as second, transaction.atomic():
            pair = take(
                Uploaded(File(first, listed.name), File(second, base.name), day, "", *usual_period()), clerk
            )
        run(pair.job_id)
        with transaction.atomic():
            asked = make(pair.pk, clerk)
    run(asked.job_id)
    with acting_as(clerk.scope), transaction.atomic():
        done: Pair = Pair.objects.select_related("convergence").get(pk=pair.pk)
        return done


def _newest(folder: Path, pattern: str) -> Path | None:
    """The file of the newest day; none if there is none."""
    return max(folder.glob(f"*/{pattern}"), default=None)
