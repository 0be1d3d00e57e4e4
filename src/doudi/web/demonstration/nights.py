"""The night that ``doudi demo`` watched: taken in, sent to the village of the demonstration, partly visited and closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from doudi.monitoring.entries import LEVELS
from doudi.monitoring.run import SUMMARY
from doudi.web.accounts.models import User
from doudi.web.audit.context import deeds_of
from doudi.web.cases.models import Step
from doudi.web.cases.services.cases import local_now
from doudi.web.database.scope import acting_as, system
from doudi.web.demonstration.accounts import VILLAGE
from doudi.web.demonstration.cases import actor_of, users
from doudi.web.demonstration.county import COUNTY, county_in
from doudi.web.registry.models import Household
from doudi.web.warnings.answering import QUESTIONS
from doudi.web.warnings.models import Night, Round, Warning
from doudi.web.warnings.services.accepting import accept
from doudi.web.warnings.services.dispatching import dispatch
from doudi.web.warnings.services.nights import take_in
from doudi.web.warnings.services.outreach import take_in_outreach
from doudi.web.warnings.services.visiting import Answer, Sheet, receive
from doudi.web.warnings.words import SILENT, indicator_of

HOURS_AGO = 20
"""When the night was taken in: less than a day ago, so that what waits to be sent on is not late yet."""
SENT, VISITED, CLOSED = 40, 12, 8
"""How many warnings reach the village, how many households are visited, how many of those are closed."""
FIRST_VISITS = 1
"""Up to which priority the list of ``doudi outreach`` is taken in."""
_ANSWERS = {
    "urgent": (("urgent", "自付费用高，已断药"), ("in_order", "已办理医疗救助")),
    "need": (
        ("apply", "收入只有养老金和零工"),
        ("in_order", "已在办理"),
        ("not_eligible", "子女在外经商，收入较高"),
    ),
    "dynamic": (("in_order", "情况属实，已告知"),),
    "error": (("review", "家庭情况有变化"), ("false_alarm", "部门记录有误，已反馈")),
}
"""What is found, by the class of the indicator, in turn."""
_CLOSING = {"apply": "close_and_apply", "urgent": "close_and_help", "review": "close_and_review"}


def play(home: Path) -> int:
    """Take in the night in the folder of ``doudi demo`` and let the village begin to answer it; how many warnings it has.

    A county of which a night was taken in, or a folder without one, is left as it is.

    Raises:
        NightError: the folder is not as ``doudi watch`` writes it.
        CaseError: the procedure refuses a step.
    """
    folder = home / "watched"
    if not (folder / SUMMARY).exists():
        return 0
    begun = local_now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS_AGO)
    with acting_as(system()), transaction.atomic():
        if Night.objects.exists():
            return 0
        counts = take_in(folder, begun).counts
        _point(home, begun)
        cast = users()
        _send(cast["township_clerk"], begun + timedelta(hours=1))
        visits = list(_visit(cast["village_assistant"], begun))
        _close(visits[:CLOSED], cast["township_head"])
    return counts["cases"]


def _point(home: Path, at: datetime) -> None:
    """The households that ``doudi demo`` names as worth the first visits."""
    table, day = home / "visits" / "outreach.parquet", county_in(home)
    if day is not None and table.exists():
        take_in_outreach(table, COUNTY, day, FIRST_VISITS, at)


def _send(clerk: User, at: datetime) -> None:
    """The township sends the gravest to its village."""
    waiting = Round.objects.filter(region_id=VILLAGE, dispatched_at__isnull=True).select_related("warning")
    with deeds_of(actor_of(clerk)):
        dispatch(sorted(waiting, key=_gravity)[:SENT], clerk, at)


def _gravity(one: Round) -> tuple[bool, bool, int, int]:
    """The urgent first, then households that may be due aid and receive none, then the others by level."""
    return one.level != "red", one.indicator != SILENT, list(LEVELS).index(one.level), one.pk


def _visit(assistant: User, begun: datetime) -> Iterator[tuple[Sequence[Warning], datetime]]:
    """One household after the other is visited in the hours since; the warnings answered, and when."""
    rows = Warning.objects.filter(region_id=VILLAGE, case__stage="dispatched").select_related("household")
    homes: dict[Household, list[Warning]] = {}
    for row in rows.order_by("pk"):
        homes.setdefault(row.household, []).append(row)
    turns = {group: cycle(found) for group, found in _ANSWERS.items()}
    for place, (household, warnings) in enumerate(list(homes.items())[:VISITED]):
        at = begun + timedelta(hours=3, minutes=30 * place)
        answers = [Answer(one.pk, *_found(one, turns)) for one in warnings]
        replies = {name: "problem" if name == "spending" else "fine" for name, _question in QUESTIONS}
        sheet = Sheet(
            uuid.uuid4(), 0, timezone.make_aware(at), True, replies, answers=answers, device="demonstration"
        )
        with deeds_of(actor_of(assistant)):
            receive(household, sheet, assistant, at=at)
        yield warnings, at


def _found(one: Warning, turns: dict[str, cycle[tuple[str, str]]]) -> tuple[str, tuple[str, ...], str]:
    entry = indicator_of(one.indicator)
    result, findings = next(turns[entry.group if entry else "need"])
    return result, ("home", "papers"), findings


def _close(visits: Sequence[tuple[Sequence[Warning], datetime]], head: User) -> None:
    """The head of the township accepts the answers of the first visits some hours later, each as it was taken."""
    for warnings, at in visits:
        for one in warnings:
            told = Step.objects.get(case_id=one.case_id, step="answer_warning").plain["result"]
            with deeds_of(actor_of(head)):
                accept(one, _CLOSING.get(told, "close_warning"), head, at=at + timedelta(hours=8))
