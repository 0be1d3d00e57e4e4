"""Simulations asked for and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from doudi.assessment.statute import Statute
from doudi.rules.errors import DoudiError, LawError, Problem, Problems
from doudi.simulation.asking import COVERED, line_of, share_of
from doudi.simulation.comparison import changed_values
from doudi.simulation.reach import varied
from doudi.simulation.tables import change_line, parameter_name
from doudi.web.accounts.models import Region, User
from doudi.web.audit import record
from doudi.web.jobs.services import cancel, start
from doudi.web.registry.law import law_for, law_with
from doudi.web.simulation.errors import AskError
from doudi.web.simulation.models import Simulation, State

KIND = "simulation.run"
MOST = 6
"""How many values may be changed at once."""
_LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know, as it was typed. ``settings``: values by parameter; ``wanted`` and ``vary``: the share of persons to be
    covered and the parameter varied for it; None where nothing was typed."""

    county: str
    day: date
    settings: Mapping[str, str] = field(default_factory=dict)
    wanted: str | None = None
    vary: str | None = None
    covered: str = COVERED[0]
    line: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Checked:
    """The same with both laws; ``line`` in fen, ``share`` the one to be covered."""

    asked: Asked
    before: Statute
    after: Statute
    share: float | None
    line: int | None


def check(asked: Asked) -> Checked:
    """What was asked for, checked as the command checks it.

    Raises:
        AskError: with every fault, each with its parameter, ``wanted``, ``vary``, ``line`` or ``day`` as ``column``.
    """
    problems = Problems()
    before, after = _laws(asked, problems)
    share = share_of(asked.wanted, asked.vary, problems, ("wanted", "vary"))
    line = line_of(asked.line, problems, "line")
    if len(asked.settings) > MOST:
        problems.add(Problem(
            "simulation.many", f"一次最多改 {MOST} 个参数", f"at most {MOST} parameters are changed at once",
            "去掉几个", "take some away", value=str(len(asked.settings)),
        ))  # fmt: skip
    if before is not None and after is not None:
        _reform(asked, before, after, problems)
    problems.raise_as(AskError)
    assert before is not None
    assert after is not None
    return Checked(asked, before, after, share, line)


def _laws(asked: Asked, problems: Problems) -> tuple[Statute | None, Statute | None]:
    try:
        before = law_for(asked.county, asked.day)
    except DoudiError as error:
        for each in error.problems:
            problems.add(Problem(each.code, each.zh, each.en, each.remedy_zh, each.remedy_en, column="day"))
        return None, None
    try:
        return before, law_with(asked.county, asked.day, asked.settings)
    except LawError as error:
        problems.extend(error.problems)
        return before, None


def _reform(asked: Asked, before: Statute, after: Statute, problems: Problems) -> None:
    """Whether anything is changed, and whether what is varied can be."""
    if asked.vary is not None:
        try:
            varied(after.resolved, asked.vary)
        except LawError as error:
            for each in error.problems:
                problems.add(Problem(
                    each.code, each.zh, each.en, each.remedy_zh, each.remedy_en, column="vary", value=each.value
                ))  # fmt: skip
    elif asked.wanted is None and not changed_values(before, after):
        problems.add(Problem(
            "usage.reform", "没有写要改什么，或者新的值都和现在的一样", "nothing is changed",
            "改至少一个参数的值，或者写要覆盖的比例和为此调整的参数", "change a value, or name a share to be covered and the parameter varied for it",
        ))  # fmt: skip


@transaction.atomic
def ask(asked: Asked, by: User) -> Simulation:
    """Store what was asked for and let a job work it out.

    Raises:
        AskError: with every fault; or one that this account asked for is still worked out.
    """
    checked = check(asked)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    open_now = Simulation.objects.filter(by=by, state=State.ASKED).select_related("job")
    if any(each.busy for each in open_now):
        raise AskError([Problem(
            "simulation.open", "您有一项仿真正在计算", "one that you asked for is still worked out",
            "等它完成，或者先取消", "wait for it, or take it back",
        )])  # fmt: skip
    changes = _changes(checked)
    simulation: Simulation = Simulation.objects.create(
        region=Region.objects.get(pk=f"{asked.county}000000"), title=(asked.title or _title(changes))[:_LONGEST], day=asked.day,
        settings=dict(asked.settings), changes=changes, parameter=asked.vary or "", wanted=asked.wanted or "", covered=asked.covered,
        line=checked.line, by=by,
    )  # fmt: skip
    simulation.job = start(KIND, by, {"number": simulation.pk})
    simulation.save(update_fields=["job"])
    told = {
        "day": asked.day.isoformat(),
        "settings": dict(asked.settings),
        "wanted": asked.wanted,
        "by": asked.vary,
    }
    record("simulation.ask", simulation, details=told)
    return simulation


def _changes(checked: Checked) -> list[dict[str, str]]:
    """What is changed, in words of both languages."""
    changes = changed_values(checked.before, checked.after)
    found = [{language: change_line(each, language) for language in ("zh", "en")} for each in changes]
    asked = checked.asked
    if asked.vary is not None:
        definitions = checked.after.resolved.definitions
        names = {
            language: parameter_name(definitions[asked.vary], None, language) if asked.vary in definitions else asked.vary
            for language in ("zh", "en")
        }  # fmt: skip
        found.append({
            "zh": f"调整“{names['zh']}”，覆盖 {asked.wanted}", "en": f"{names['en']} varied to cover {asked.wanted}",
        })  # fmt: skip
    return found


def _title(changes: list[dict[str, str]]) -> str:
    return "；".join(each["zh"] for each in changes)


@transaction.atomic
def withdraw(number: int, by: Any) -> None:
    """Take a simulation back: its job stops, and nothing of it is kept but the trail.

    Raises:
        AskError: somebody else asked for it.
    """
    found: Simulation = Simulation.objects.select_for_update(of=("self",)).get(pk=number)
    if found.by_id != by.pk:
        raise AskError([Problem(
            "simulation.not_yours", "只有申请的人可以删除", "only who asked for it may take it back", "请申请的人删除", "ask whoever asked for it",
        )])  # fmt: skip
    if found.busy and found.job_id is not None:
        cancel(found.job_id)
    record("simulation.withdraw", found, details={"title": found.title})
    found.moves.all().delete()
    found.delete()
