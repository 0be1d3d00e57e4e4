"""The newest proof of monitoring, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.monitoring.proof.result import EVENTS
from doudi.monitoring.trying import Precision
from doudi.web.warnings.models import Proof

KINDS = {
    "accident": _("事故"), "crime": _("刑事伤害"), "death_of_earner": _("主要劳动力去世"), "disaster": _("自然灾害"), "fire": _("火灾"),
    "illness": _("突发重病"), "job_loss": _("失业"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Events:
    """Urgent events of a kind: how many, and the share that was warned of on the night on which they became visible."""

    title: Any
    happened: int
    visible: int
    on_the_night: int
    later: int
    open_on_the_night: int

    @property
    def recall(self) -> Precision:
        """Of those that some department told of."""
        return Precision(self.on_the_night, self.visible)


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof: where and when, urgent events by kind and in all, silent households, payments after a death, precision by indicator."""

    data: Mapping[str, Any]
    taken_in_at: datetime
    kinds: list[Events]
    every: Events
    precision: list[tuple[str, Precision]]

    @property
    def since(self) -> date:
        """The first night."""
        return date.fromisoformat(self.data["from"])

    @property
    def until(self) -> date:
        """The last night."""
        return date.fromisoformat(self.data["until"])

    @property
    def found(self) -> Precision:
        """Silent households that were warned of, of all that were planted."""
        return Precision(self.data["silent"]["warned"], self.data["silent"]["planted"])


def newest() -> Proved | None:
    """The proof that was taken in last; None while there is none."""
    proof = Proof.objects.order_by("-taken_in_at", "-pk").first()
    if proof is None:
        return None
    urgent = proof.data["urgent"]
    kinds = [Events(KINDS.get(kind, kind), **count) for kind, count in urgent.items()]
    every = Events(_("合计"), **{name: sum(one[name] for one in urgent.values()) for name in EVENTS})
    shares = [
        (indicator, Precision(one["right"], one["warnings"]))
        for indicator, one in proof.data["precision"].items()
    ]
    return Proved(proof.data, proof.taken_in_at, kinds, every, sorted(shares, key=lambda pair: -pair[1].answered))  # fmt: skip
