"""Taking in what ``doudi watch proof`` wrote."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.db import transaction

from doudi.monitoring.proof.result import read
from doudi.web.audit import record
from doudi.web.warnings.models import Proof


@transaction.atomic
def take_in_proof(path: Path) -> tuple[Proof, bool]:
    """The proof in a file, and whether it is a new one; an earlier one that is taken in again is shown again.

    Raises:
        MonitoringError: the file is not one of ``doudi watch proof``.
        OSError: it cannot be read.
    """
    data = read(path)
    content = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    found, new = Proof.objects.update_or_create(content=content, defaults={"data": data})
    record("warning.proof", found, details={"persons": data["persons"], "nights": data["nights"]})
    return found, new
