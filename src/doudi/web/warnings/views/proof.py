"""What monitoring finds of all that is true of a synthetic county."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from doudi.web.warnings.selectors.proof import newest


def figures_proof(request: Any) -> HttpResponse:
    """Recall of urgent events, silent households, precision of each indicator; or how to find them out."""
    return render(request, "warnings/proof.html", {"proof": newest()})
