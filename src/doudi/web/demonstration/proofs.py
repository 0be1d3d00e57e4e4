"""The proof of monitoring, if it lies in the folder of the demonstration."""

from __future__ import annotations

from pathlib import Path

from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.services.proofs import take_in_proof

FILE = "proof.json"


def show(home: Path) -> bool:
    """Take in ``proof.json`` of ``doudi watch proof``; whether it is there.

    Raises:
        MonitoringError: it is not such a file.
    """
    path = home / FILE
    if path.exists():
        with acting_as(system()):
            take_in_proof(path)
    return path.exists()
