"""What a convergence does in the background: the same opinion on many persons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.cases.errors import told
from doudi.web.convergence.errors import ReviewError
from doudi.web.convergence.services.reviewing import Said, give
from doudi.web.jobs.bulk import deed

OPINIONS = "convergence.opinions"


@deed(OPINIONS, _("并轨批量审核"), page="convergence:person")
def opinions(item: str, actor: Any, word: str, note: str = "") -> str | None:
    """Give an opinion on one person; why not, if it cannot be."""
    try:
        give(int(item), Said(word, note=note), actor)
    except ReviewError as error:
        return " ".join(told(error.problems, "zh"))
    return None
