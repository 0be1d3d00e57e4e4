"""The folder in which the web application keeps its own things: database, keys, static files."""

from __future__ import annotations

import os
from pathlib import Path

USUAL = Path("build")


def home() -> Path:
    """``DOUDI_HOME``, or ``build`` in the working folder; absolute."""
    return Path(os.environ.get("DOUDI_HOME") or USUAL).absolute()
