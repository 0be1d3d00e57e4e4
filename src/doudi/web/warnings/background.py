"""What warnings do in the background: many sent to their villages, or taken back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.jobs.bulk import deed
from doudi.web.warnings.services.mass import RECALL_ALL, SEND, recall_one, send_one


@deed(SEND, _("批量交办预警"), page="warnings:alert")
def send(item: str, actor: Any, sending: int) -> str | None:
    """Send one warning to its village; why not, if it cannot be."""
    return send_one(int(item), sending, actor)


@deed(RECALL_ALL, _("撤回批量交办"))
def recall(item: str, actor: Any, reason: str) -> str | None:
    """Take one warning back; why not, if it cannot be."""
    return recall_one(int(item), reason, actor)
