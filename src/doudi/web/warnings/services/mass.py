"""Many warnings sent to their villages in one action, and taken back while nobody has opened them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.accounts.models import User
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError
from doudi.web.cases.services.moving import take
from doudi.web.jobs import bulk
from doudi.web.jobs.models import Job
from doudi.web.warnings.models import Round, Sending, Warning
from doudi.web.warnings.services.dispatching import dispatch, on_duty

AT_ONCE = 100
"""How many are sent, or taken back, in one request; more are for a job."""
SEND, RECALL_ALL = "warnings.send", "warnings.recall"
RECALL = "recall_dispatch"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action would send: warnings by village (region and name) with whoever answers first; and those that nobody answers."""

    ready: list[tuple[str, str, User, int]]
    without: list[tuple[str, str, int]]
    warnings: list[int]

    @property
    def kept(self) -> int:
        """How many stay."""
        return sum(count for _region, _name, count in self.without)


def plan(found: Iterable[Warning]) -> Plan:
    """Put warnings that wait to be dispatched to the villages and their teams, by the roster of today, in the order given."""
    villages: dict[str, tuple[str, list[int]]] = {}
    for one in found:
        villages.setdefault(one.region_id, (one.region.name, []))[1].append(one.pk)
    team = on_duty(villages, timezone.localdate())
    ordered = sorted(villages.items())
    ready = [(code, name, team[code][0], len(numbers)) for code, (name, numbers) in ordered if team.get(code)]
    without = [(code, name, len(numbers)) for code, (name, numbers) in ordered if not team.get(code)]
    sent = [number for code, (_name, numbers) in ordered if team.get(code) for number in numbers]
    return Plan(ready, without, sent)


@transaction.atomic
def send(chosen: Plan, wanted: Mapping[str, Any], user: User) -> tuple[Sending, Job | None]:
    """Send what is planned, at once or as a job; what nobody answers stays. A warning that was sent meanwhile is not sent again."""
    sending: Sending = Sending.objects.create(
        region_id=user.region_id, by=user, wanted=dict(wanted), planned=len(chosen.warnings), kept=chosen.kept
    )
    record("warning.dispatch", sending, details={"planned": sending.planned, "kept": sending.kept})
    if len(chosen.warnings) > AT_ONCE:
        return sending, bulk.start(SEND, chosen.warnings, user, {"sending": sending.pk})
    for number in chosen.warnings:
        send_one(number, sending.pk, user)
    return sending, None


def send_one(warning: int, sending: int, user: User) -> str | None:
    """Send one warning to its village; why not, if it cannot be."""
    one = Round.objects.filter(warning_id=warning, case__warning__isnull=False, case__stage="raised").first()
    if one is None:
        return _("不在待交办状态，可能已经交办。")
    if not on_duty([one.region_id], timezone.localdate()):
        return _("这个村没有值守人，也没有村级协理员。")
    _sent, refused = dispatch([one], user)
    if refused:
        return " ".join(each.zh for each in refused[0].problems)
    Round.objects.filter(pk=one.pk).update(sending_id=sending)
    return None


def unopened(sending: Sending) -> Any:
    """The rounds of an action that can still be taken back."""
    return sending.rounds.filter(case__stage="dispatched", opened_at__isnull=True)


@transaction.atomic
def recall(number: int, reason: str, user: User) -> tuple[int, Job | None]:
    """Take back what nobody has opened of an action, at once or as a job; how many that is."""
    sending = Sending.objects.select_for_update().get(pk=number)
    rounds = list(unopened(sending).order_by("pk").values_list("pk", flat=True))
    if rounds:
        sending.recalled_at = timezone.now()
        sending.save(update_fields=["recalled_at"])
        record("warning.recall", sending, reason=reason, details={"rounds": len(rounds)})
    if len(rounds) > AT_ONCE:
        return len(rounds), bulk.start(RECALL_ALL, rounds, user, {"reason": reason})
    return sum(recall_one(each, reason, user) is None for each in rounds), None


def recall_one(number: int, reason: str, user: User) -> str | None:
    """Take one warning back from its village; why not, if it cannot be."""
    one = Round.objects.filter(pk=number).first()
    if one is None:
        return _("没有这条预警，或者不在您的管辖范围内。")
    try:
        with transaction.atomic():
            take(one.case_id, RECALL, user, {"reason": reason})
    except CaseError as error:
        return " ".join(each.zh for each in error.problems)
    return None


def opened(warnings: Iterable[Warning], user: User) -> None:
    """Keep when the village first had warnings before its eyes or on its phone; from then on they cannot be taken back."""
    if user.role == "village_assistant":
        numbers = [one.case_id for one in warnings]
        Round.objects.filter(case_id__in=numbers, opened_at__isnull=True).update(opened_at=timezone.now())
