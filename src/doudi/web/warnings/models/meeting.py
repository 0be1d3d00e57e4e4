"""Joint meetings (会商研判) on warnings that are disputed or that several departments have to answer together."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from doudi.web.choices import TextChoices
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "meeting"


class Decision(TextChoices):
    """What a meeting decides of a warning; what follows is done by steps of the case."""

    ANSWER_STANDS = "answer_stands", _("核查结果成立")
    LOOK_AGAIN = "look_again", _("重新核查")
    HELP_FIRST = "help_first", _("先行救助")
    HOLD_BACK = "hold_back", _("暂不提示")


class Meeting(Scoped):
    """One item of a meeting. It is never changed; ``sealed`` holds who was there and the minutes."""

    warning = models.ForeignKey("warnings.Warning", on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("会议日期"))
    decision = models.CharField(_("决定"), max_length=20, choices=Decision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    token = models.UUIDField(unique=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.warning_id} {self.held_on}"

    def content(self) -> dict[str, Any]:
        """``{"present": [names], "minutes": text}``.

        Raises:
            VaultError: it cannot be opened.
        """
        found: dict[str, Any] = json.loads(open_sealed(self.sealed, PURPOSE, str(self.token)))
        return found
