"""Steps (环节) that were taken. They are only added; the database refuses to change them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi.procedure.case import Actor, Event, Plain
from doudi.web.registry.sensitive import open_sealed
from doudi.web.scoped import Scoped

PURPOSE = "step"


class Step(Scoped):
    """One step. ``plain`` holds codes, flags, counts, sums and days; ``sealed`` the texts and lists, which may be personal.

    ``token`` is drawn by the form, so that the same form sent twice takes the step once.
    """

    office_path = "case__referral__office"
    household_path = "case__household_id"
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="taken")
    number = models.PositiveIntegerField()
    step = models.CharField(_("环节"), max_length=40, db_collation="C")
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    role = models.CharField(_("角色"), max_length=30, db_collation="C")
    before = models.CharField(max_length=30, db_collation="C")
    after = models.CharField(max_length=30, db_collation="C")
    documents: Any = models.JSONField(default=list)
    plain: Any = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    token = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_step_at_a_time"),)

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.step}"

    @property
    def inputs(self) -> dict[str, Plain]:
        """All that was filled in.

        Raises:
            VaultError: the sealed part cannot be opened.
        """
        found = dict(self.plain)
        if self.sealed is not None:
            found |= json.loads(open_sealed(self.sealed, PURPOSE, seal_owner(self.case_id, self.number)))
        return {name: _unlisted(value) for name, value in found.items()}

    def event(self) -> Event:
        """The step as the procedure knows it."""
        actor = Actor(str(self.by_id or "system"), self.role)
        at = timezone.make_naive(self.at)
        return Event(
            self.number, self.step, at, actor, Event.frozen(self.inputs), self.before, self.after,
            tuple(self.documents),
        )  # fmt: skip


def seal_owner(case: int, number: int) -> str:
    """To which step sealed texts are bound."""
    return f"{case}/{number}"


def _unlisted(value: Any) -> Plain:
    if not isinstance(value, list):
        plain: Plain = value
        return plain
    return tuple(tuple(each) if isinstance(each, list) else each for each in value)
